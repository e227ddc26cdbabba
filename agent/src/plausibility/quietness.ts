import type { MotionSample } from '@fairmile/models/motion.ts'

/** Steps looked at: four seconds. */
const span = 40
/** Yaw rates weigh as the acceleration at 8 m/s, m. */
const yawArmMps = 8

/** How quiet the car was in the last four seconds: recorded cars stand at up to 0.03 m/s² and roll at 0.08 at least. */
export const createQuietness = () => {
  const ring = new Float64Array(span * 4)
  let count = 0

  const deviation = (channel: number): number => {
    let sum = 0
    let squares = 0
    for (let i = 0; i < span; i++) {
      const value = ring[i * 4 + channel]!
      sum += value
      squares += value * value
    }
    return Math.sqrt(Math.max(0, squares / span - (sum / span) ** 2))
  }

  return {
    forget(): void {
      count = 0
    },
    push({ aLong, aLat, aVert, yawRate }: MotionSample): void {
      const at = (count++ % span) * 4
      ring[at] = aLong
      ring[at + 1] = aLat
      ring[at + 2] = aVert
      ring[at + 3] = Number.isNaN(yawRate) ? 0 : yawRate * yawArmMps
    },
    /** Largest deviation of any axis, m/s²; infinite before four seconds are there. */
    spread(): number {
      if (count < span) return Number.POSITIVE_INFINITY
      return Math.max(deviation(0), deviation(1), deviation(2), deviation(3))
    },
  }
}
