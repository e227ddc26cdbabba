import { quality } from '@fairmile/contract/telematics.ts'
import { createLowPass } from '../events/low-pass.ts'
import type { MotionSample } from '../motion.ts'
import type { Feature } from './feature.ts'
import * as of from './window-sums.ts'
import { createWindowSums, sumWindow, type WindowColumns, type WindowSums, windowSamples } from './window-sums.ts'

interface WindowFeature extends Feature {
  value(sums: WindowSums): number
}

const feature = (
  name: string,
  unit: string,
  monotone: 0 | 1,
  formula: string,
  reason: string,
  value: (sums: WindowSums) => number,
): WindowFeature => ({ name, unit, formula, reason, monotone, value })

/** The features of the last 100 motion samples; accelerations are low-passed at 2 Hz, NaN where under half is known. */
export const windowFeatures: readonly WindowFeature[] = [
  feature('speed_mean', 'm/s', 0, 'Σv ÷ n', 'faster surroundings leave less time', (s) => of.mean(s.speed)),
  feature('speed_std', 'm/s', 0, '√(Σv²÷n − mean²)', 'uneven speed is traffic or temper', (s) => of.deviation(s.speed)),
  feature('speed_max', 'm/s', 0, 'max v', 'energy in a crash grows with v²', (s) => of.known(s.speed, s.speed.max)),
  feature('speed_range', 'm/s', 0, 'max v − min v', 'how much speed is taken on or off', (s) =>
    of.known(s.speed, s.speed.max - s.speed.min),
  ),
  feature('speed_change', 'm/s', 0, 'v last − v first', 'whether the window speeds up or slows down', (s) =>
    of.known(s.speed, s.lastSpeed - s.firstSpeed),
  ),
  feature('standing_share', 'share', 0, 'n(v < 0.5 m/s) ÷ n', 'a queue or a junction', (s) =>
    of.share(s.speed, s.standing),
  ),
  feature('along_mean', 'm/s²', 0, 'Σa ÷ n, a longitudinal', 'sustained braking or pulling', (s) => of.mean(s.aLong)),
  feature('along_std', 'm/s²', 0, '√(Σa²÷n − mean²)', 'restless pedals', (s) => of.deviation(s.aLong)),
  feature('brake_max', 'm/s²', 1, 'max(0, −min a)', 'late reaction needs hard brakes', (s) =>
    of.known(s.aLong, Math.max(0, -s.aLong.min)),
  ),
  feature('accel_max', 'm/s²', 1, 'max(0, max a)', 'haste', (s) => of.known(s.aLong, Math.max(0, s.aLong.max))),
  feature('brake_share', 'share', 1, 'n(a < −0.2 g) ÷ n', 'long firm braking', (s) => of.share(s.aLong, s.braking)),
  feature('accel_share', 'share', 0, 'n(a > 0.15 g) ÷ n', 'long firm acceleration', (s) =>
    of.share(s.aLong, s.accelerating),
  ),
  feature('alat_mean_abs', 'm/s²', 0, 'Σ|l| ÷ n, l lateral', 'a winding road taken briskly', (s) => of.meanAbs(s.aLat)),
  feature('alat_std', 'm/s²', 0, '√(Σl²÷n − mean²)', 'swaying from side to side', (s) => of.deviation(s.aLat)),
  feature('alat_max_abs', 'm/s²', 1, 'max |l|', 'grip that a bend used', (s) => of.maxAbs(s.aLat)),
  feature('corner_share', 'share', 1, 'n(|l| > 0.2 g) ÷ n', 'long firm cornering', (s) =>
    of.share(s.aLat, s.cornering),
  ),
  feature('combined_max', 'm/s²', 1, 'max √(a² + l²)', 'how near the limit of grip', (s) =>
    of.known(s.combined, s.combined.max),
  ),
  feature('jerk_rms', 'm/s³', 1, '√(Σj² ÷ n), j = Δa ÷ 0.1 s', 'abrupt pedals', (s) => of.rms(s.jerk)),
  feature('jerk_max_abs', 'm/s³', 1, 'max |j|', 'the most abrupt moment', (s) => of.maxAbs(s.jerk)),
  feature('jerk_lat_rms', 'm/s³', 1, '√(Σk² ÷ n), k = Δl ÷ 0.1 s', 'abrupt steering', (s) => of.rms(s.jerkLat)),
  feature('yaw_rate_std', 'rad/s', 0, '√(Σω²÷n − mean²)', 'steering activity', (s) => of.deviation(s.yawRate)),
  feature('lat_reversals', 'count', 0, 'changes of side of l beyond ±0.05 g', 'weaving', (s) =>
    of.known(s.aLat, s.reversals),
  ),
  feature('brake_power_max', 'W/kg', 1, 'max(v · max(0, −a))', 'braking at speed is the worse sign', (s) =>
    of.known(s.brakePower, s.brakePower.max),
  ),
  feature('over_limit_mean', 'share', 1, 'Σmax(0, v÷limit − 1) ÷ n', 'speeding where the limit is known', (s) =>
    of.mean(s.excess),
  ),
]

/** The newest 100 motion samples. */
export interface Window {
  /** Allocates nothing; a gap of over 250 ms starts the window anew, and so does motion that cannot be. */
  push(sample: MotionSample): void
  /** Ten seconds without a gap are there. */
  readonly full: boolean
  /** Writes one value for each of `windowFeatures`, in order; NaN is unknown. Only where `full`. */
  write(out: Float32Array): void
}

const maxGapMs = 250

/** An empty window. */
export function createWindow(): Window {
  const column = (): Float64Array => new Float64Array(windowSamples)
  const columns: WindowColumns = {
    speed: column(),
    aLong: column(),
    aLat: column(),
    yawRate: column(),
    limit: column(),
  }
  const longFilter = createLowPass(2, 10, 'value')
  const latFilter = createLowPass(2, 10, 'value')
  const sums = createWindowSums()
  let next = 0
  let count = 0
  let lastMs = Number.NaN
  return {
    push(sample) {
      const stepMs = sample.tMs - lastMs
      lastMs = sample.tMs
      const implausible = (sample.quality & quality.implausible) !== 0
      if (implausible || !(stepMs > 0 && stepMs <= maxGapMs)) {
        count = 0
        longFilter.reset()
        latFilter.reset()
      }
      if (implausible) return
      const blind = (sample.quality & (quality.uncalibrated | quality.noImu)) !== 0
      columns.speed[next] = sample.speedMps
      columns.aLong[next] = longFilter.push(blind ? Number.NaN : sample.aLong)
      columns.aLat[next] = latFilter.push(blind ? Number.NaN : sample.aLat)
      columns.yawRate[next] = blind ? Number.NaN : sample.yawRate
      columns.limit[next] = sample.limitKmh
      next = (next + 1) % windowSamples
      if (count < windowSamples) count++
    },
    get full() {
      return count === windowSamples
    },
    write(out) {
      sumWindow(columns, next, sums)
      for (let index = 0; index < windowFeatures.length; index++) out[index] = windowFeatures[index]!.value(sums)
    },
  }
}
