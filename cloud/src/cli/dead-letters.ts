import { Command } from 'commander'
import { deliveriesCommand } from './deliveries.ts'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'
import { wholeNumber } from './whole-number.ts'

/** `dead-letters`: messages that could not be stored. */
export const deadLettersCommand = (): Command =>
  new Command('dead-letters')
    .description('messages from devices that could not be stored, and domain events that could not be handled')
    .addCommand(
      new Command('list')
        .description('list them with their reasons, the newest first')
        .option('--limit <count>', 'at most so many', wholeNumber, 100)
        .option('--json', 'an object a line')
        .action(async ({ limit, ...options }: { limit: number; json?: boolean }) => {
          const letters = await runCommand('dead-letters list', { limit })
          printRows(letters, { ...options, none: 'No dead letters.' })
        }),
    )
    .addCommand(deliveriesCommand())
