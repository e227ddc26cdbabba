import { G_MPS2 } from '@fairmile/contract/units.ts'
import { createCrashDetector } from '@fairmile/models/events/crash.ts'
import type { Crash } from '@fairmile/models/events/crash-pulse.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { openPlayer } from '../../src/recording/player.ts'
import { streamImu } from './imu-stream.ts'
import { createPlainThreshold } from './plain-crash-threshold.ts'

const rangeMps2 = 16 * G_MPS2
/** An alarm belongs to a crash that began within this before it, milliseconds. */
const withinMs = 1000

/** How the crashes of some scenes were judged. */
export interface SceneResult {
  n: number
  found: number
  plainFound: number
  /** Alarms before the crash. */
  early: number
  plainEarly: number
  /** From the beginning of the pulse to the alarm. */
  delaysMs: number[]
  /** ΔV as judged ÷ as it was, where the sensor was not at its limit. */
  deltaVRatios: number[]
  saturated: number
}

/** Judges simulated crashes at one rate, beside the plain threshold. */
export async function judgeScenes(seed: number, scenes: number, rateHz: number): Promise<SceneResult> {
  const result: SceneResult = {
    n: 0,
    found: 0,
    plainFound: 0,
    early: 0,
    plainEarly: 0,
    delaysMs: [],
    deltaVRatios: [],
    saturated: 0,
  }
  let crashMs = Number.NaN
  let deltaVKmh = 0
  let nowMs = 0
  let found = false
  let plainFound = false
  const sink = {
    crash() {
      if (!(nowMs - crashMs <= withinMs)) result.early++
      else if (!found) {
        found = true
        result.found++
        result.delaysMs.push(nowMs - crashMs)
      }
    },
    over(crash: Crash) {
      if (!found) return
      if (crash.saturated) result.saturated++
      else result.deltaVRatios.push((crash.deltaVMps * 3.6) / deltaVKmh)
    },
  }
  const make = () => createCrashDetector({ threshold: thresholds.crash, rangeMps2, sink })
  let detector = make()
  let plain = createPlainThreshold()
  await streamImu(['--seed', String(seed), '--scenes', String(scenes), '--rate', String(rateHz)], {
    drive() {
      detector.end()
      detector = make()
      plain = createPlainThreshold()
      crashMs = Number.NaN
      found = false
      plainFound = false
    },
    crash(truth, tMs) {
      result.n++
      crashMs = tMs
      deltaVKmh = truth.deltaVKmh
    },
    sample(sample, speedMps) {
      nowMs = sample.tMs
      detector.speed(nowMs, speedMps)
      detector.push(sample)
      if (!plain(sample) || plainFound) return
      if (!(nowMs - crashMs <= withinMs)) result.plainEarly++
      else {
        plainFound = true
        result.plainFound++
      }
    },
  })
  detector.end()
  return result
}

/** Alarms in drives without a crash. */
export interface DrivesResult {
  km: number
  hours: number
  mishaps: Record<string, number>
  falseAlarms: number
  plainFalseAlarms: number
  /** Knocks, falls and hands that were told apart. */
  dismissed: number
}

/** Judges simulated kilometres full of mishaps. */
export async function judgeDrives(seed: number, km: number): Promise<DrivesResult> {
  let falseAlarms = 0
  let plainFalseAlarms = 0
  let dismissed = 0
  const sink = { crash: () => void falseAlarms++, over: () => {} }
  const make = () => createCrashDetector({ threshold: thresholds.crash, rangeMps2, sink })
  let detector = make()
  let plain = createPlainThreshold()
  const about = await streamImu(['--seed', String(seed), '--km', String(km)], {
    drive() {
      dismissed += detector.counts.knocks
      detector = make()
      plain = createPlainThreshold()
    },
    crash: () => {},
    sample(sample, speedMps) {
      detector.speed(sample.tMs, speedMps)
      detector.push(sample)
      if (plain(sample)) plainFalseAlarms++
    },
  })
  dismissed += detector.counts.knocks
  return { ...(about as Pick<DrivesResult, 'km' | 'hours' | 'mishaps'>), falseAlarms, plainFalseAlarms, dismissed }
}

/** Alarms in a recorded drive; `judged` is false where its IMU is too slow to show a crash, or there is none. */
export async function judgeRecording(folder: string) {
  let falseAlarms = 0
  let plainFalseAlarms = 0
  let samples = 0
  const sink = { crash: () => void falseAlarms++, over: () => {} }
  const detector = createCrashDetector({ threshold: thresholds.crash, rangeMps2, sink })
  const plain = createPlainThreshold()
  const player = await openPlayer({ folder })
  const readings = {
    imu(sample: Parameters<typeof detector.push>[0]) {
      samples++
      detector.push(sample)
      if (plain(sample)) plainFalseAlarms++
    },
    fix: ({ tMs, speedMps }: { tMs: number; speedMps: number | null }) => detector.speed(tMs, speedMps ?? Number.NaN),
    board: () => {},
    trouble: () => {},
  }
  await player.run(readings, new AbortController().signal)
  return { id: player.info.id, samples, judged: samples > 0 && detector.judging, falseAlarms, plainFalseAlarms }
}
