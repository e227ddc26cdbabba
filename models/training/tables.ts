/** `node models/training/tables.ts RECORDINGS OUT`: replays simulated drives through the agent and writes the table of windows. */
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Feature, featureVersion } from '../src/features/feature.ts'
import { windowFeatures } from '../src/features/window.ts'
import type { MotionSample } from '../src/motion.ts'
import { replay } from './replay.ts'
import { createTable, type TableAbout } from './table-writer.ts'
import { readTruth, type Truth } from './truth.ts'
import { collectWindowRows, windowLabels } from './window-rows.ts'

/** Replays at a time: one a core. */
const parallel = 2

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
const windows = createTable(out, 'window', about(windowFeatures, windowLabels))

const folders = (await readdir(recordings, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(recordings, entry.name))
  .sort()
const truths = await Promise.all(folders.map(readTruth))
const people = new Map<string, number>()
for (const { driver } of truths) if (!people.has(driver.id)) people.set(driver.id, people.size)

// Rows are written in the order of the folders, whatever finishes first: the same drives give the same bytes.
for (let start = 0; start < folders.length; start += parallel) {
  const group = folders.slice(start, start + parallel)
  const drives = await Promise.all(group.map((folder, offset) => replayDrive(folder, truths[start + offset] as Truth)))
  for (const { samples, truth } of drives) {
    const endS = (samples.at(-1)?.tMs ?? 0) / 1000
    const collect = collectWindowRows(windows, people.get(truth.driver.id) ?? -1, truth, endS)
    for (const sample of samples) collect(sample)
  }
  console.error(`${Math.min(start + parallel, folders.length)} of ${folders.length} drives`)
}
console.error(`${windows.close()} windows of ${people.size} drivers`)

async function replayDrive(folder: string, truth: Truth) {
  const samples: MotionSample[] = []
  await replay(folder, { motion: (sample) => samples.push(sample) })
  return { samples, truth }
}
