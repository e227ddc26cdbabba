import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createDrive, type Drive, type DriveOptions } from '../drive.ts'
import { createRandom } from '../random.ts'
import type { SensorSink } from '../sensors/suite.ts'
import { decimals } from './csv.ts'
import { type RecorderFaults, throughRecorder } from './recorder-faults.ts'
import { gpsHeader, gpsRow, gpsSentences, imuHeader, imuRow } from './recording-file.ts'

export interface RecordingOptions extends DriveOptions {
  id: string
  folder: string
  withImu: boolean
  gzip: boolean
  /** Writes the mount into drive.json too, where it stands in for calibration. */
  knownMount: boolean
  /** Also writes `truth.csv`: ten times a second what the car truly did. @default false */
  motionTruth?: boolean
  /** How fixes are written, if at all. @default 'csv' */
  gps?: 'csv' | 'nmea' | 'none'
  /** @default true */
  hasGyro?: boolean
  faults?: RecorderFaults
}

/** True motion is written once in so many steps: at 10 Hz. */
const STEPS_PER_TRUTH = 10

/** Drives once and writes a recording folder with its truth; returns the driven distance and the number of true events. */
export function writeRecording(options: RecordingOptions): { distanceKm: number; durationS: number; events: number } {
  const drive = createDrive(options)
  const { gps: gpsFormat = 'csv', hasGyro = true } = options
  const imu: string[] = [imuHeader]
  const gps: string[] = gpsFormat === 'nmea' ? [] : [gpsHeader]
  const recorder: SensorSink = {
    ...(options.withImu && { imu: (timeS, reading) => imu.push(imuRow(timeS, reading, hasGyro)) }),
    ...(gpsFormat === 'csv' && { gnss: (reading) => gps.push(gpsRow(reading)) }),
    ...(gpsFormat === 'nmea' && { gnss: (reading) => gps.push(...gpsSentences(reading)) }),
  }
  const sink = throughRecorder(recorder, options.faults ?? {}, createRandom(options.seed, 'recorder'))
  const truth: string[] = ['t_s,speed_mps,a_long_mps2,a_lat_mps2,yaw_rate_rps,slope']
  const { car } = drive
  for (let step = 1; drive.step(sink); step++) {
    if (!options.motionTruth || step % STEPS_PER_TRUTH !== 0) continue
    truth.push(
      `${decimals(drive.timeS, 2)},${decimals(Math.abs(car.vx), 3)},${decimals(car.aLong, 4)},${decimals(car.aLat, 4)},${decimals(car.yawRate, 5)},${decimals(car.slope, 4)}`,
    )
  }
  mkdirSync(options.folder, { recursive: true })
  const write = (name: string, lines: string[]): void => {
    const text = `${lines.join('\n')}\n`
    if (options.gzip) writeFileSync(join(options.folder, `${name}.gz`), gzipSync(text, { level: 1 }))
    else writeFileSync(join(options.folder, name), text)
  }
  if (options.withImu) write('imu.csv', imu)
  if (gpsFormat !== 'none') write(gpsFormat === 'nmea' ? 'gps.nmea' : 'gps.csv', gps)
  if (options.motionTruth) write('truth.csv', truth)
  const events = drive.trueEvents()
  writeFileSync(join(options.folder, 'drive.json'), `${JSON.stringify(describe(options), null, 2)}\n`)
  writeFileSync(join(options.folder, 'truth.json'), `${JSON.stringify(truthOf(options, drive, events), null, 1)}\n`)
  return { distanceKm: drive.distanceM / 1000, durationS: drive.timeS, events: events.length }
}

function describe(options: RecordingOptions): Record<string, unknown> {
  return {
    id: options.id,
    source: 'Fairmile simulator',
    licence: 'Apache-2.0',
    imu: options.withImu
      ? {
          rateHz: options.imuRateHz,
          hasGyro: options.hasGyro ?? true,
          gravity: options.sensors?.gravityRemoved ? 'removed' : 'included',
          frame: 'device',
        }
      : null,
    gps: options.gps === 'none' ? null : { rateHz: options.sensors?.gnssRateHz ?? 1 },
    ...(options.knownMount ? { mount: options.mount } : {}),
    label: `simulated, seed ${options.seed}`,
  }
}

function truthOf(
  options: RecordingOptions,
  drive: Drive,
  events: ReturnType<Drive['trueEvents']>,
): Record<string, unknown> {
  const { count, seconds } = drive.driver.lapses.total
  const knocks = options.knock ? [{ kind: 'tamper', start_s: options.knock.atS, end_s: options.knock.atS + 1 }] : []
  return {
    events: [...events, ...drive.fate.crashes, ...knocks].sort((a, b) => a.start_s - b.start_s),
    near: drive.nearEvents().map(({ level: _, ...near }) => near),
    levelForce_mps2: drive.levelForce(),
    speedLimits_kmh: drive.limits,
    driver: { id: `sim-${options.driverSeed}`, ...drive.temperament },
    mount: options.knock?.mount ?? options.mount,
    ...(options.knock && { knock: { at_s: options.knock.atS, from: options.mount } }),
    distanceKm: drive.distanceM / 1000,
    durationS: drive.timeS,
    nearCrashes_s: drive.nearCrashes,
    lapses: { count, seconds },
  }
}
