import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { deliveriesCommand } from './deliveries.ts'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'
import { wholeNumber } from './whole-number.ts'

interface Which {
  reason?: string
  device?: string
}

/** `dead-letters`: messages that could not be stored. */
export const deadLettersCommand = (): Command =>
  new Command('dead-letters')
    .description('messages from devices that could not be stored, and domain events that could not be handled')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud dead-letters list --reason unknown_schema
  fairmile-cloud dead-letters show 17 --payload batch.bin
  fairmile-cloud dead-letters replay --reason unknown_schema --dry-run
`,
    )
    .addCommand(
      new Command('list')
        .description('list them with their reasons, the newest first')
        .option('--limit <count>', 'at most so many', wholeNumber, 100)
        .option('--reason <reason>', 'those of a reason: unknown_schema, bad_signature, …')
        .option('--device <id>', 'those of a device')
        .option('--waiting', 'those that were not replayed yet')
        .option('--json', 'an object a line')
        .action(async ({ limit, waiting, json, ...which }: { limit: number; waiting?: true; json?: true } & Which) => {
          const letters = await runCommand('dead-letters list', {
            limit,
            ...filterOf(which),
            ...(waiting && { replayed: false }),
          })
          printRows(letters, { json: json === true, none: 'No dead letters.' })
        }),
    )
    .addCommand(
      new Command('show')
        .description('tell all of one, and what its batch says of itself')
        .argument('<id>', 'as "list" has it', letterId)
        .option('--payload <file>', 'write its message, as it came, to a file')
        .action(async (id: string, { payload: file }: { payload?: string }) => {
          const letter = await runCommand('dead-letters show', { id })
          if (!letter) throw new UsageError(`There is no dead letter ${id}: see "fairmile-cloud dead-letters list"`)
          process.stdout.write(`${JSON.stringify(letter)}\n`)
          if (file === undefined) return
          const payload = await runCommand('dead-letters payload', { id })
          if (payload === null)
            throw new UsageError(`The message of dead letter ${id} was not kept: it was too large or never read`)
          writeFileSync(file, Buffer.from(payload, 'base64'))
        }),
    )
    .addCommand(
      new Command('replay')
        .description(
          'run them through ingest again, as if they had just come; exit code 1 where any is refused again, or not there',
        )
        .option('--id <id...>', 'these', (id: string, before: string[] = []) => [...before, letterId(id)])
        .option('--reason <reason>', 'those of a reason')
        .option('--device <id>', 'those of a device')
        .option('--dry-run', 'only say which they are')
        .option('--json', 'an object a line')
        .action(async ({ id: ids, dryRun, json, ...which }: { id?: string[]; dryRun?: true; json?: true } & Which) => {
          const filter = { ...(ids && { ids }), ...filterOf(which) }
          if (Object.keys(filter).length === 0)
            throw new UsageError('Replaying dead letters: say which, by --id, --reason or --device')
          const { letters, more } = await runCommand('dead-letters replay', { ...filter, ...(dryRun && { dryRun }) })
          printRows(letters, { json: json === true, none: 'No dead letters to replay.' })
          if (more) process.stderr.write('There are more: run it again.\n')
          const missing = more ? [] : (ids ?? []).filter((id) => !letters.some((letter) => letter.id === id))
          if (missing.length > 0)
            process.stderr.write(
              `No such letter waits: ${missing.join(', ')}; see "fairmile-cloud dead-letters list".\n`,
            )
          if (missing.length > 0 || letters.some(({ outcome }) => outcome === 'rejected')) process.exitCode = 1
        }),
    )
    .addCommand(deliveriesCommand())

const filterOf = ({ reason, device }: Which) => ({
  ...(reason !== undefined && { reason }),
  ...(device !== undefined && { deviceId: device }),
})

const letterId = (text: string): string => String(wholeNumber(text))
