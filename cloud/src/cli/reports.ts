import type { Report, ReportKind } from '@fairmile/contract/http/reports.ts'
import { reportKinds } from '@fairmile/contract/http/reports.ts'
import { Argument, Command, Option } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'
import { wholeNumber } from './whole-number.ts'

/** `reports`: what is made of each month. */
export const reportsCommand = (): Command =>
  new Command('reports')
    .description('reports of a month: portfolio, loss by plan, discount, contests, data quality')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud reports list --kind discount
  fairmile-cloud reports make portfolio 2026-05
  fairmile-cloud reports show RPT-0123456789AB --csv > discount.csv
`,
    )
    .addCommand(listCommand())
    .addCommand(makeCommand())
    .addCommand(showCommand())

const listCommand = (): Command =>
  new Command('list')
    .description('list them, the newest first')
    .addOption(new Option('--kind <kind>', 'of one kind alone').choices(reportKinds))
    .option('--limit <count>', 'at most so many', wholeNumber, 100)
    .option('--json', 'an object a line')
    .action(async ({ json, ...input }: { kind?: ReportKind; limit: number; json?: boolean }) => {
      const rows = await runCommand('reports list', input)
      printRows(rows, { ...(json && { json }), none: 'No reports yet: they are made on the first of a month.' })
    })

const makeCommand = (): Command =>
  new Command('make')
    .description('make one of a month now and keep it')
    .addArgument(new Argument('<kind>').choices(reportKinds))
    .argument('<month>', 'like 2026-05')
    .option('--json', 'the report as an object')
    .action(async (kind: ReportKind, period: string, { json }: { json?: boolean }) => {
      const report = await runCommand('reports make', { kind, period })
      if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
      else print(report)
    })

const showCommand = (): Command =>
  new Command('show')
    .description('show one as it was made')
    .argument('<id>', 'like RPT-0123456789AB')
    .option('--json', 'as an object')
    .option('--csv', 'its tables as CSV')
    .action(async (id: string, { json, csv: asCsv }: { json?: boolean; csv?: boolean }) => {
      const { report, csv } = await runCommand('reports show', { id })
      if (asCsv) process.stdout.write(csv)
      else if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
      else print(report)
    })

/** Prints the tables one under the other; what is to be known goes to stderr. */
function print({ id, tables, notes }: Report): void {
  process.stderr.write(`Report ${id}\n`)
  for (const { title, columns, rows } of tables) {
    process.stdout.write(`\n${title}\n`)
    const objects = rows.map((row) => Object.fromEntries(columns.map((column, n) => [column.title, row[n] ?? null])))
    printRows(objects, { none: 'Nothing.' })
  }
  for (const note of notes) process.stderr.write(`${note}\n`)
}
