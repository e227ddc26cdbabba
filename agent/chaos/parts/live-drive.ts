import { quality } from '@fairmile/contract/telematics.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { rotationOf } from '../../src/motion/axes.ts'
import { syntheticDrive } from '../../src/motion/synthetic-drive.ts'
import type { PipelineOutput } from '../../src/pipeline/output.ts'
import { createPipeline } from '../../src/pipeline.ts'
import type { OpenScorer } from '../../src/scoring/window-scorer.ts'

const mount = { rollDeg: 0, pitchDeg: 0, yawDeg: 90 }
/** From here on the drive goes at the pace of time; soon the driver brakes hard, and somewhat before the alert of it the engine fails. */
const liveS = 38
const brakesMs = 500
const endS = 41

const drive = syntheticDrive({ seconds: endS, imuHz: 100, fixHz: 1, lagMs: 0, mount })
const [forwardX, forwardY, forwardZ] = rotationOf(mount)
const imu = drive.imu.map((sample) => {
  const intoMs = sample.tMs - liveS * 1000 - brakesMs
  const push = intoMs >= 0 && intoMs < 800 ? -7 : 0
  const { ax, ay, az } = sample
  return { ...sample, ax: ax + forwardX! * push, ay: ay + forwardY! * push, az: az + forwardZ! * push }
})

/** All readings in the order of time. */
const readings = [
  ...imu.map((sample) => ({ tMs: sample.tMs, give: (pipeline: Pipeline) => pipeline.imu(sample) })),
  ...drive.fixes.map((fix) => ({ tMs: fix.tMs, give: (pipeline: Pipeline) => pipeline.fix(fix) })),
].sort((a, b) => a.tMs - b.tMs)

type Pipeline = ReturnType<typeof createPipeline>

const open = (scoring: OpenScorer | null, output: PipelineOutput): Pipeline => {
  let seq = 1
  return createPipeline({
    device: 'DEV-1',
    boot: 1,
    thresholds,
    scorer: scoring?.scorer ?? null,
    causes: scoring?.causes,
    timeZone: 'UTC',
    nextSeq: () => seq,
    wallMs: () => 0,
    mount,
    output: {
      ...output,
      telematics(summary) {
        seq++
        output.telematics?.(summary)
      },
    },
  })
}

/** Index of the reading at which a pipeline without a model alerts of the hard braking. */
function alertReading(): number {
  let alerted = false
  const pipeline = open(null, {
    alert({ kind }) {
      if (kind === 'harsh_braking') alerted = true
    },
  })
  for (const [index, { give, tMs }] of readings.entries()) {
    give(pipeline)
    if (alerted && tMs > liveS * 1000) return index
    alerted = false
  }
  throw new Error('playing the drive of the fault: nothing alerts of its hard braking')
}
const alertAt = alertReading()

/** What a drive with a failing engine showed. */
export interface LiveFound {
  /** From the reading that made the alert due to the alert, milliseconds; null where none came. */
  alertMs: number | null
  /** From the first sample without a score to the next with one, milliseconds; null where none came. */
  recoveredMs: number | null
  /** Samples without a score of their own. */
  held: number
  /** Scores that were told and are no number from 0 to 100. */
  notANumber: number
  scores: number
}

/**
 * Drives for half a minute as fast as can be, then at the pace of time.
 *
 * @param fail has the engine fail; called so many milliseconds before the alert is due
 */
export async function driveLive(scoring: OpenScorer, fail: () => void, beforeMs: number): Promise<LiveFound> {
  const found: LiveFound = { alertMs: null, recoveredMs: null, held: 0, notANumber: 0, scores: 0 }
  let dueMs = Number.NaN
  let heldMs = Number.NaN
  let isLive = false
  const check = (risk: number | null): void => {
    if (risk === null) return
    found.scores++
    if (!(risk >= 0 && risk <= 100)) found.notANumber++
  }
  const startMs = { drive: liveS * 1000, real: 0 }
  const pipeline = open(scoring, {
    score: ({ risk }) => check(risk),
    live: ({ liveRisk }) => check(liveRisk),
    telematics: ({ liveRisk }) => check(liveRisk),
    alert({ kind }) {
      if (isLive && kind === 'harsh_braking' && !Number.isNaN(dueMs)) found.alertMs ??= performance.now() - dueMs
    },
    motion({ tMs, quality: bits }) {
      if (!isLive) return
      if ((bits & quality.riskHeld) !== 0) {
        found.held++
        // When it was sensed, not when it was judged.
        if (Number.isNaN(heldMs)) heldMs = startMs.real + tMs - startMs.drive
      } else if (!Number.isNaN(heldMs)) found.recoveredMs ??= performance.now() - heldMs
    },
  })
  const beginsAt = readings.findIndex(({ tMs }) => tMs >= startMs.drive)
  for (const { give } of readings.slice(0, beginsAt)) {
    give(pipeline)
    await pipeline.settled()
  }
  isLive = true
  startMs.real = performance.now()
  let failed = false
  for (let next = beginsAt; next < readings.length; next++) {
    const { tMs, give } = readings[next]!
    while (performance.now() - startMs.real < tMs - startMs.drive)
      await new Promise((resolve) => setTimeout(resolve, 2))
    if (!failed && tMs >= readings[alertAt]!.tMs - beforeMs) {
      failed = true
      fail()
    }
    give(pipeline)
    if (next === alertAt) dueMs = performance.now()
  }
  await pipeline.end('recording_end')
  return found
}
