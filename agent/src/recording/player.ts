import type { Fix, ImuSample, SensorSink, Source } from '../sensors.ts'
import { type DriveInfo, readDriveInfo } from './drive-info.ts'
import { readGps, readImu, readNmea } from './readings.ts'
import { findFile } from './table.ts'

export interface PlayerOptions {
  folder: string
  /** The recording's zero on the agent's monotonic clock, milliseconds. @default 0 */
  baseMs?: number
  /** Waits until the agent's clock shows that time; without it the recording plays as fast as it is taken. */
  waitUntil?: (tMs: number, signal: AbortSignal) => Promise<void>
  /** Called between readings, about every `settleEvery` of them: lets the taker catch up. */
  settle?: () => Promise<void>
}

/** Readings between two pauses of a recording played at full speed. */
const settleEvery = 256

/** A recording as a source, with what its `drive.json` says. */
export interface Player extends Source {
  readonly info: DriveInfo
}

/** The next reading of a stream of chunks, one ahead. */
const createCursor = <T extends { tMs: number }>(chunks: AsyncGenerator<T[]> | null) => {
  let chunk: T[] = []
  let at = 0
  return {
    /** The next reading, or undefined once a new chunk is needed or there is none. */
    get head(): T | undefined {
      return chunk[at]
    },
    advance(): void {
      at++
    },
    /** Fetches the next chunk that is not empty; false at the end. */
    async fill(): Promise<boolean> {
      while (chunks !== null && at >= chunk.length) {
        const next = await chunks.next()
        if (next.done) return false
        chunk = next.value
        at = 0
      }
      return chunks !== null
    },
  }
}

/**
 * Opens a recording's folder.
 *
 * @throws Error when it has no valid `drive.json`, or neither an IMU nor a GPS file.
 */
export const openPlayer = async (options: PlayerOptions): Promise<Player> => {
  const { folder, baseMs = 0, waitUntil, settle } = options
  const info = await readDriveInfo(folder)
  const imuPath = await findFile(folder, 'imu.csv')
  const gpsPath = await findFile(folder, 'gps.csv')
  const nmeaPath = gpsPath === null ? await findFile(folder, 'gps.nmea') : null
  if (imuPath === null && gpsPath === null && nmeaPath === null) {
    throw new Error(`Opening the recording "${folder}": it holds none of imu.csv, gps.csv and gps.nmea, plain or .gz`)
  }

  const run = async (sink: SensorSink, signal: AbortSignal): Promise<void> => {
    const skipped = { rows: 0 }
    if (imuPath === null) sink.trouble('imu', 'the recording has no IMU: speed and place only, no manoeuvre is judged')
    if (gpsPath === null && nmeaPath === null) {
      sink.trouble('gnss', 'the recording has no GPS: speed is unknown, no event is better than grade C')
    }
    const imu = createCursor<ImuSample>(imuPath === null ? null : readImu(imuPath, baseMs, skipped))
    const gps = createCursor<Fix>(
      gpsPath !== null ? readGps(gpsPath, baseMs, skipped) : nmeaPath !== null ? readNmea(nmeaPath, baseMs) : null,
    )
    let sinceSettled = 0
    while (!signal.aborted) {
      const sample = imu.head ?? ((await imu.fill()) ? imu.head : undefined)
      const fix = gps.head ?? ((await gps.fill()) ? gps.head : undefined)
      if (sample === undefined && fix === undefined) break
      const imuFirst = fix === undefined || (sample !== undefined && sample.tMs <= fix.tMs)
      const next = imuFirst ? (sample as ImuSample) : (fix as Fix)
      if (waitUntil) await waitUntil(next.tMs, signal)
      if (signal.aborted) break
      if (imuFirst) {
        sink.imu(next as ImuSample)
        imu.advance()
      } else {
        sink.fix(next as Fix)
        gps.advance()
      }
      if (settle && ++sinceSettled >= settleEvery) {
        sinceSettled = 0
        await settle()
      }
    }
    if (skipped.rows > 0) sink.trouble('recording', `${skipped.rows} rows without a time were skipped`)
  }

  return { name: `recording ${info.id}`, info, run }
}
