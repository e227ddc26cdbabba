import { nmeaSentences } from '../doors/nmea.ts'
import type { GnssReading } from '../sensors/gnss.ts'
import type { ImuReading } from '../sensors/imu.ts'
import { decimals, field } from './csv.ts'

/** Header of `imu.csv` and `gps.csv`. */
export const imuHeader = 't_s,ax_mps2,ay_mps2,az_mps2,gx_rps,gy_rps,gz_rps'
export const gpsHeader = 't_s,lat_deg,lon_deg,speed_mps,course_deg,alt_m,hdop'
/** When recordings with sentences begin. */
const beginsUtcMs = Date.UTC(2026, 4, 4, 7, 30)

/** A row of `imu.csv`. */
export function imuRow(timeS: number, r: ImuReading, hasGyro: boolean): string {
  const gyro = hasGyro ? `${decimals(r.gx, 5)},${decimals(r.gy, 5)},${decimals(r.gz, 5)}` : ',,'
  return `${decimals(timeS, 3)},${decimals(r.ax, 4)},${decimals(r.ay, 4)},${decimals(r.az, 4)},${gyro}`
}

/** A row of `gps.csv`. */
export function gpsRow(r: GnssReading): string {
  return `${r.arrivesS.toFixed(3)},${field(r.lat, 7)},${field(r.lon, 7)},${field(r.speedMps, 3)},${field(r.courseDeg, 2)},${field(r.altM, 1)},${field(r.hdop, 2)}`
}

/** The lines of `gps.nmea` for one fix. */
export function gpsSentences(r: GnssReading): string[] {
  return nmeaSentences({ ...r, utcMs: beginsUtcMs + r.validS * 1000 })
    .split('\r\n')
    .filter((sentence) => sentence !== '')
    .map((sentence) => `${r.arrivesS.toFixed(3)}\t${sentence}`)
}
