import type { ImuSample } from '../sensors.ts'

/** Length of a motion sample, milliseconds. */
export const binMs = 100

/** Means of the IMU over one step of 100 ms, in the device's axes: the anti-alias filter before 10 Hz. */
export interface ImuBin {
  /** End of the step on the monotonic clock, a multiple of 100 ms. */
  tMs: number
  /** Specific force, m/s². */
  fx: number
  fy: number
  fz: number
  /** Rates, rad/s; NaN where there is no gyro. */
  wx: number
  wy: number
  wz: number
  saturated: boolean
  /** No reading fell into this step: the one before is repeated. */
  held: boolean
}

/** Longest silence bridged by repeating the last means, milliseconds: two missed readings at 10 Hz, with jitter. */
const maxHoldMs = 250

/** Share of the range from which on a reading is taken as saturated. */
const saturationShare = 0.99

/** Sums readings into steps; `onBin` gets one object that is written anew each time. */
export const createImuBins = (options: { rangeMps2: number; onBin: (bin: ImuBin) => void }) => {
  const limit = options.rangeMps2 * saturationShare
  const bin: ImuBin = { tMs: 0, fx: 0, fy: 0, fz: 0, wx: 0, wy: 0, wz: 0, saturated: false, held: false }
  let endMs = Number.NaN
  let lastMs = Number.NaN
  let n = 0
  let fx = 0
  let fy = 0
  let fz = 0
  let wx = 0
  let wy = 0
  let wz = 0
  let saturated = false

  const clear = (): void => {
    n = 0
    fx = fy = fz = wx = wy = wz = 0
    saturated = false
  }

  const close = (): void => {
    bin.tMs = endMs
    bin.held = n === 0
    if (n > 0) {
      bin.fx = fx / n
      bin.fy = fy / n
      bin.fz = fz / n
      bin.wx = wx / n
      bin.wy = wy / n
      bin.wz = wz / n
      bin.saturated = saturated
    }
    clear()
    options.onBin(bin)
    endMs += binMs
  }

  /** For sources that do not tell it themselves: recordings. */
  const atLimit = ({ ax, ay, az }: ImuSample): boolean =>
    Math.abs(ax) >= limit || Math.abs(ay) >= limit || Math.abs(az) >= limit

  const start = (tMs: number): void => {
    clear()
    endMs = (Math.floor(tMs / binMs) + 1) * binMs
  }

  return {
    push(sample: ImuSample): void {
      const { tMs } = sample
      if (!(tMs >= lastMs)) {
        // The very first reading, or a clock that went back.
        if (Number.isNaN(lastMs) || lastMs - tMs > 1000) start(tMs)
        else return
      } else if (tMs - lastMs > maxHoldMs) {
        if (n > 0) close()
        start(tMs)
      }
      lastMs = tMs
      while (tMs >= endMs) close()
      n++
      fx += sample.ax
      fy += sample.ay
      fz += sample.az
      wx += sample.gx
      wy += sample.gy
      wz += sample.gz
      if (sample.saturated ?? atLimit(sample)) saturated = true
    },
  }
}
