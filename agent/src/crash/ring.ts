import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import type { ImuSample } from '../sensors.ts'

/** Samples kept: the 30 s before a crash and the 10 s after it at 200 Hz, 8 s at 1,000 Hz; older ones are overwritten. 256 KiB. */
const capacity = 8192

/** The newest samples as the IMU told them; `push` allocates nothing. */
export interface ImuRing {
  push(sample: ImuSample): void
  /** Numbers of the samples from one time to another (inclusive) that are still there; `first` is above `last` where there is none. */
  between(fromMs: number, toMs: number): { first: number; last: number }
  tMs(n: number): number
  /** Copies samples, with times relative to the first. */
  cut(first: number, last: number): RawChunk['imu']
}

/** Makes an empty ring. */
export function createImuRing(): ImuRing {
  const times = new Float64Array(capacity)
  const columns = {
    ax: new Float32Array(capacity),
    ay: new Float32Array(capacity),
    az: new Float32Array(capacity),
    gx: new Float32Array(capacity),
    gy: new Float32Array(capacity),
    gz: new Float32Array(capacity),
  }
  let pushed = 0

  const force = (column: Float32Array, first: number, last: number): number[] =>
    Array.from({ length: last - first + 1 }, (_, i) => column[(first + i) % capacity]!)
  const rate = (column: Float32Array, first: number, last: number): (number | null)[] =>
    force(column, first, last).map((value) => (Number.isNaN(value) ? null : value))

  return {
    push(sample) {
      const slot = pushed++ % capacity
      times[slot] = sample.tMs
      columns.ax[slot] = sample.ax
      columns.ay[slot] = sample.ay
      columns.az[slot] = sample.az
      columns.gx[slot] = sample.gx
      columns.gy[slot] = sample.gy
      columns.gz[slot] = sample.gz
    },
    between(fromMs, toMs) {
      const oldest = Math.max(0, pushed - capacity)
      let last = pushed - 1
      while (last >= oldest && times[last % capacity]! > toMs) last--
      let first = last + 1
      while (first > oldest && times[(first - 1) % capacity]! >= fromMs) first--
      return { first, last }
    },
    tMs: (n) => times[n % capacity]!,
    cut(first, last) {
      const zeroMs = times[first % capacity]!
      return {
        offsetMs: Array.from({ length: last - first + 1 }, (_, i) => times[(first + i) % capacity]! - zeroMs),
        ax: force(columns.ax, first, last),
        ay: force(columns.ay, first, last),
        az: force(columns.az, first, last),
        gx: rate(columns.gx, first, last),
        gy: rate(columns.gy, first, last),
        gz: rate(columns.gz, first, last),
      }
    },
  }
}
