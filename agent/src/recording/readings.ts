import { createNmeaDecoder } from '../gnss/decoder.ts'
import type { LineDrops } from '../gnss/line-limit.ts'
import { createLogFeed } from '../gnss/log-feed.ts'
import { readLines } from '../gnss/read-lines.ts'
import type { Fix, ImuSample } from '../sensors.ts'
import { readBytes, readTable } from './table.ts'

const imuColumns = ['t_s', 'ax_mps2', 'ay_mps2', 'az_mps2', 'gx_rps', 'gy_rps', 'gz_rps'] as const
const gpsColumns = ['t_s', 'lat_deg', 'lon_deg', 'speed_mps', 'course_deg', 'alt_m', 'hdop'] as const

const known = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** IMU samples of `imu.csv`, in chunks, `baseMs` being the recording's zero on the agent's clock. */
export async function* readImu(path: string, baseMs: number, skipped: { rows: number }): AsyncGenerator<ImuSample[]> {
  for await (const { numbers, count } of readTable(path, imuColumns, skipped)) {
    const samples: ImuSample[] = []
    for (let i = 0; i < count; i++) {
      const at = i * imuColumns.length
      // Times are written to the millisecond; rounding keeps 0.3 s from becoming 299.99999 ms.
      samples.push({
        tMs: baseMs + Math.round(numbers[at]! * 1e6) / 1000,
        ax: numbers[at + 1]!,
        ay: numbers[at + 2]!,
        az: numbers[at + 3]!,
        gx: numbers[at + 4]!,
        gy: numbers[at + 5]!,
        gz: numbers[at + 6]!,
      })
    }
    yield samples
  }
}

/** Fixes of `gps.csv`, in chunks. */
export async function* readGps(path: string, baseMs: number, skipped: { rows: number }): AsyncGenerator<Fix[]> {
  for await (const { numbers, count } of readTable(path, gpsColumns, skipped)) {
    const fixes: Fix[] = []
    for (let i = 0; i < count; i++) {
      const at = i * gpsColumns.length
      const lat = known(numbers[at + 1]!)
      const altM = known(numbers[at + 5]!)
      fixes.push({
        tMs: baseMs + Math.round(numbers[at]! * 1e6) / 1000,
        utcMs: null,
        lat,
        lon: known(numbers[at + 2]!),
        speedMps: known(numbers[at + 3]!),
        courseDeg: known(numbers[at + 4]!),
        altM,
        hdop: known(numbers[at + 6]!),
        satellites: null,
        mode: lat === null ? 1 : altM === null ? 2 : 3,
      })
    }
    yield fixes
  }
}

/** Fixes of `gps.nmea`: sentences with a leading time, or without one by the times in the sentences. */
export async function* readNmea(path: string, baseMs: number): AsyncGenerator<Fix[]> {
  const drops: LineDrops = { overlongLines: 0, droppedBytes: 0 }
  let fixes: Fix[] = []
  let stamped = false
  let firstUtcMs: number | null = null
  const decoder = createNmeaDecoder((fix) => {
    if (!stamped) {
      if (fix.utcMs === null) return
      firstUtcMs ??= fix.utcMs
      fix.tMs = baseMs + fix.utcMs - firstUtcMs
    }
    fixes.push(fix)
  })
  const feed = createLogFeed(decoder, baseMs)
  for await (const line of readLines(readBytes(path), drops) as AsyncIterable<string>) {
    if (feed(line) >= 0) stamped = true
    if (fixes.length > 0) {
      yield fixes
      fixes = []
    }
  }
  decoder.end()
  if (fixes.length > 0) yield fixes
}
