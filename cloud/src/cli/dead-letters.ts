import { Command, InvalidArgumentError } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

/** `dead-letters`: messages that could not be stored. */
export const deadLettersCommand = (): Command =>
  new Command('dead-letters').description('messages from devices that could not be stored').addCommand(
    new Command('list')
      .description('list them with their reasons, the newest first')
      .option('--limit <count>', 'at most so many', wholeNumber, 100)
      .option('--json', 'an object a line')
      .action(async ({ limit, ...options }: { limit: number; json?: boolean }) => {
        const letters = await runCommand('dead-letters list', { limit })
        printRows(letters, { ...options, none: 'No dead letters.' })
      }),
  )

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`"${text}" is no whole number from 1`)
  return value
}
