import { z } from 'zod'
import { Day, Moment } from './times.ts'

/** Days of a driver's export, and of a portfolio's, at most. */
export const maxDriverExportDays = 366
export const maxPortfolioExportDays = 93

export const exportFormats = ['csv', 'geojson', 'gpx', 'parquet'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const tripExportFormats = ['gpx', 'geojson', 'csv'] as const satisfies readonly ExportFormat[]
export const portfolioExportFormats = ['csv', 'parquet'] as const satisfies readonly ExportFormat[]

/** What a portfolio's export is of. */
export const portfolioSets = ['drivers', 'trips', 'premiums', 'events', 'redemptions'] as const
export type PortfolioSet = (typeof portfolioSets)[number]

const bound = z.union([Day, Moment])
const range = {
  from: bound
    .optional()
    .meta({ description: 'A day (its start, UTC) or a moment; without one as early as is allowed' }),
  to: bound
    .optional()
    .meta({ description: 'The end, not included: a day (its start, UTC) or a moment; without one now' }),
}

/** What of a driver, in which format. */
export const DriverExportQuery = z.object({ format: z.enum(exportFormats).default('csv'), ...range })

/** A trip, in which format. */
export const TripExportQuery = z.object({ format: z.enum(tripExportFormats).default('gpx') })

/** What of all drivers, in which format. */
export const PortfolioExportQuery = z.object({
  what: z.enum(portfolioSets).default('trips'),
  format: z.enum(portfolioExportFormats).default('csv'),
  ...range,
})

/** A range of time as it was asked for. */
export interface ExportRangeQuery {
  readonly from?: string | undefined
  readonly to?: string | undefined
}
