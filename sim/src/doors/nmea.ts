/** What a receiver says of one epoch; unknown is null and becomes a blank field. */
export interface NmeaEpoch {
  utcMs: number
  lat: number | null
  lon: number | null
  altM: number | null
  speedMps: number | null
  courseDeg: number | null
  hdop: number | null
  satellites: number | null
}

const KNOTS_PER_MPS = 3600 / 1852

/** A sentence with its checksum (exclusive or of all bytes between `$` and `*`) and line end. */
function nmeaSentence(body: string): string {
  return `$${body}*${nmeaChecksum(body)}\r\n`
}

/** The checksum of what stands between `$` and `*`: two hexadecimal digits. */
export function nmeaChecksum(body: string): string {
  let sum = 0
  for (let index = 0; index < body.length; index++) sum ^= body.charCodeAt(index)
  return sum.toString(16).toUpperCase().padStart(2, '0')
}

/** RMC, GGA and GSA of one epoch, as a receiver sends them (NMEA 0183 4.1); position to 1e-6 minutes, about 2 mm. */
export function nmeaSentences(epoch: NmeaEpoch): string {
  const positioned = epoch.lat !== null && epoch.lon !== null
  const place = positioned
    ? `${angle(epoch.lat!, 2)},${epoch.lat! < 0 ? 'S' : 'N'},${angle(epoch.lon!, 3)},${epoch.lon! < 0 ? 'W' : 'E'}`
    : ',,,'
  const time = timeOf(epoch.utcMs)
  const knots = epoch.speedMps === null ? '' : (epoch.speedMps * KNOTS_PER_MPS).toFixed(3)
  const course = blankable(epoch.courseDeg, 2)
  const satellites = String(epoch.satellites ?? 0).padStart(2, '0')
  const hdop = blankable(epoch.hdop, 2)
  const mode = positioned ? (epoch.altM === null ? 2 : 3) : 1
  return (
    nmeaSentence(
      `GNRMC,${time},${positioned ? 'A' : 'V'},${place},${knots},${course},${dateOf(epoch.utcMs)},,,${positioned ? 'A' : 'N'}`,
    ) +
    nmeaSentence(
      `GNGGA,${time},${place},${positioned ? 1 : 0},${satellites},${hdop},${blankable(epoch.altM, 1)},M,,M,,`,
    ) +
    nmeaSentence(`GNGSA,A,${mode},,,,,,,,,,,,,,${hdop},`)
  )
}

/** hhmmss.sss */
function timeOf(utcMs: number): string {
  return new Date(Math.round(utcMs)).toISOString().slice(11, 23).replaceAll(':', '')
}

/** ddmmyy */
function dateOf(utcMs: number): string {
  const [year, month, day] = new Date(Math.round(utcMs)).toISOString().slice(2, 10).split('-')
  return `${day}${month}${year}`
}

/** Degrees as whole degrees and minutes: 49.5 becomes 4930.000000. */
function angle(degrees: number, wholeDigits: number): string {
  const microMinutes = Math.round(Math.abs(degrees) * 60e6)
  const whole = Math.floor(microMinutes / 60e6)
  const minutes = ((microMinutes - whole * 60e6) / 1e6).toFixed(6).padStart(9, '0')
  return `${String(whole).padStart(wholeDigits, '0')}${minutes}`
}

function blankable(value: number | null, digits: number): string {
  return value === null ? '' : value.toFixed(digits)
}
