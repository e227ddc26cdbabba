import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { BoardReading } from '../doors/board.ts'

/** One row of gps.csv; null where the field is blank. */
export interface GpsRow {
  timeS: number
  lat: number | null
  lon: number | null
  speedMps: number | null
  courseDeg: number | null
  altM: number | null
  hdop: number | null
}

/** A recording folder in memory. Times are seconds of the recording, ascending. */
export interface Recording {
  id: string
  imuRateHz: number | null
  imu: readonly (BoardReading & { timeS: number })[]
  gps: readonly GpsRow[]
  /** NMEA as recorded, where the recording has it instead of gps.csv. */
  nmea: readonly { timeS: number; sentence: string }[]
  startS: number
  endS: number
}

/**
 * Reads a recording folder: drive.json with imu.csv, gps.csv or gps.nmea, each plain or `.gz`.
 *
 * @throws Error naming the file and what is wrong with it
 */
export function readRecording(folder: string): Recording {
  const about = JSON.parse(
    readText(folder, 'drive.json') ??
      fail(folder, 'drive.json is missing; give a folder as the agent or the simulator records it'),
  ) as {
    id?: string
    imu?: { rateHz?: number } | null
  }
  const imu = table(folder, 'imu.csv').map((row) => {
    const [timeS, ax, ay, az, gx, gy, gz] = row
    if (timeS == null || ax == null || ay == null || az == null) fail(folder, 'imu.csv has a row without acceleration')
    if (gx == null || gy == null || gz == null)
      fail(
        folder,
        'imu.csv has no gyro, and the board speaks six axes: let the agent read it, FAIRMILE_RECORDING=FOLDER',
      )
    return { timeS, ax, ay, az, gx, gy, gz }
  })
  const gps = table(folder, 'gps.csv').map((row) => {
    const [timeS, lat = null, lon = null, speedMps = null, courseDeg = null, altM = null, hdop = null] = row
    return { timeS: timeS ?? fail(folder, 'gps.csv has a row without t_s'), lat, lon, speedMps, courseDeg, altM, hdop }
  })
  const nmea = (readText(folder, 'gps.nmea') ?? '')
    .split('\n')
    .map((line) => line.trimEnd().split('\t'))
    .filter((parts) => parts.length === 2)
    .map(([timeS, sentence]) => ({ timeS: Number(timeS), sentence: sentence! }))
  const times = [imu, gps, nmea].flatMap((rows) => (rows.length > 0 ? [rows[0]!.timeS, rows.at(-1)!.timeS] : []))
  if (times.length === 0) fail(folder, 'there is neither imu.csv nor gps.csv nor gps.nmea')
  return {
    id: about.id ?? folder,
    imuRateHz: imu.length > 0 ? (about.imu?.rateHz ?? 100) : null,
    imu,
    gps,
    nmea,
    startS: Math.min(...times),
    endS: Math.max(...times),
  }
}

function readText(folder: string, name: string): string | null {
  const path = join(folder, name)
  if (existsSync(path)) return readFileSync(path, 'utf8')
  return existsSync(`${path}.gz`) ? gunzipSync(readFileSync(`${path}.gz`)).toString('utf8') : null
}

function table(folder: string, name: string): (number | null)[][] {
  const lines = (readText(folder, name) ?? '').split('\n').slice(1)
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((field) => (field.trim() === '' ? null : number(folder, name, field))))
}

function number(folder: string, name: string, field: string): number {
  const value = Number(field)
  return Number.isFinite(value) ? value : fail(folder, `${name} has "${field}" where a number belongs`)
}

function fail(folder: string, problem: string): never {
  throw new Error(`Reading the recording "${folder}": ${problem}.`)
}
