import { Command } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'
import { wholeNumber } from './whole-number.ts'

/** `dead-letters deliveries`: domain events that a consumer gave up. */
export const deliveriesCommand = (): Command =>
  new Command('deliveries')
    .description('domain events that a consumer gave up after ten attempts')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud dead-letters deliveries list --consumer pricing
  fairmile-cloud dead-letters deliveries replay pricing            all of it, the oldest first
  fairmile-cloud dead-letters deliveries replay pricing 4711 4712  these events alone
`,
    )
    .addCommand(
      new Command('list')
        .description('list them with their errors, the newest first')
        .option('--consumer <name>', 'of one consumer alone')
        .option('--limit <count>', 'at most so many', wholeNumber, 100)
        .option('--json', 'an object a line')
        .action(async ({ json, ...input }: { consumer?: string; limit: number; json?: boolean }) => {
          const dead = await runCommand('dead-letters deliveries list', input)
          const rows = dead.map(({ consumer, attempts, error, event: { id, type, subject, time, correlationid } }) => ({
            ...{ consumer, event: id, type, subject, time, correlationId: correlationid, attempts, error },
          }))
          printRows(rows, { ...(json && { json }), none: 'No dead deliveries.' })
        }),
    )
    .addCommand(
      new Command('replay')
        .description('try them again, each before what waits behind it')
        .argument('<consumer>', 'whose')
        .argument(
          '[events...]',
          'numbers of events; all of the consumer where none is given',
          (text: string, before: number[] = []) => [...before, wholeNumber(text)],
        )
        .option('--limit <count>', 'at most so many', wholeNumber, 1000)
        .option('--json', 'the count as an object')
        .action(
          async (
            consumer: string,
            events: number[] | undefined,
            { limit, json }: { limit: number; json?: boolean },
          ) => {
            const eventIds = events?.length ? { eventIds: events } : {}
            const replayed = await runCommand('dead-letters deliveries replay', { consumer, limit, ...eventIds })
            process.stdout.write(json ? `${JSON.stringify({ replayed })}\n` : `${replayed} to be tried again\n`)
            if (replayed < Math.min(new Set(events).size, limit)) {
              process.stderr.write('The others are not among those that were given up.\n')
              process.exitCode = 1
            }
          },
        ),
    )
