import { quality } from '@fairmile/contract/telematics.ts'
import { createEventDetector, type JudgedEvent } from '@fairmile/models/events/event-detector.ts'
import type { Thresholds } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Vector } from '../motion/axes.ts'
import type { Calibration } from '../motion/calibration.ts'
import { createFuse, type SensorFacts } from '../motion/fuse.ts'
import { binMs, createImuBins, type ImuBin } from '../motion/imu-bins.ts'
import type { Fix, ImuSample } from '../sensors.ts'

/** Readings that wait for the axes, steps of 100 ms and fixes together: five minutes at 10 Hz of each. The oldest go first. */
const maxHeld = 6000
/** The axes are known well enough to look back. */
const enough = { yawSigmaDeg: 4, tiltSigmaDeg: 1.2 }
/** Events of a car that nothing but its accelerations tells of; the others are judged without axes, at once. */
const byAcceleration = 'harsh_'

export interface LateJudgeOptions {
  sensors: SensorFacts
  thresholds: Thresholds
  calibration: () => Calibration
  /** What the gyro shows when nothing turns: without it a bend at the first reading cannot be told from a bias. */
  gyroBias: () => Vector
  /** Writes the UTC time into a sample. */
  stamp: (sample: MotionSample) => void
  /** An event of the time before the axes were known, grade B at best; in the order of time. */
  event: (event: JudgedEvent) => void
}

type Held = { bin: ImuBin } | { fix: Fix }

/**
 * Judges the first minutes of a box in a car once it is known how it sits: what was felt until then is held, and goes through
 * the same fusion and the same detectors when the axes are known. Nobody is told of it at once, and nothing of it is grade A.
 */
export const createLateJudge = (options: LateJudgeOptions) => {
  const { sensors, thresholds, calibration } = options
  const counts = { judgedLate: 0, heldDropped: 0 }
  let held: Held[] = []
  /** What else was told of these samples: bits by time. */
  let doubts = new Map<number, number>()
  let blind = true
  /** From here on events are judged as they happen. */
  let knownFromMs = Number.NaN

  const hold = (one: Held): void => {
    held.push(one)
    if (held.length <= maxHeld) return
    held.shift()
    counts.heldDropped++
  }
  const bins = createImuBins({ rangeMps2: sensors.rangeMps2, onBin: (bin) => hold({ bin: { ...bin } }) })

  const known = (): boolean => {
    const { yawSigmaDeg, tiltSigmaDeg } = calibration()
    return yawSigmaDeg <= enough.yawSigmaDeg && tiltSigmaDeg <= enough.tiltSigmaDeg
  }

  const forget = (): void => {
    held = []
    doubts = new Map()
  }

  const judge = (): void => {
    const readings = held
    const bits = doubts
    forget()
    const detector = createEventDetector({
      thresholds,
      judgedLater: true,
      sink: {
        event(event) {
          if (!event.kind.startsWith(byAcceleration) || event.endTMs >= knownFromMs) return
          counts.judgedLate++
          options.event(event)
        },
      },
    })
    const fuse = createFuse({
      sensors,
      savedCalibration: calibration(),
      gyroBias: options.gyroBias(),
      onMotion(sample) {
        options.stamp(sample)
        sample.quality |= bits.get(sample.tMs) ?? 0
        detector.push(sample)
      },
    })
    for (const one of readings) {
      if ('fix' in one) fuse.fix(one.fix)
      else if (!one.bin.held) fuse.imu(readingOf(one.bin))
    }
    detector.flush()
  }

  return {
    counts,
    imu(sample: ImuSample): void {
      if (blind) bins.push(sample)
    },
    fix(fix: Fix): void {
      if (blind) hold({ fix })
    },
    /** What is held is of a position that the device no longer has: nobody will know how to judge it. */
    forget,
    /** Takes what the fusion made of it at once. */
    motion({ tMs, quality: bits }: MotionSample): void {
      const wasBlind = blind
      blind = (bits & quality.uncalibrated) !== 0
      if (wasBlind && !blind) knownFromMs = tMs
      if (blind) {
        if (doubts.size >= maxHeld) doubts.clear()
        doubts.set(tMs, bits & ~quality.uncalibrated)
      } else if (held.length > 0 && known()) judge()
    },
    /** The trip ends: what is known by now has to do. */
    end(): void {
      if (!blind && held.length > 0) judge()
      forget()
    },
  }
}

/** One reading in the middle of its step. */
const readingOf = ({ tMs, fx, fy, fz, wx, wy, wz, saturated }: ImuBin): ImuSample => ({
  tMs: tMs - binMs / 2,
  ax: fx,
  ay: fy,
  az: fz,
  gx: wx,
  gy: wy,
  gz: wz,
  saturated,
})
