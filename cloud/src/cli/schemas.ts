import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

interface Printed {
  json?: true
}

/** `schemas`: the Avro schemas that devices may write by. */
export const schemasCommand = (): Command =>
  new Command('schemas')
    .description('Avro schemas that devices may write by')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud schemas list
  fairmile-cloud schemas check fairmile.telematics telematics.avsc && fairmile-cloud schemas register fairmile.telematics telematics.avsc
  fairmile-cloud schemas level fairmile.trips FULL_TRANSITIVE
`,
    )
    .addCommand(
      new Command('list')
        .description('list the versions of every subject, or of one')
        .argument('[subject]', 'fairmile.telematics')
        .option('--json', 'an object a line, schemas included')
        .action(async (subject: string | undefined, { json }: Printed) => {
          const versions = await runCommand('schemas list', subject === undefined ? {} : { subject })
          const rows = json ? versions : versions.map(({ schema: _, ...row }) => row)
          printRows(rows, {
            json: json === true,
            none: 'No schemas yet: a server registers those of its release when it starts.',
          })
        }),
    )
    .addCommand(
      new Command('register')
        .description('register a schema as the next version of a subject; one that is there stays what it is')
        .argument('<subject>', 'fairmile.telematics')
        .argument('<file>', 'the schema as JSON; - reads it from the input')
        .option('--json', 'one object')
        .action(async (subject: string, file: string, { json }: Printed) => {
          const registered = await runCommand('schemas register', { subject, schema: readText(file) })
          if (json) return void process.stdout.write(`${JSON.stringify({ subject, ...registered })}\n`)
          const what = registered.added ? 'is now' : 'is already'
          process.stderr.write(`It ${what} version ${registered.version} of ${subject}, schema ${registered.id}.\n`)
        }),
    )
    .addCommand(
      new Command('check')
        .description('say whether a schema could be the next version of a subject; exit code 1 where it could not')
        .argument('<subject>', 'fairmile.telematics')
        .argument('<file>', 'the schema as JSON; - reads it from the input')
        .option('--json', 'one object')
        .action(async (subject: string, file: string, { json }: Printed) => {
          const found = await runCommand('schemas check', { subject, schema: readText(file) })
          const compatible = found.problems.length === 0
          if (json) process.stdout.write(`${JSON.stringify({ subject, compatible, ...found })}\n`)
          else if (compatible) process.stderr.write(`It can follow ${subject} (${found.level}).\n`)
          else process.stderr.write(`It cannot follow ${subject} (${found.level}):\n${list(found.problems)}`)
          if (!compatible) process.exitCode = 1
        }),
    )
    .addCommand(
      new Command('level')
        .description('set what a new version of a subject must be able to do')
        .argument('<subject>', 'fairmile.telematics; "all" for subjects that have no level of their own')
        .argument('<level>', 'NONE, BACKWARD, FORWARD or FULL, the last three also with _TRANSITIVE')
        .option('--json', 'one object')
        .action(async (subject: string, level: string, { json }: Printed) => {
          const set = await runCommand('schemas level', { ...(subject !== 'all' && { subject }), level })
          if (json) process.stdout.write(`${JSON.stringify({ subject, level: set })}\n`)
          else process.stderr.write(`${subject}: ${set}.\n`)
        }),
    )

const list = (problems: readonly string[]): string => problems.map((problem) => `  - ${problem}\n`).join('')

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new UsageError(`Reading the schema in "${file}": ${String(cause)}`, { cause })
  }
}
