import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { driverFeatures, writeDriverFeatures } from '../src/features/driver.ts'
import { driverStatistics } from '../src/trips/driver-statistics.ts'
import { statisticsExample } from '../src/trips/statistics-example.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-driver-table-'))
after(() => rmSync(folder, { recursive: true }))
const trip = (driverId: string, startH: number, temper = 0.5) => ({
  driverId,
  startAt: startH * 3_600_000,
  endAt: new Date((startH + 0.5) * 3_600_000).toISOString(),
  statistics: statisticsExample({ km: 12, gradable: 1, temper, events: [] }),
})
const run = (...lines: unknown[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'driver-table.ts'), folder], {
    input: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
    encoding: 'utf8',
  })

test('driver-table writes a row a driver with the features of all of their trips, and their ids', () => {
  const trips = [trip('DRV-0007', 1), trip('DRV-0007', 9, 0.9)]
  const { status, stderr } = run(...trips, trip('DRV-0009', 2))
  assert.equal(status, 0, stderr)
  const { driverIds, features, labels } = JSON.parse(readFileSync(join(folder, 'driver.json'), 'utf8'))
  assert.deepEqual(driverIds, ['DRV-0007', 'DRV-0009'])
  assert.deepEqual(labels, ['driver'])
  const bytes = readFileSync(join(folder, 'driver.f32'))
  assert.equal(bytes.length, 2 * 4 * (features.length + 1))
  const expected = new Float32Array(driverFeatures.length)
  writeDriverFeatures(driverStatistics(trips.map((one) => ({ ...one, endAt: Date.parse(one.endAt) }))), expected)
  assert.deepEqual(
    [...expected],
    Array.from(expected, (_, n) => bytes.readFloatLE(4 * n)),
  )
})

test('driver-table names the line that is wrong', () => {
  const lines = (...all: unknown[]): string => run(...all).stderr
  assert.match(lines(trip('A', 1), '{"driverId"'), /line 2: it is no JSON/)
  assert.match(lines(trip('A', 5), trip('A', 1)), /line 2: it starts before the line above/)
  assert.match(lines(trip('A', 1), trip('B', 1), trip('A', 2)), /line 3: driver "A" comes back/)
  assert.match(lines({ ...trip('A', 1), statistics: { distanceM: 1 } }), /line 1: "statistics" has no gradableM/)
  assert.equal(run(trip('A', 1), '[]').status, 2)
})
