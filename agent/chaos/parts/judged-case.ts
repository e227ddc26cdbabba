import { quality } from '@fairmile/contract/telematics.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'
import { createPipeline } from '../../src/pipeline.ts'
import type { BaseDrive } from './base-drives.ts'
import type { Impossible } from './impossible-motion.ts'

/** Seconds before the fault that warm the filters up, and of the fault itself. */
export interface Stretch {
  fromMs: number
  beforeMs: number
  lastsMs: number
}

/** What the agent made of a fault. */
export interface Judged {
  /** Milliseconds from the fault's begin to the first marked sample; null where none was. */
  flaggedAfterMs: number | null
  /** Scores given for marked samples or windows that reach into one, and samples that no car can have and are not marked. */
  scored: number
  /** Events better than grade C in marked seconds. */
  events: number
  /** Metres credited in marked seconds. */
  metres: number
  motion: number
  flagged: number
}

/** Scores whatever it is asked to: what must not be scored must not come here. */
const eager: Scorer = {
  manifest: {} as Scorer['manifest'],
  failures: 0,
  lastFailure: null,
  score: async () => ({ risk: 50, margin: 0, relativity: 1, source: 'model' }),
  scoreRows: async (_rows, n) =>
    Array.from({ length: n }, () => ({ risk: 50, margin: 0, relativity: 1, source: 'model' as const })),
}
const windowMs = 10_000

/** Drives through a stretch with a fault in it, or without one. */
export async function judgeCase(drive: BaseDrive, stretch: Stretch, fault: Impossible): Promise<Judged> {
  const { fromMs, beforeMs, lastsMs } = stretch
  const told: Judged = { flaggedAfterMs: null, scored: 0, events: 0, metres: 0, motion: 0, flagged: 0 }
  const marked: number[] = []
  let lastMarkedMs = Number.NEGATIVE_INFINITY
  let newestMs = Number.NEGATIVE_INFINITY
  let seq = 1
  let metresBefore = 0
  const pipeline = createPipeline({
    device: 'DEV-1',
    boot: 1,
    thresholds,
    scorer: eager,
    timeZone: 'UTC',
    nextSeq: () => seq,
    wallMs: () => 0,
    mount: drive.mount,
    output: {
      telematics: () => void seq++,
      motion(sample) {
        told.motion++
        newestMs = sample.tMs
        const isMarked = (sample.quality & quality.implausible) !== 0
        if (!isMarked && sample.speedMps > 100) told.scored++
        if (!isMarked) return
        told.flagged++
        lastMarkedMs = sample.tMs
        marked.push(sample.tMs)
        if (sample.tMs >= fromMs - 1000) told.flaggedAfterMs ??= sample.tMs - fromMs
      },
      score({ tMs }) {
        if (tMs - lastMarkedMs < windowMs) told.scored++
      },
      live({ tripDistanceM }) {
        // A live state comes once a second: between two in marked time nothing may be credited.
        if (newestMs === lastMarkedMs && newestMs - (marked.at(-12) ?? Number.NEGATIVE_INFINITY) <= 1100)
          told.metres += Math.max(0, tripDistanceM - metresBefore)
        metresBefore = tripDistanceM
      },
      event({ grade }, startMs, endMs) {
        if (grade !== 'C' && marked.some((tMs) => tMs >= startMs && tMs <= endMs)) told.events++
      },
    },
  })
  const endMs = fromMs + lastsMs
  const inStretch = ({ tMs }: { tMs: number }): boolean => tMs >= fromMs - beforeMs && tMs < endMs
  const readings = drive.imu.filter(inStretch)
  let next = 0
  for (const fix of drive.fixes.filter(inStretch)) {
    for (; next < readings.length && readings[next]!.tMs <= fix.tMs; next++) {
      const reading = readings[next]!
      pipeline.imu(reading.tMs >= fromMs ? (fault.imu?.(reading) ?? reading) : reading)
    }
    pipeline.fix(fix.tMs >= fromMs ? (fault.fix?.(fix) ?? fix) : fix)
    await pipeline.settled()
  }
  await pipeline.end('recording_end')
  return told
}
