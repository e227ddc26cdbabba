import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createDrive, type Drive, type DriveOptions } from '../drive.ts'
import { createRandom } from '../random.ts'
import type { SensorSink } from '../sensors/suite.ts'
import { hazardOf } from '../truth/hazard.ts'
import { decimals, field } from './csv.ts'

export interface RecordingOptions extends DriveOptions {
  id: string
  folder: string
  withImu: boolean
  gzip: boolean
  /** Writes the mount into drive.json too, where it stands in for calibration. */
  knownMount: boolean
  /** Also writes `truth.csv`: ten times a second what the car truly did. @default false */
  motionTruth?: boolean
}

/** True motion is written once in so many steps: at 10 Hz. */
const STEPS_PER_TRUTH = 10

/** Drives once and writes a recording folder with its truth; returns the driven distance and the number of true events. */
export function writeRecording(options: RecordingOptions): { distanceKm: number; durationS: number; events: number } {
  const drive = createDrive(options)
  const imu: string[] = ['t_s,ax_mps2,ay_mps2,az_mps2,gx_rps,gy_rps,gz_rps']
  const gps: string[] = ['t_s,lat_deg,lon_deg,speed_mps,course_deg,alt_m,hdop']
  const onImu: SensorSink['imu'] = (t, r) => {
    imu.push(
      `${decimals(t, 3)},${decimals(r.ax, 4)},${decimals(r.ay, 4)},${decimals(r.az, 4)},${decimals(r.gx, 5)},${decimals(r.gy, 5)},${decimals(r.gz, 5)}`,
    )
  }
  const sink: SensorSink = {
    ...(options.withImu ? { imu: onImu } : {}),
    gnss: (r) => {
      gps.push(
        `${r.arrivesS.toFixed(3)},${field(r.lat, 7)},${field(r.lon, 7)},${field(r.speedMps, 3)},${field(r.courseDeg, 2)},${field(r.altM, 1)},${field(r.hdop, 2)}`,
      )
    },
  }
  const truth: string[] = ['t_s,speed_mps,a_long_mps2,a_lat_mps2,yaw_rate_rps,slope']
  const { car } = drive
  for (let step = 1; drive.step(sink); step++) {
    if (!options.motionTruth || step % STEPS_PER_TRUTH !== 0) continue
    truth.push(
      `${decimals(drive.timeS, 2)},${decimals(car.vx, 3)},${decimals(car.aLong, 4)},${decimals(car.aLat, 4)},${decimals(car.yawRate, 5)},${decimals(car.slope, 4)}`,
    )
  }
  mkdirSync(options.folder, { recursive: true })
  const write = (name: string, lines: string[]): void => {
    const text = `${lines.join('\n')}\n`
    if (options.gzip) writeFileSync(join(options.folder, `${name}.gz`), gzipSync(text, { level: 1 }))
    else writeFileSync(join(options.folder, name), text)
  }
  if (options.withImu) write('imu.csv', imu)
  write('gps.csv', gps)
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
    imu: options.withImu ? { rateHz: options.imuRateHz, hasGyro: true, gravity: 'included', frame: 'device' } : null,
    gps: { rateHz: options.sensors?.gnssRateHz ?? 1 },
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
  return {
    events: [...events, ...drive.fate.crashes].sort((a, b) => a.start_s - b.start_s),
    near: drive.nearEvents().map(({ level: _, ...near }) => near),
    levelForce_mps2: drive.levelForce(),
    speedLimits_kmh: drive.limits,
    driver: { id: `sim-${options.driverSeed}`, ...drive.temperament },
    hazard: hazardOf(drive.temperament, createRandom(options.driverSeed, 'hazard')),
    mount: options.mount,
    distanceKm: drive.distanceM / 1000,
    durationS: drive.timeS,
    nearCrashes_s: drive.nearCrashes,
    lapses: { count, seconds },
  }
}
