import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import type { Fix, ImuSample } from '../sensors.ts'

/** Milliseconds of a chunk: a power cut costs no more of what is advice only. */
const chunkMs = 10_000
/** Samples of a chunk; beyond it, as at 800 Hz, a chunk is shorter. */
const maxSamples = 8000
/** Fixes of a chunk: 10 s at 10 Hz, and twice as much. */
const maxFixes = 200
const imuColumns = 7

export interface RawLogOptions {
  /** Takes a chunk; a refused one is counted there. */
  append: (chunk: RawChunk) => void
  /** UTC epoch milliseconds of a time on the agent's monotonic clock, as well as it is known. */
  utcMs: (tMs: number) => number
}

/** Gathers readings at full rate into chunks. */
export interface RawLog {
  imu(sample: ImuSample): void
  fix(fix: Fix): void
  /** Gives what is gathered as a last, shorter chunk. */
  flush(): void
}

/** Makes the gatherer; taking a sample allocates nothing. */
export function createRawLog({ append, utcMs }: RawLogOptions): RawLog {
  const samples = new Float64Array(maxSamples * imuColumns)
  let count = 0
  let fixes: Fix[] = []
  let startTMs = Number.NaN

  const begin = (tMs: number): void => {
    // A reading a little older than the first one of a chunk belongs to it: offsets are never negative.
    if (count === 0 && fixes.length === 0) startTMs = tMs
    else if (tMs - startTMs >= chunkMs || tMs < startTMs - chunkMs) {
      flush()
      startTMs = tMs
    }
  }
  const flush = (): void => {
    if (count === 0 && fixes.length === 0) return
    const offsets = (tMs: number): number => Math.max(0, tMs - startTMs)
    const column = (place: number): number[] =>
      Array.from({ length: count }, (_, i) => samples[i * imuColumns + place] as number)
    const fixColumn = <K extends keyof Fix>(name: K): Fix[K][] => fixes.map((fix) => fix[name])
    append({
      at: Math.max(0, Math.round(utcMs(startTMs))),
      imu: {
        offsetMs: column(0).map(offsets),
        ax: column(1),
        ay: column(2),
        az: column(3),
        gx: column(4),
        gy: column(5),
        gz: column(6),
      },
      fixes: {
        offsetMs: fixes.map(({ tMs }) => offsets(tMs)),
        lat: fixColumn('lat'),
        lon: fixColumn('lon'),
        altM: fixColumn('altM'),
        speedMps: fixColumn('speedMps'),
        courseDeg: fixColumn('courseDeg'),
        hdop: fixColumn('hdop'),
      },
    })
    count = 0
    fixes = []
  }

  return {
    imu({ tMs, ax, ay, az, gx, gy, gz }) {
      if (Number.isNaN(ax + ay + az)) return
      begin(tMs)
      const at = count * imuColumns
      samples[at] = tMs
      samples[at + 1] = ax
      samples[at + 2] = ay
      samples[at + 3] = az
      samples[at + 4] = gx
      samples[at + 5] = gy
      samples[at + 6] = gz
      if (++count === maxSamples) flush()
    },
    fix(fix) {
      begin(fix.tMs)
      fixes.push(fix)
      if (fixes.length === maxFixes) flush()
    },
    flush,
  }
}
