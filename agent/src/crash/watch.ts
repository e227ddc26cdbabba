import { maxCrashRows } from '@fairmile/contract/columns/crash-columns.ts'
import type { CrashFacts, CrashRecord } from '@fairmile/contract/crash.ts'
import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import { createCrashDetector } from '@fairmile/models/events/crash.ts'
import type { Crash } from '@fairmile/models/events/crash-pulse.ts'
import type { CrashThreshold } from '@fairmile/models/events/crash-threshold.ts'
import type { CrashSeen } from '@fairmile/models/events/detector.ts'
import { rotationOf } from '../motion/axes.ts'
import type { Calibration } from '../motion/calibration.ts'
import type { ImuSample } from '../sensors.ts'
import type { CrashPlace } from '../trips/trip-log.ts'
import { createImuRing } from './ring.ts'

/** What is kept of the time before and after. */
const beforeMs = 30_000
const afterMs = 10_000
/** Worse known axes of the box tell no direction. */
const maxYawSigmaDeg = 20
/** After a crash what is felt is nobody's driving for so long. */
const shakenMs = 3000
/** Samples after which it is known whether the IMU is fast enough. */
const rateKnownAfter = 200

export interface CrashWatchOptions {
  threshold: CrashThreshold
  /** Full scale of the accelerometer, m/s². */
  rangeMps2: number
  calibration: () => Calibration
  /** Makes an event of a crash and tells the driver; null where it cannot be placed in time yet. */
  crash: (crash: CrashSeen) => CrashPlace | null
  /** Told when it is over, with the whole of it. */
  over: (crash: CrashSeen) => void
  /** Takes records in the order of their worth. */
  records: (records: readonly CrashRecord[]) => void
  trouble: (message: string) => void
}

interface Told {
  crash: Crash
  place: CrashPlace
  /** First sample that no record holds yet. */
  next: number
}

/** Watches the IMU at its full rate for a crash, and keeps what it said before and after one. */
export function createCrashWatch(options: CrashWatchOptions) {
  const { calibration } = options
  const ring = createImuRing()
  let told: Told | null = null
  let samples = 0
  let shakenUntilMs = Number.NEGATIVE_INFINITY

  const directionOf = ({ change, deltaVMps }: Crash): number | null => {
    const mount = calibration()
    if (deltaVMps === 0 || !(mount.yawSigmaDeg <= maxYawSigmaDeg)) return null
    const r = rotationOf(mount)
    const along = r[0]! * change[0]! + r[1]! * change[1]! + r[2]! * change[2]!
    const left = r[3]! * change[0]! + r[4]! * change[1]! + r[5]! * change[2]!
    // What comes from the front pushes back, what comes from the right pushes left.
    return (Math.atan2(left, -along) * DEG_PER_RAD + 360) % 360
  }

  const factsOf = (crash: Crash): CrashFacts => ({
    deltaVMps: crash.deltaVMps,
    directionDeg: directionOf(crash),
    peakMps2: crash.peakMps2,
    rolledOver: crash.rolledOver,
    saturated: crash.saturated,
    rateHz: crash.rateHz,
  })

  /** Records of some samples, the newest first. */
  const cut = ({ crash, place }: Told, first: number, last: number): CrashRecord[] => {
    const records: CrashRecord[] = []
    const { utcOffsetMs, ...ids } = place
    for (let end = last; end >= first; end -= maxCrashRows) {
      const begin = Math.max(first, end - maxCrashRows + 1)
      records.push({
        ...ids,
        at: Math.round(crash.startMs + utcOffsetMs),
        ...factsOf(crash),
        fromMs: Math.round(ring.tMs(begin) - crash.startMs),
        imu: ring.cut(begin, end),
      })
    }
    return records
  }

  const finish = (): void => {
    if (!told) return
    const { first, last } = ring.between(told.crash.startMs, told.crash.startMs + afterMs)
    const rest = cut(told, Math.max(first, told.next), last)
    told = null
    if (rest.length > 0) options.records(rest)
  }

  const detector = createCrashDetector({
    threshold: options.threshold,
    rangeMps2: options.rangeMps2,
    sink: {
      crash(crash) {
        finish()
        shakenUntilMs = crash.endMs + shakenMs
        const place = options.crash(crash)
        if (place === null) return
        const { first, last } = ring.between(crash.startMs - beforeMs, Number.POSITIVE_INFINITY)
        told = { crash, place, next: last + 1 }
        const [newest, ...older] = cut(told, first, last)
        if (newest) options.records([newest])
        if (older.length > 0) options.records(older)
      },
      over: options.over,
    },
  })

  return {
    imu(sample: ImuSample): void {
      if (!Number.isFinite(sample.ax + sample.ay + sample.az)) return
      ring.push(sample)
      detector.push(sample)
      if (told && sample.tMs - told.crash.startMs >= afterMs) finish()
      if (++samples === rateKnownAfter && !detector.judging)
        options.trouble('crashes cannot be judged: the IMU gives fewer than 40 samples a second, too few to show one')
    },
    /** Tells the car's newest speed, m/s; NaN where it is unknown. */
    speed: detector.speed,
    /** Whether what is felt at this time may be a crash's doing. */
    shaken: (tMs: number): boolean => tMs <= shakenUntilMs,
    /** Ends a running crash and tells what is left of it. */
    end(): void {
      detector.end()
      finish()
    },
    /** What was met beside crashes. */
    counts: detector.counts,
  }
}
