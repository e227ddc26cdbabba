/** `node models/training/tables.ts RECORDINGS OUT`: replays simulated drives through the agent and writes what the Python reads. */
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { driverFeatures } from '../src/features/driver.ts'
import { type Feature, featureVersion } from '../src/features/feature.ts'
import { windowFeatures } from '../src/features/window.ts'
import { driverLabels, writeDriverRows } from './driver-rows.ts'
import { replay } from './replay.ts'
import { createTable, type TableAbout } from './table-writer.ts'
import { readTruth, type Truth } from './truth.ts'
import { collectWindowRows, windowLabels } from './window-rows.ts'

/** Replays at a time: one a core. */
const parallel = 2

interface Person {
  index: number
  hazardPerKm: number
  trips: TripStatistics[]
}

const [recordings, out] = process.argv.slice(2)
if (!recordings || !out) {
  console.error('usage: node models/training/tables.ts RECORDINGS OUT')
  process.exit(2)
}
await mkdir(out, { recursive: true })
const about = (features: readonly Feature[], labels: readonly string[]): TableAbout => ({
  featureVersion,
  features: features.map(({ name, monotone }) => ({ name, monotone })),
  labels,
})
const windows = await createTable(out, 'window', about(windowFeatures, windowLabels))
const drivers = await createTable(out, 'driver', about(driverFeatures, driverLabels))

const folders = (await readdir(recordings, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(recordings, entry.name))
  .sort()
const truths = await Promise.all(folders.map(readTruth))
const people = new Map<string, Person>()
for (const { driver, hazard } of truths)
  if (!people.has(driver.id)) people.set(driver.id, { index: people.size, hazardPerKm: hazard.claimsPerKm, trips: [] })

// Rows are written in the order of the folders, whatever finishes first: the same drives give the same bytes.
for (let start = 0; start < folders.length; start += parallel) {
  const group = folders.slice(start, start + parallel)
  const drives = await Promise.all(group.map((folder, offset) => replayDrive(folder, truths[start + offset] as Truth)))
  for (const { person, samples, trips, truth } of drives) {
    const endS = (samples.at(-1)?.tMs ?? 0) / 1000
    const collect = collectWindowRows(windows, person.index, truth, endS)
    for (const sample of samples) collect(sample)
    person.trips.push(...trips)
  }
  console.error(`${Math.min(start + parallel, folders.length)} of ${folders.length} drives`)
}
for (const person of people.values()) writeDriverRows(drivers, person.index, person.hazardPerKm, person.trips)
console.error(`${await windows.close()} windows, ${await drivers.close()} rows of ${people.size} drivers`)

async function replayDrive(folder: string, truth: Truth) {
  const person = people.get(truth.driver.id) as Person
  const samples: Parameters<ReturnType<typeof collectWindowRows>>[0][] = []
  const trips: TripStatistics[] = []
  await replay(folder, { motion: (sample) => samples.push(sample), trip: (statistics) => trips.push(statistics) })
  return { person, samples, trips, truth }
}
