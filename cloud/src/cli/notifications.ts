import {
  type DeliveryChannel,
  type DeliveryState,
  deliveryChannels,
  deliveryStates,
} from '@fairmile/contract/http/notification-deliveries.ts'
import { Command, Option } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'
import { wholeNumber } from './whole-number.ts'

const channelOption = () => new Option('--channel <name>', 'of one channel alone').choices(deliveryChannels)

/** `notifications`: e-mails, pushes and webhook messages. */
export const notificationsCommand = (): Command =>
  new Command('notifications')
    .description('e-mails, pushes and webhook messages: what waits, what went out, what was given up')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud notifications list                        what was given up, with the errors
  fairmile-cloud notifications list --state ready --channel webhook
  fairmile-cloud notifications replay --channel email      all of it again, the oldest first
  fairmile-cloud notifications replay 17 18                these alone
`,
    )
    .addCommand(
      new Command('list')
        .description('list them, the newest first')
        .addOption(new Option('--state <state>', 'in this state').choices(deliveryStates).default('dead'))
        .addOption(channelOption())
        .option('--limit <count>', 'at most so many', wholeNumber, 100)
        .option('--json', 'an object a line')
        .action(
          async ({
            json,
            ...input
          }: {
            state: DeliveryState
            channel?: DeliveryChannel
            limit: number
            json?: true
          }) => {
            const found = await runCommand('notifications list', input)
            printRows(found, { json: json === true, none: `No notifications are ${input.state}.` })
          },
        ),
    )
    .addCommand(
      new Command('replay')
        .description('try what was given up again')
        .argument('[ids...]', 'as "list" has them; all where none is given', (text: string, before: number[] = []) => [
          ...before,
          wholeNumber(text),
        ])
        .addOption(channelOption())
        .option('--limit <count>', 'at most so many', wholeNumber, 1000)
        .option('--json', 'the count as an object')
        .action(
          async (
            ids: number[] | undefined,
            { json, ...which }: { channel?: DeliveryChannel; limit: number; json?: true },
          ) => {
            const replayed = await runCommand('notifications replay', { ...which, ...(ids?.length && { ids }) })
            process.stdout.write(json ? `${JSON.stringify({ replayed })}\n` : `${replayed} to be tried again\n`)
            if (replayed < Math.min(new Set(ids).size, which.limit)) {
              process.stderr.write('The others are not among those that were given up.\n')
              process.exitCode = 1
            }
          },
        ),
    )
