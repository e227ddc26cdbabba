import { bands } from '@fairmile/contract/driving-event.ts'
import { KMH_PER_MPS } from '@fairmile/contract/units.ts'
import type { MotionSample } from '../motion.ts'
import type { Candidate, CandidateSink, Detector } from './detector.ts'
import { bandBeginsKmh, type SpeedingThreshold } from './thresholds.ts'

/**
 * Judges speed above the posted limit, held for a time; needs no IMU. The peak is in m/s above the limit.
 *
 * Where the limit or the speed is unknown nothing is judged; a pause shorter than the join time does not end an event.
 */
export function createSpeedingDetector(rule: SpeedingThreshold, sink: CandidateSink): Detector {
  /** Since when each band has been exceeded, milliseconds; NaN where it is not. */
  const sinceMs = new Float64Array(bands.length).fill(Number.NaN)
  /** The run above the limit, an event once `reached` is a band's index. */
  let run: Candidate | null = null
  let reached = -1

  function close(): void {
    if (run && reached >= 0) sink.over(run)
    run = null
    reached = -1
    sinceMs.fill(Number.NaN)
  }

  function follow(sample: MotionSample, overMps: number): Candidate {
    run ??= begin(sample, overMps)
    run.endMs = sample.tMs
    run.endSpeedMps = sample.speedMps
    run.limitConfidence = Math.min(run.limitConfidence, sample.limitConfidence)
    if (overMps > run.peak) {
      run.peak = overMps
      run.lat = sample.lat
      run.lon = sample.lon
      run.limitKmh = sample.limitKmh
    }
    return run
  }

  return {
    push({ sample }) {
      const { speedMps, limitKmh, tMs } = sample
      const overKmh = speedMps * KMH_PER_MPS - limitKmh // NaN where either is unknown
      const above = overKmh > bandBeginsKmh(rule.bands.log, limitKmh)
      if (run && !above && (reached < 0 || tMs - run.endMs >= rule.joinMs)) close()
      const followed = above ? follow(sample, overKmh / KMH_PER_MPS) : null
      for (let index = 0; index < bands.length; index++) {
        const band = bands[index]!
        if (!(overKmh > bandBeginsKmh(rule.bands[band], limitKmh))) sinceMs[index] = Number.NaN
        else if (Number.isNaN(sinceMs[index]!)) sinceMs[index] = tMs
        if (followed === null || index <= reached || !(tMs - sinceMs[index]! >= rule.holdMs)) continue
        reached = index
        followed.band = band
        sink.band(followed)
      }
    },
    end: close,
  }
}

function begin(sample: MotionSample, peak: number): Candidate {
  const { tMs, lat, lon, speedMps, limitKmh, limitConfidence } = sample
  return {
    kind: 'speeding',
    startMs: tMs,
    endMs: tMs,
    band: 'log',
    peak,
    lat,
    lon,
    startSpeedMps: speedMps,
    endSpeedMps: speedMps,
    limitKmh,
    limitConfidence,
  }
}
