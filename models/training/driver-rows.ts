import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { driverFeatures, writeDriverFeatures } from '../src/features/driver.ts'
import { emptyStatistics, mergeStatistics } from '../src/trips/merge-statistics.ts'
import type { TableWriter } from './table-writer.ts'

/** Labels of the driver table. */
export const driverLabels = ['driver', 'hazardPerKm'] as const

/**
 * Writes the rows of one driver: all trips together, and all but one of them for each trip, so that the model sees how much the
 * same person's figures vary.
 */
export function writeDriverRows(
  table: TableWriter,
  driver: number,
  hazardPerKm: number,
  trips: readonly TripStatistics[],
): void {
  const features = new Float32Array(driverFeatures.length)
  const leftOut = trips.length > 1 ? [-1, ...trips.keys()] : [-1]
  for (const out of leftOut) {
    const merged = trips.filter((_, index) => index !== out).reduce(mergeStatistics, emptyStatistics())
    writeDriverFeatures(merged, features)
    table.row(features, [driver, hazardPerKm])
  }
}
