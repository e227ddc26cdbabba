import type { CrashThreshold } from './crash-threshold.ts'

/** What the box feels at rest, learnt from what it feels on the way: the mean over some time, mostly gravity. */
export interface RestForce {
  /** m/s², in the device's axes. */
  readonly mean: Float64Array
  /** Unit vector up; zero where gravity was taken out of the samples. */
  readonly up: Float64Array
  /** Whether enough was heard to judge by it. */
  readonly known: boolean
  push(stepMs: number, fx: number, fy: number, fz: number): void
}

/** Less than this is no gravity, m/s². */
const leastGravity = 3

/** Makes the mean of one device. */
export function createRestForce({ restMs, restMinMs }: CrashThreshold): RestForce {
  const mean = new Float64Array(3)
  const up = new Float64Array(3)
  let heardMs = 0
  return {
    mean,
    up,
    get known() {
      return heardMs >= restMinMs
    },
    push(stepMs, fx, fy, fz) {
      heardMs = Math.min(restMs, heardMs + stepMs)
      const gain = stepMs / heardMs
      mean[0]! += gain * (fx - mean[0]!)
      mean[1]! += gain * (fy - mean[1]!)
      mean[2]! += gain * (fz - mean[2]!)
      const size = Math.sqrt(mean[0]! * mean[0]! + mean[1]! * mean[1]! + mean[2]! * mean[2]!)
      const scale = size < leastGravity ? 0 : 1 / size
      up[0] = mean[0]! * scale
      up[1] = mean[1]! * scale
      up[2] = mean[2]! * scale
    },
  }
}
