import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { driverFeatures, writeDriverFeatures } from '@fairmile/models/features/driver.ts'
import { driverStatistics, type TimedStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import { recentTrips } from '../src/trips/ended-trips.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { storeDrives } from './stored-drive.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const recorded = join(process.env.FAIRMILE_SHARED ?? path('../../../shared'), 'data/drives')
const recordings = existsSync(recorded) ? readdirSync(recorded).map((name) => join(recorded, name)) : []
const weekMs = 7 * 86_400_000
/** The longest time between two drives of a set of recordings: all count. */
const allDays = 36_500

/** A simulated drive of ten minutes in the city, with all that an agent needs to grade it. */
function simulate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-drive-'))
  after(() => rmSync(folder, { recursive: true }))
  const args = ['--seed', '5', '--minutes', '10', '--known-mount', '--out', folder]
  execFileSync(process.execPath, [path('../../sim/src/cli/record.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return folder
}

/** The trips that the agent makes of a recording, in the car. */
function tripsInCar(folder: string): TripRecord[] {
  const agent = path('../../agent/bin/fairmile-agent.mjs')
  const lines = execFileSync(process.execPath, [agent, 'replay', folder, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  })
  return lines
    .split('\n')
    .filter((line) => line.startsWith('{"type":"trip"'))
    .map((line) => {
      const { type: _type, ...trip } = JSON.parse(line)
      return trip
    })
}

function featuresOf(trips: readonly TimedStatistics[]): Float32Array {
  const row = new Float32Array(driverFeatures.length)
  writeDriverFeatures(driverStatistics(trips), row)
  return row
}

/** Recordings without a date all begin at one noon: each is of a week of its own here, as one box cannot be on several at once. */
const inWeek = (trips: readonly TripRecord[], n: number): TripRecord[] =>
  trips.map((trip) => ({ ...trip, startAt: trip.startAt + n * weekMs, endAt: trip.endAt + n * weekMs }))

const drives = [simulate(), ...recordings]
  .map(tripsInCar)
  .filter((trips) => trips.length > 0)
  .map(inWeek)

for (const engine of engines()) {
  describe(`features of a driver on ${engine.name}`, () => {
    it('are those of the car after the wire and the database, for each drive and all together', async () => {
      const database = await engine.open()
      const device = await addDevice(database.db)
      const all = drives.flat()
      const records = all.map((trip): TripsRecord[] => [
        { type: 'trip_started', tripId: trip.id, startAt: trip.startAt, lat: trip.startLat, lon: trip.startLon },
        { type: 'trip', trip },
      ])
      await storeDrives(database, laneOf(device, 'trips'), records)
      const stored = await recentTrips(database.db, { driverId: device.driverId, days: allDays })
      assert.equal(stored.length, all.length)
      for (const trips of [...drives, all]) {
        const ids = new Set(trips.map(({ id }) => id))
        const inCar = featuresOf(trips)
        const inCloud = featuresOf(stored.filter(({ id }) => ids.has(id)))
        for (const [column, { name }] of driverFeatures.entries()) near(inCloud[column]!, inCar[column]!, name)
      }
      assert.ok(featuresOf(all).filter(Number.isFinite).length > driverFeatures.length / 2)
    })
  })
}

function near(actual: number, expected: number, name: string): void {
  const same = Number.isNaN(expected) ? Number.isNaN(actual) : Math.abs(actual - expected) <= 1e-6
  assert.ok(same, `${name}: ${actual} in the cloud, ${expected} in the car`)
}
