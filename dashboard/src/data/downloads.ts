import { type exportFormats, portfolioSets, type tripExportFormats } from '@fairmile/contract/http/exports.ts'
import type { Download } from '../components/download-links.ts'

const driverUses: Record<(typeof exportFormats)[number], [format: string, use: string]> = {
  csv: ['CSV', 'everything as one table, for spreadsheets'],
  geojson: ['GeoJSON', 'everything, with the ways on a map'],
  gpx: ['GPX', 'the ways alone, for navigation apps'],
  parquet: ['Parquet', 'everything as one table, for data tools'],
}
const tripUses: Record<(typeof tripExportFormats)[number], [format: string, use: string]> = {
  gpx: ['GPX', 'the way, for maps and navigation apps'],
  geojson: ['GeoJSON', 'the way and its events, for maps'],
  csv: ['CSV', 'every second, for spreadsheets'],
}

/** Files of what is kept of a driver: the last year. */
export const driverDownloads = (driverId: string): Download[] =>
  downloads(`/api/v1/drivers/${driverId}/export`, driverUses)

/** Files of a trip. */
export const tripDownloads = (tripId: string): Download[] => downloads(`/api/v1/trips/${tripId}/export`, tripUses)

/** Files of the whole portfolio: the last quarter, without positions. */
export const portfolioDownloads = (): Download[] =>
  portfolioSets.flatMap((what) =>
    (
      [
        ['csv', 'CSV'],
        ['parquet', 'Parquet'],
      ] as const
    ).map(([value, format]) => ({
      href: `/api/v1/admin/export?what=${what}&format=${value}`,
      format: `${format}, ${what}`,
      use: value === 'csv' ? 'for spreadsheets' : 'for data tools',
    })),
  )

const downloads = (path: string, uses: Record<string, [format: string, use: string]>): Download[] =>
  Object.entries(uses).map(([value, [format, use]]) => ({ href: `${path}?format=${value}`, format, use }))
