/**
 * `node models/training/portfolio/measure.ts RECORDINGS OUT.jsonl`: replays simulated drives through the agent and writes a line a drive:
 * the driver's latent parameters, and trip statistics by class of road. What the portfolio's generator is fitted to.
 */
import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { thresholds } from '../../src/events/thresholds.ts'
import type { MotionSample } from '../../src/motion.ts'
import { createStatistics } from '../../src/trips/statistics.ts'
import { type ReplayedEvent, replay } from '../replay.ts'
import { limitAt, readTruth, type Truth } from '../truth.ts'
import { type RoadClass, roadClasses, roadClassOf } from './road-classes.ts'

/** Replays at a time: one a core. */
const parallel = 2

const [recordings, out] = process.argv.slice(2)
if (!recordings || !out) {
  console.error('usage: node models/training/portfolio/measure.ts RECORDINGS OUT.jsonl')
  process.exit(2)
}
const folders = (await readdir(recordings, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(recordings, entry.name))
  .sort()
const stream = createWriteStream(out)
for (let start = 0; start < folders.length; start += parallel) {
  const lines = await Promise.all(folders.slice(start, start + parallel).map(measure))
  for (const line of lines) stream.write(`${JSON.stringify(line)}\n`)
  console.error(`${Math.min(start + parallel, folders.length)} of ${folders.length} drives`)
}
stream.end()
await finished(stream)

async function measure(folder: string) {
  const truth = await readTruth(folder)
  const samples: MotionSample[] = []
  const events: ReplayedEvent[] = []
  let whole: TripStatistics | null = null
  await replay(folder, {
    motion: (sample) => samples.push(sample),
    event: (event) => events.push(event),
    trip(statistics) {
      whole = statistics
    },
  })
  return { driver: truth.driver, lapses: truth.lapses, classes: byClass(truth, samples, events), whole }
}

/**
 * Statistics by class of road. Motion went through the agent, so the errors of its sensors are in it; the posted limit is the true one,
 * as a map would have it.
 */
function byClass(
  truth: Truth,
  samples: readonly MotionSample[],
  events: readonly ReplayedEvent[],
): Record<RoadClass, TripStatistics> {
  const sums = Object.fromEntries(
    roadClasses.map((name) => [name, createStatistics({ thresholds, timeZone: 'UTC' })]),
  ) as Record<RoadClass, ReturnType<typeof createStatistics>>
  for (const sample of samples) {
    const limitKmh = limitAt(truth, sample.tMs / 1000)
    // The way of a known mount, in a street with a good sky: what is not gradable is the generator's to say.
    sums[roadClassOf(limitKmh)].push({ ...sample, limitKmh, limitConfidence: 1, sigmaG: 0, hdop: 1 }, Number.NaN)
  }
  for (const { kind, band, grade, startS } of events)
    sums[roadClassOf(limitAt(truth, startS))].addEvent({ kind, band, grade })
  return Object.fromEntries(roadClasses.map((name) => [name, sums[name].result()])) as Record<RoadClass, TripStatistics>
}
