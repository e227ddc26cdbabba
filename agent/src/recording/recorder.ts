import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Fix, ImuSample, SensorSink } from '../sensors.ts'

/** Bytes that may wait for a slow disk before readings are dropped: about a minute of 100 Hz IMU. */
const maxWaitingBytes = 512 * 1024

const field = (value: number | null, digits: number): string =>
  value === null || Number.isNaN(value) ? '' : value.toFixed(digits)

/** Writes what passes by as a recording's folder, which `replay` reads. */
export interface Recorder {
  /** Hands every reading on to `sink` and keeps a copy. */
  tee(sink: SensorSink): SensorSink
  /** Readings that a slow disk made it drop. */
  readonly dropped: number
  /** Writes `drive.json` and closes the files. */
  close(): Promise<void>
}

/** Opens a new recording in `folder`, which is made where it is missing. */
export const createRecorder = async (options: { folder: string; id: string }): Promise<Recorder> => {
  const { folder, id } = options
  await mkdir(folder, { recursive: true })
  const imuFile = createWriteStream(join(folder, 'imu.csv'))
  const gpsFile = createWriteStream(join(folder, 'gps.csv'))
  imuFile.write('t_s,ax_mps2,ay_mps2,az_mps2,gx_rps,gy_rps,gz_rps\n')
  gpsFile.write('t_s,lat_deg,lon_deg,speed_mps,course_deg,alt_m,hdop\n')
  let zeroMs = Number.NaN
  let startedAt: string | undefined
  let dropped = 0
  const imu = { count: 0, firstS: 0, lastS: 0, hasGyro: false }
  const gps = { count: 0, firstS: 0, lastS: 0 }

  const write = (file: WriteStream, line: string): boolean => {
    if (file.writableLength > maxWaitingBytes) {
      dropped++
      return false
    }
    file.write(line)
    return true
  }
  const secondsOf = (tMs: number): number => {
    if (Number.isNaN(zeroMs)) zeroMs = tMs
    return (tMs - zeroMs) / 1000
  }
  const note = (what: { count: number; firstS: number; lastS: number }, tS: number): void => {
    if (what.count++ === 0) what.firstS = tS
    what.lastS = tS
  }

  const keepImu = (s: ImuSample): void => {
    const tS = secondsOf(s.tMs)
    if (!Number.isNaN(s.gx)) imu.hasGyro = true
    const force = `${s.ax.toFixed(4)},${s.ay.toFixed(4)},${s.az.toFixed(4)}`
    const line = `${tS.toFixed(3)},${force},${field(s.gx, 5)},${field(s.gy, 5)},${field(s.gz, 5)}\n`
    if (write(imuFile, line)) note(imu, tS)
  }
  const keepFix = (fix: Fix): void => {
    const tS = secondsOf(fix.tMs)
    if (fix.utcMs !== null && startedAt === undefined) startedAt = new Date(fix.utcMs - tS * 1000).toISOString()
    const place = `${field(fix.lat, 7)},${field(fix.lon, 7)},${field(fix.speedMps, 3)},${field(fix.courseDeg, 2)}`
    if (write(gpsFile, `${tS.toFixed(3)},${place},${field(fix.altM, 1)},${field(fix.hdop, 2)}\n`)) note(gps, tS)
  }
  /** Readings a second over the whole recording, to a tenth. */
  const rate = (what: { count: number; firstS: number; lastS: number }): number =>
    Math.max(0.1, Math.round((10 * (what.count - 1)) / Math.max(0.1, what.lastS - what.firstS)) / 10)

  return {
    get dropped() {
      return dropped
    },
    tee: (sink) => ({
      imu(sample) {
        keepImu(sample)
        sink.imu(sample)
      },
      fix(fix) {
        keepFix(fix)
        sink.fix(fix)
      },
      board: (state) => sink.board(state),
      trouble: (source, message) => sink.trouble(source, message),
    }),
    async close() {
      imuFile.end()
      gpsFile.end()
      await Promise.all([finished(imuFile), finished(gpsFile)])
      const info = {
        id,
        source: 'fairmile-agent run --record',
        licence: 'the driver’s own',
        startedAt,
        imu: imu.count > 1 ? { rateHz: rate(imu), hasGyro: imu.hasGyro, gravity: 'included', frame: 'device' } : null,
        gps: gps.count > 1 ? { rateHz: rate(gps) } : null,
      }
      await writeFile(join(folder, 'drive.json'), `${JSON.stringify(info, null, 2)}\n`)
    },
  }
}
