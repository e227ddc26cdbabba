import type { MotionSample } from '../motion.ts'

const unknown = Number.NaN

/** A motion sample of which nothing is known: what a trace does not hold. */
export const unknownSample: MotionSample = {
  tMs: 0,
  atMs: unknown,
  lat: unknown,
  lon: unknown,
  altM: unknown,
  speedMps: unknown,
  headingDeg: unknown,
  aLong: unknown,
  aLat: unknown,
  aVert: unknown,
  yawRate: unknown,
  hdop: unknown,
  limitKmh: unknown,
  limitConfidence: unknown,
  phoneUse: unknown,
  sigmaG: unknown,
  quality: 0,
}
