import { angleDeg, type Vector } from './axes.ts'
import type { MountState } from './calibration.ts'

/** Gravity this near to where it was is the old mount: half of the steepest ordinary streets, a third of what moved means. */
const backDeg = 4.5
/** Seconds over which gravity must be back, standing or driving. */
const backSeconds = 6

/**
 * Keeps how the device sat before gravity was found elsewhere. A box that fell or was taken off is mostly put back into its
 * holder; then all that was known of it holds again. One that was put back turned is noticed by manoeuvres, as any other.
 */
export const createMountReturn = <Evidence>() => {
  const lean = new Float64Array(3)
  let seconds = 0
  let seat: { state: MountState; evidence: Evidence } | null = null

  return {
    /** How it sat; null while there is nothing to go back to. */
    get seat() {
      return seat
    },
    /** The device left this position; of two that it left, the one known better is kept. */
    leave(state: MountState, evidence: Evidence): void {
      seconds = 0
      if (state.rotation === null || (seat?.state.calibration.confidence ?? 0) > state.calibration.confidence) return
      seat = { state: { ...state }, evidence }
    },
    /** There is nothing to go back to any more. */
    forget(): void {
      seat = null
    },
    /** A second with this mean specific force; what the car's motion makes of it is known. True when the device is back. */
    push(force: Vector, aLong: number, aLat: number): boolean {
      if (seat === null) return false
      const { rotation, rest } = seat.state
      seconds = Math.min(seconds + 1, backSeconds)
      for (let i = 0; i < 3; i++) {
        const unexplained = force[i]! - aLong * rotation![i]! - aLat * rotation![3 + i]!
        lean[i]! += (unexplained - lean[i]!) / seconds
      }
      return seconds >= backSeconds && angleDeg(lean, rest!) < backDeg
    },
  }
}
