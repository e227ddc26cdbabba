/** Roads lean for tens of seconds, corners push for a few. */
const leanSeconds = 5
const standSeconds = 2
/** Without a speed, where the force in bends is not known either. */
const blindSeconds = 20
const blindYawRate = 0.02
/** Below this speed a turn says nothing of the lateral force. */
const minSpeedMps = 3
/** One standard deviation of a road's crossfall, m/s²: about 2 %. */
const leanSigma = 0.15

/**
 * Slope across the vehicle: what crossfall, tilt and offset add to the lateral specific force. It is the slow part of the
 * force less speed × yaw rate; the slope along the vehicle is a state of the speed filter.
 */
export const createCrossSlope = () => {
  let lean = 0
  let weight = 0
  return {
    /** m/s², to be taken off the lateral specific force. */
    get leanMps2(): number {
      return lean
    },
    /** One standard deviation of it, m/s². */
    get sigma(): number {
      return leanSigma / Math.sqrt(1 + weight / 5)
    },
    step(dtS: number, force: number, speedMps: number, yawRate: number, standing: boolean): void {
      if (Number.isNaN(force)) return
      if (Number.isNaN(speedMps) && !standing) {
        // Only what is felt while the car goes straight on is lean.
        if (!Number.isNaN(yawRate))
          lean += ((force - lean) * dtS) / (blindSeconds * (1 + (yawRate / blindYawRate) ** 2))
        return
      }
      const moving = speedMps > minSpeedMps && !Number.isNaN(yawRate)
      if (!(moving || (standing && weight < 1))) return
      const expected = moving ? speedMps * yawRate : 0
      const tau = standing ? standSeconds : leanSeconds
      // At first a plain mean, then one that forgets.
      weight = Math.min(weight + dtS, tau)
      lean += (dtS / Math.max(weight, 1)) * (force - expected - lean)
    },
    /** What is taken off the force at rest was changed by so much: lean takes it over. */
    shift(by: number): void {
      lean += by
    },
    reset(): void {
      lean = 0
      weight = 0
    },
  }
}
