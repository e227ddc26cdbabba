/**
 * `node models/training/portfolio/check-recorded.ts RECORDINGS`: holds the portfolio against recorded drives. Each is replayed through the
 * agent; where do its features lie among those of single trips of generated people?
 */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { driverFeatures, writeDriverFeatures } from '../../src/features/driver.ts'
import { addTrip, type DriverStatistics, emptyDriverStatistics } from '../../src/trips/driver-statistics.ts'
import { replay } from '../replay.ts'
import { drive } from './drive.ts'
import { drawPerson } from './person.ts'
import { createRandom } from './random.ts'

/** Generated people, a trip or a few each. */
const people = 3000
/** Kilometres of a generated person: about as many as a recorded drive has. */
const km = 10
/** A recorded feature that lies outside these shares of the generated ones is one that the portfolio does not know. */
const known = [0.005, 0.995] as const

const [folder] = process.argv.slice(2)
if (!folder || !existsSync(folder)) {
  console.error('usage: node models/training/portfolio/check-recorded.ts RECORDINGS, a folder of recording folders')
  process.exit(2)
}
const generated = Array.from({ length: people }, (_, n) => {
  const random = createRandom(9, n)
  return featuresOf(drive(drawPerson(random), km, random))
})
const columns = driverFeatures.map((_, column) =>
  Float32Array.from(generated.map((row) => row[column]!).filter((value) => !Number.isNaN(value))).sort(),
)
const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
const total = { drives: 0, features: 0, outside: 0 }
for (const { name } of names) {
  const driver = emptyDriverStatistics()
  await replay(join(folder, name), { trip: (trip: TripStatistics) => addTrip(driver, trip) })
  const row = featuresOf(driver)
  const outside: Record<string, string> = {}
  let judged = 0
  for (const [column, { name: feature, unit }] of driverFeatures.entries()) {
    const value = row[column]!
    // What hour it was and how far is not the driving's.
    if (
      Number.isNaN(value) ||
      columns[column]!.length === 0 ||
      /^(trip|short|long|night|evening|rush|weekend)_/.test(feature)
    )
      continue
    judged++
    const share = shareBelow(columns[column]!, value)
    if (share < known[0] || share > known[1])
      outside[feature] = `${value.toPrecision(3)} ${unit}, above ${(100 * share).toFixed(1)} %`
  }
  console.log(JSON.stringify({ drive: name, km: Number((driver.total.distanceM / 1000).toFixed(2)), judged, outside }))
  total.drives++
  total.features += judged
  total.outside += Object.keys(outside).length
}
console.log(JSON.stringify({ ...total, inside: Number((1 - total.outside / total.features).toFixed(3)) }))

function featuresOf(driver: DriverStatistics): Float32Array {
  const row = new Float32Array(driverFeatures.length)
  writeDriverFeatures(driver, row)
  return row
}

/** Share of the sorted values that lie below; half of those that are equal count. */
function shareBelow(sorted: Float32Array, value: number): number {
  let below = 0
  let equal = 0
  for (const other of sorted) {
    if (other < value) below++
    else if (other === value) equal++
  }
  return (below + equal / 2) / sorted.length
}
