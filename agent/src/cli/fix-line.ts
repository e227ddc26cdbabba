import type { Fix } from '../sensors.ts'

const dayMs = 86_400_000
const twoDigits = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

/** Writes UTC instants as RFC 3339 with milliseconds; the date is worked out once a day. */
const createTimeWriter = () => {
  let dayStart = Number.NaN
  let date = ''
  return (utcMs: number): string => {
    const start = Math.floor(utcMs / dayMs) * dayMs
    if (start !== dayStart) {
      dayStart = start
      date = new Date(start).toISOString().slice(0, 11)
    }
    const ms = utcMs - start
    const hours = twoDigits[Math.floor(ms / 3_600_000)]
    const minutes = twoDigits[Math.floor(ms / 60_000) % 60]
    const seconds = twoDigits[Math.floor(ms / 1000) % 60]
    return `${date}${hours}:${minutes}:${seconds}.${String(ms % 1000).padStart(3, '0')}Z`
  }
}

/**
 * Writes a number with so many decimals, or null. In whole numbers, as finding the shortest of sixteen digits for each
 * takes longer than reading the sentences.
 */
const createDecimals = (decimals: number) => {
  const scale = 10 ** decimals
  return (value: number | null): string => {
    if (value === null) return 'null'
    const scaled = Math.round(Math.abs(value) * scale)
    const whole = Math.floor(scaled / scale)
    // The digit ahead keeps the zeros, and goes.
    const fraction = String(scale + (scaled - whole * scale)).slice(1)
    return value < 0 ? `-${whole}.${fraction}` : `${whole}.${fraction}`
  }
}

/** A tenth of a millimetre; a millimetre a second; what receivers print of the others. */
const degrees = createDecimals(9)
const thousandths = createDecimals(3)
const hundredths = createDecimals(2)

/** Writes fixes as lines of JSON, unknown as null. */
export const createFixWriter = () => {
  const timeOf = createTimeWriter()
  return ({ utcMs, lat, lon, altM, speedMps, courseDeg, hdop, satellites, mode }: Fix): string =>
    `{"t":${utcMs === null ? 'null' : `"${timeOf(utcMs)}"`},"lat":${degrees(lat)},"lon":${degrees(lon)},` +
    `"altM":${thousandths(altM)},"speedMps":${thousandths(speedMps)},"courseDeg":${thousandths(courseDeg)},` +
    `"hdop":${hundredths(hdop)},"satellites":${satellites},"mode":${mode}}\n`
}
