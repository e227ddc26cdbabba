import { type Stage, stages } from '@fairmile/models/scoring/stages.ts'
import { Argument, Command } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'
import { wholeNumberTo } from './whole-number.ts'

interface Printed {
  json?: boolean
}

/** `registry`: versions of the driver model, where they stand, and how they do. */
export const registryCommand = (): Command =>
  new Command('registry')
    .description('versions of the driver model: candidate, shadow, live, retired')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud registry list
  fairmile-cloud registry stage driver-risk 1.1.0 shadow --note "trained on the claims of 2026"
  fairmile-cloud registry rollback driver-risk --note "complaints from vans"
`,
    )
    .addCommand(
      new Command('list')
        .description('list the versions and where they stand, the live one first')
        .option('--changes', 'list the changes of stages instead, the newest first', false)
        .option('--json', 'an object a line')
        .action(async ({ changes, ...options }: { changes: boolean } & Printed) => {
          const rows = changes
            ? await runCommand('registry changes', { limit: 1000 })
            : await runCommand('registry list', {})
          printRows(rows, { ...options, none: 'No models yet: a server takes in those of its release when it starts.' })
        }),
    )
    .addCommand(
      new Command('stage')
        .description('bring a version to a stage; a new live one retires the one before')
        .argument('<name>', 'the model, driver-risk')
        .argument('<version>')
        .addArgument(new Argument('<stage>').choices(stages))
        .requiredOption('--note <text>', 'why, for those who ask later')
        .action(async (name: string, version: string, stage: Stage, { note }: { note: string }) => {
          await runCommand('registry stage', { name, version, stage, note })
          process.stderr.write(`${name} ${version} is ${stage}.\n`)
        }),
    )
    .addCommand(
      new Command('rollback')
        .description('make live what was live before')
        .argument('<name>', 'the model, driver-risk')
        .requiredOption('--note <text>', 'why, for those who ask later')
        .action(async (name: string, { note }: { note: string }) => {
          await runCommand('registry rollback', { name, note })
          const live = (await runCommand('registry list', {})).find(({ stage }) => stage === 'live')
          process.stderr.write(`${name} ${live?.version} is live.\n`)
        }),
    )
    .addCommand(driftCommand())
    .addCommand(agreementCommand())

const driftCommand = (): Command =>
  new Command('drift')
    .description('how far the last days’ scores have drifted from what the live model was trained on (PSI)')
    .option('--days <n>', 'how many days', wholeNumberTo(365), 30)
    .option('--json', 'an object a line')
    .action(async ({ days: back, ...options }: { days: number } & Printed) => {
      const { model, version, drivers, score, features } = await runCommand('registry drift', { days: back })
      process.stderr.write(`${model} ${version ?? '(none live)'}: ${drivers} drivers in ${back} days.\n`)
      const rows = score === null ? [] : [{ name: 'score', ...score }, ...features]
      printRows(rows, { ...options, none: 'The manifest of the live model tells no reference to compare with.' })
    })

const agreementCommand = (): Command =>
  new Command('agreement')
    .description('whether the cloud finds in the last days’ traces what the cars said of them')
    .option('--days <n>', 'how many days', wholeNumberTo(365), 30)
    .option('--json', 'one object')
    .action(async ({ days: back, json }: { days: number } & Printed) => {
      const found = await runCommand('registry agreement', { days: back })
      if (json) return void process.stdout.write(`${JSON.stringify(found)}\n`)
      const { compared, agreeing, differing, notCompared } = found
      const rows = [
        { outcome: 'compared', events: compared },
        { outcome: 'agrees', events: agreeing },
        ...Object.entries(differing).map(([what, events]) => ({ outcome: `differs in ${what}`, events })),
        ...Object.entries(notCompared).map(([why, events]) => ({ outcome: `not compared: ${why}`, events })),
      ]
      printRows(rows, { none: '' })
    })
