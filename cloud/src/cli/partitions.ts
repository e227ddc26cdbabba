import { Command } from 'commander'
import { monthsFrom } from '../db/partitions.ts'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

/** `partitions`: the months of `telematics_events`. */
export const partitionsCommand = (): Command =>
  new Command('partitions')
    .description('months of the telematics table')
    .addCommand(
      new Command('list')
        .description('list the months with their size; rows are the planner’s estimate')
        .option('--json', 'an object a line')
        .action(async (options: { json?: boolean }) => {
          const partitions = await runCommand('partitions list', {})
          printRows(partitions, { ...options, none: 'No months yet.' })
        }),
    )
    .addCommand(
      new Command('create')
        .description('make months; without any, this one and the two that follow')
        .argument('[months...]', 'months like 2026-11')
        .action(async (months: string[]) => {
          const wanted = months.length > 0 ? months : monthsFrom(Date.now())
          await runCommand('partitions create', { months: wanted })
          process.stderr.write(`There are partitions for ${wanted.join(', ')}.\n`)
        }),
    )
