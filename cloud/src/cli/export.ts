import { createWriteStream, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type ExportFormat,
  exportFormats,
  maxDriverExportDays,
  maxPortfolioExportDays,
  PortfolioExportQuery,
  type PortfolioSet,
  portfolioExportFormats,
  portfolioSets,
  tripExportFormats,
} from '@fairmile/contract/http/exports.ts'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { readConfig } from '../config.ts'
import { askServer } from '../control/ask.ts'
import { FolderInUseError } from '../db/folder-lock.ts'
import { UsageError } from '../errors.ts'
import { exportFile } from '../exports/export-file.ts'
import { ExportRangeError, exportRange } from '../exports/export-range.ts'
import { type ExportPage, type ReadPage, readExportPage } from '../exports/read-page.ts'
import type { Subject } from '../exports/sources.ts'
import { withDatabase } from './with-database.ts'

interface Where {
  format: ExportFormat
  to?: string
}
interface Ranged extends Where {
  from?: string
  until?: string
}

/** `export`: files of what is kept. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('write what is kept of a driver, a trip or all drivers to a file')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud export driver DRV-0001 > driver.csv
  fairmile-cloud export driver DRV-0001 --format gpx --from 2026-06-01 --until 2026-07-01 --to june.gpx
  fairmile-cloud export trip TRP-8F3K2M7Q9R --to trip.gpx
  fairmile-cloud export portfolio premiums --format parquet --from 2026-01-01 --until 2026-04-01 --to premiums.parquet
`,
    )
    .addCommand(
      ranged('driver', exportFormats, maxDriverExportDays)
        .description('what is kept of a driver; GPX has the positions alone')
        .argument('<driver>', 'like DRV-0001')
        .action(async (driverId: string, { from, until, ...where }: Ranged) => {
          await write({ of: 'driver', driverId, ...rangeOf({ from, to: until }, maxDriverExportDays) }, where)
        }),
    )
    .addCommand(
      writing('trip', tripExportFormats, 'gpx')
        .description('a trip with every second and event')
        .argument('<trip>', 'like TRP-8F3K2M7Q9R')
        .action((tripId: string, where: Where) => write({ of: 'trip', tripId }, where)),
    )
    .addCommand(
      ranged('portfolio', portfolioExportFormats, maxPortfolioExportDays)
        .description('all drivers, without positions')
        .addArgument(new Argument('<what>').choices(portfolioSets))
        .action(async (set: PortfolioSet, { from, until, ...where }: Ranged) => {
          await write({ of: 'portfolio', set, ...rangeOf({ from, to: until }, maxPortfolioExportDays) }, where)
        }),
    )

const writing = (name: string, formats: readonly ExportFormat[], usual: ExportFormat): Command =>
  new Command(name)
    .addOption(new Option('--format <format>').choices(formats).default(usual))
    .option('--to <file>', 'where it goes; it is there once it is whole (standard output)')

const ranged = (name: string, formats: readonly ExportFormat[], maxDays: number): Command =>
  writing(name, formats, 'csv')
    .option(
      '--from <day>',
      `a day (its start, UTC) or a moment (${maxDays} days before the end, the longest range)`,
      bound,
    )
    .option('--until <day>', 'the end, not included (now)', bound)

function bound(text: string): string {
  if (PortfolioExportQuery.shape.from.safeParse(text).success) return text
  throw new InvalidArgumentError(`"${text}" is no day like 2026-01-31, and no moment like 2026-01-31T12:00:00Z.`)
}

function rangeOf(range: { from: string | undefined; to: string | undefined }, maxDays: number) {
  try {
    return exportRange(range, { maxDays, nowMs: Date.now() })
  } catch (error) {
    throw error instanceof ExportRangeError ? new UsageError(error.message, { cause: error }) : error
  }
}

/** Writes an export from the database, or page by page through the server that holds it. */
async function write(subject: Subject, where: Where): Promise<void> {
  try {
    await withDatabase(({ db }) => writeFrom((ask) => readExportPage(db, ask), subject, where))
  } catch (inUse) {
    if (!(inUse instanceof FolderInUseError)) throw inUse
    const { dataDir: folder } = readConfig(process.env)
    const read: ReadPage = async (input) =>
      (await askServer({ folder, command: 'export page', input, inUse })) as ExportPage
    await writeFrom(read, subject, where)
  }
}

async function writeFrom(read: ReadPage, subject: Subject, { format, to }: Where): Promise<void> {
  await known(read, subject)
  const { pieces } = exportFile(read, { subject, format })
  const taken = Readable.from(pieces, { objectMode: false })
  if (to === undefined) return pipeline(taken, process.stdout, { end: false })
  const part = `${to}.part`
  try {
    await pipeline(taken, createWriteStream(part))
    await rename(part, to)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** @throws {UsageError} for a driver or trip that there is not */
async function known(read: ReadPage, subject: Subject): Promise<void> {
  if (subject.of === 'portfolio') return
  const [what, ask] =
    subject.of === 'trip'
      ? ([`trip "${subject.tripId}"`, { ...subject, set: 'trips', after: null }] as const)
      : ([`driver "${subject.driverId}"`, { ...subject, set: 'self', after: null }] as const)
  if ((await read(ask)).rows.length === 0) throw new UsageError(`Exporting: there is no ${what}`)
}
