/**
 * `node models/training/driver-table.ts OUT < TRIPS.jsonl`: writes the driver table of real drivers, for `models:evaluate -- --claims`.
 *
 * A line a trip: `{"driverId","startAt","endAt","statistics"}`, times ISO 8601 or epoch milliseconds, ordered by driver and then by start.
 */
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { driverFeatures, writeDriverFeatures } from '../src/features/driver.ts'
import { featureVersion } from '../src/features/feature.ts'
import { driverStatistics, type TimedStatistics } from '../src/trips/driver-statistics.ts'
import { emptyStatistics } from '../src/trips/merge-statistics.ts'
import { createTable } from './table-writer.ts'

const [out] = process.argv.slice(2)
if (!out || out.startsWith('-') || process.stdin.isTTY) {
  console.error(
    `Examples:
  psql -XAtc "SELECT json_build_object('driverId', driver_id, 'startAt', start_at, 'endAt', end_at, 'statistics', statistics)
    FROM trips WHERE statistics IS NOT NULL ORDER BY driver_id, start_at" | node models/training/driver-table.ts tables`,
  )
  process.exit(2)
}
mkdirSync(out, { recursive: true })
const driverIds: string[] = []
const features = driverFeatures.map(({ name, monotone }) => ({ name, monotone }))
const table = createTable(out, 'driver', { featureVersion, features, labels: ['driver'], driverIds })
const row = new Float32Array(driverFeatures.length)
const seen = new Set<string>()
let driverId: string | null = null
let trips: TimedStatistics[] = []
let number = 0
for await (const line of createInterface({ input: process.stdin })) {
  number++
  if (line.trim() === '') continue
  const trip = read(line)
  if (trip.driverId !== driverId) {
    finish()
    if (seen.has(trip.driverId)) refuse(`driver "${trip.driverId}" comes back: order by driver, then by start`)
    seen.add(trip.driverId)
    driverId = trip.driverId
  }
  if (trip.startAt < (trips.at(-1)?.startAt ?? Number.NEGATIVE_INFINITY)) refuse('it starts before the line above')
  trips.push(trip)
}
finish()
if (number === 0) refuse('there is no line on standard input')
console.error(`${table.close()} drivers`)

function finish(): void {
  if (driverId === null) return
  writeDriverFeatures(driverStatistics(trips), row)
  table.row(row, [driverIds.length])
  driverIds.push(driverId)
  trips = []
}

function read(line: string): TimedStatistics & { driverId: string } {
  try {
    const trip = JSON.parse(line)
    const [startAt, endAt] = [timeOf(trip.startAt), timeOf(trip.endAt)]
    const missing = Object.keys(emptyStatistics()).filter((name) => trip.statistics?.[name] === undefined)
    if (typeof trip.driverId !== 'string') refuse('"driverId" is no text')
    if (!(startAt <= endAt)) refuse('"startAt" and "endAt" are no times in this order')
    if (missing.length > 0) refuse(`"statistics" has no ${missing.join(', ')}`)
    return { driverId: trip.driverId, startAt, endAt, statistics: trip.statistics }
  } catch (error) {
    if (error instanceof SyntaxError) refuse('it is no JSON')
    throw error
  }
}

function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number(value ?? Number.NaN)
}

function refuse(problem: string): never {
  console.error(`driver-table: line ${number}: ${problem}`)
  process.exit(2)
}
