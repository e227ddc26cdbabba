import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { monthsFrom } from '../db/partitions.ts'
import { UsageError } from '../errors.ts'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'
import { wholeNumberTo } from './whole-number.ts'

/** Months that are made at once at most: ten years. */
const maxMonths = 120

/** `partitions`: the months of `telematics_events`. */
export const partitionsCommand = (): Command =>
  new Command('partitions')
    .description('months of the telematics table')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud partitions list
  fairmile-cloud partitions create --months 6                    this month and the five that follow
  fairmile-cloud partitions archive --before 2026-01-01 --dry-run
  fairmile-cloud partitions archive --before 2026-01-01 --out /backup/telematics
`,
    )
    .addCommand(listCommand())
    .addCommand(createCommand())
    .addCommand(archiveCommand())

const listCommand = (): Command =>
  new Command('list')
    .description('list the months with their range, rows and bytes; rows are the planner’s estimate')
    .option('--json', 'an object a line')
    .action(async (options: { json?: boolean }) => {
      const partitions = await runCommand('partitions list', {})
      printRows(partitions, { ...options, none: 'No months yet.' })
    })

const createCommand = (): Command =>
  new Command('create')
    .description('make months; without any, this one and the two that follow')
    .argument('[months...]', 'months like 2026-11')
    .option('--months <count>', 'this month and those that follow, so many in all', wholeNumberTo(maxMonths))
    .option('--json', 'one object')
    .action(async (named: string[], options: { months?: number; json?: true }) => {
      if (named.length > 0 && options.months !== undefined)
        throw new UsageError('Making months: give either months or --months')
      const wanted = named.length > 0 ? named : monthsFrom(Date.now(), options.months)
      await runCommand('partitions create', { months: wanted })
      if (options.json) process.stdout.write(`${JSON.stringify({ months: wanted })}\n`)
      else process.stderr.write(`There are partitions for ${wanted.join(', ')}.\n`)
    })

const archiveCommand = (): Command =>
  new Command('archive')
    .description('write months that are over to Parquet files, and take them out of the database')
    .requiredOption('--before <day>', 'months that end by this day, like 2026-01-01 (UTC)')
    .option('--out <folder>', 'where the files go (archive in FAIRMILE_DATA)')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'an object a line')
    .addHelpText(
      'after',
      `
Each month is written, read back and compared before it is taken out; a run that was ended in between is gone on with by the
next. Open trips keep their month for 30 days. Exit code 1: some month was refused.`,
    )
    .action(async (options: { before: string; out?: string; dryRun?: true; json?: true }) => {
      const folder = resolve(options.out ?? join(readConfig(process.env).dataDir, 'archive'))
      const { before, dryRun = false } = options
      const months = await runCommand('partitions archive', { before, folder, dryRun })
      printRows(months, { ...options, none: `No months before ${before}.` })
      if (months.some(({ state }) => state === 'refused')) process.exitCode = 1
    })
