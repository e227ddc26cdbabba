import type { MotionSample } from './motion.ts'

/** A motion sample of a well-calibrated car at 20 m/s on a straight road, with changes: for tests. */
export function motionExample(changes: Partial<MotionSample> = {}): MotionSample {
  return {
    tMs: 0,
    atMs: 1_767_225_600_000, // 2026-01-01T00:00Z, a Thursday
    lat: 49,
    lon: 12,
    altM: 350,
    speedMps: 20,
    headingDeg: 90,
    aLong: 0,
    aLat: 0,
    aVert: 0,
    yawRate: 0,
    hdop: 0.9,
    limitKmh: Number.NaN,
    limitConfidence: Number.NaN,
    phoneUse: Number.NaN,
    sigmaG: 0.01,
    quality: 0,
    ...changes,
  }
}
