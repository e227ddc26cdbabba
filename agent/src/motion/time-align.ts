import { binMs, type ImuBin } from './imu-bins.ts'

/**
 * Steps kept: 12.8 s at 10 Hz. A fix every 2 s whose receiver lags by 2 s, over a slow line, still finds its readings.
 */
const capacity = 128

/** Integrals of the last seconds of the IMU, so that its mean over any time — a GPS interval, less the lag — is a difference. */
export const createImuHistory = () => {
  const times = new Float64Array(capacity)
  const sums = new Float64Array(capacity * 6)
  const sum = new Float64Array(6)
  let count = 0

  const slotOf = (n: number): number => n % capacity
  const oldest = (): number => Math.max(0, count - capacity)

  /** Integral from the start up to `tMs` along one channel, interpolated. */
  const integral = (n: number, tMs: number, channel: number): number => {
    const slot = slotOf(n)
    const before = slotOf(n - 1)
    const share = (tMs - times[before]!) / (times[slot]! - times[before]!)
    const low = sums[before * 6 + channel]!
    return low + (sums[slot * 6 + channel]! - low) * share
  }

  /** First entry whose time is at or after `tMs`, or -1. */
  const find = (tMs: number): number => {
    if (count < 2 || tMs > times[slotOf(count - 1)]!) return -1
    for (let n = count - 1; n > oldest(); n--) if (times[slotOf(n - 1)]! < tMs) return n
    return -1
  }

  return {
    /** Adds a step; a gap in time starts the history anew. */
    push(bin: ImuBin): void {
      if (count > 0 && bin.tMs - times[slotOf(count - 1)]! > binMs * 1.5) count = 0
      if (count === 0) {
        times[0] = bin.tMs - binMs
        sums.fill(0, 0, 6)
        sum.fill(0)
        count = 1
      }
      const slot = slotOf(count++)
      times[slot] = bin.tMs
      sum[0]! += bin.fx * binMs
      sum[1]! += bin.fy * binMs
      sum[2]! += bin.fz * binMs
      sum[3]! += bin.wx * binMs
      sum[4]! += bin.wy * binMs
      sum[5]! += bin.wz * binMs
      sums.set(sum, slot * 6)
    },
    /** Means (fx, fy, fz, wx, wy, wz) from `fromMs` to `toMs` into `out`; false where the history does not reach. */
    mean(fromMs: number, toMs: number, out: Float64Array): boolean {
      const first = find(fromMs)
      const last = find(toMs)
      if (first < 0 || last < 0 || toMs <= fromMs) return false
      for (let channel = 0; channel < 6; channel++) {
        out[channel] = (integral(last, toMs, channel) - integral(first, fromMs, channel)) / (toMs - fromMs)
      }
      return true
    },
  }
}
