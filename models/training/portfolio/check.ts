/**
 * `node models/training/portfolio/check.ts MEASURED.jsonl...`: holds the portfolio's generator against the drives that it was fitted to. For
 * each drive the same person drives the same minutes on the same roads again, by the generator; then features are compared over all drives.
 */
import { readFileSync } from 'node:fs'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { driverFeatures, writeDriverFeatures } from '../../src/features/driver.ts'
import { addTrip, emptyDriverStatistics } from '../../src/trips/driver-statistics.ts'
import { emptyStatistics, mergeStatistics } from '../../src/trips/merge-statistics.ts'
import { createClassModel } from './class-model.ts'
import { drawStaying } from './drive.ts'
import { fit } from './fit-data.ts'
import { designOf, type Latents } from './person.ts'
import { createRandom } from './random.ts'
import { type RoadClass, roadClasses } from './road-classes.ts'

interface Measured {
  driver: Latents
  classes: Record<RoadClass, TripStatistics>
}

/** Generated drives for each measured one. */
const replicates = 5

const drives = process.argv
  .slice(2)
  .flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line) as Measured)
if (drives.length === 0) {
  console.error('usage: node models/training/portfolio/check.ts MEASURED.jsonl...')
  process.exit(2)
}
const measured = drives.map(({ classes }) => featuresOf(roadClasses.map((name) => classes[name])))
const generated = drives.flatMap((drive, n) =>
  Array.from({ length: replicates }, (_, k) => featuresOf(again(drive, n * replicates + k))),
)
const rows = driverFeatures.flatMap(({ name, unit }, column) => {
  const a = spreadOf(measured.map((row) => row[column]!))
  const b = spreadOf(generated.map((row) => row[column]!))
  // What hour it is, how long a trip is and what differs between trips is not of one drive.
  if (!(a.deviation > 0 && b.deviation > 0) || name.startsWith('trip_')) return []
  const apart = (b.mean - a.mean) / a.deviation
  return [{ name, unit, measured: a, generated: b, apart, spread: b.deviation / a.deviation }]
})
console.table(
  rows.map(({ name, measured: a, generated: b, apart, spread }) => ({
    feature: name,
    'mean, simulated': Number(a.mean.toPrecision(3)),
    'mean, generated': Number(b.mean.toPrecision(3)),
    'apart by deviations': Number(apart.toFixed(2)),
    'spread, generated ÷ simulated': Number(spread.toFixed(2)),
  })),
)
const worst = (of: (row: (typeof rows)[number]) => number): number => Math.max(...rows.map(of))
console.log(
  JSON.stringify({
    drives: drives.length,
    features: rows.length,
    worstApart: Number(worst(({ apart }) => Math.abs(apart)).toFixed(3)),
    worstSpread: Number(Math.exp(worst(({ spread }) => Math.abs(Math.log(spread)))).toFixed(3)),
  }),
)

function featuresOf(parts: readonly TripStatistics[]): Float32Array {
  const driver = emptyDriverStatistics()
  addTrip(driver, parts.reduce(mergeStatistics, emptyStatistics()))
  const row = new Float32Array(driverFeatures.length)
  writeDriverFeatures(driver, row)
  return row
}

/** The same person, the same minutes on the same roads, by the generator. */
function again({ driver, classes }: Measured, index: number): TripStatistics[] {
  const random = createRandom(1, index)
  const design = designOf(driver)
  const staying = drawStaying(fit, random)
  return roadClasses.map((name) => {
    const trip = emptyStatistics()
    const { movingS, imuS, limitKnownS } = classes[name]
    if (movingS > 0)
      createClassModel(fit.classes[name], design, staying).draw(trip, movingS, { imuS, limitS: limitKnownS }, random)
    trip.durationS = trip.movingS + trip.idleS
    trip.gradableM = trip.distanceM
    return trip
  })
}

function spreadOf(values: readonly number[]): { mean: number; deviation: number } {
  const known = values.filter((value) => !Number.isNaN(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const square = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length
  return { mean, deviation: Math.sqrt(square) }
}
