import { countDigits } from './fields.ts'

/** A position as a sentence tells it. */
export interface Position {
  lat: number
  lon: number
  /** Decimals of its minutes: how finely it is told. */
  decimals: number
}

const point = 0x2e
const five = 0x35

/** Decimals of an angle's minutes (`dddmm.mmmm`), or -1 where the field is none: at most `wholeDigits` before the point, minutes under 60. */
const minuteDecimals = (field: string, wholeDigits: number): number => {
  const whole = countDigits(field, 0)
  if (whole < 1 || whole > wholeDigits || field.charCodeAt(whole) !== point) return -1
  if (whole > 1 && field.charCodeAt(whole - 2) > five) return -1
  const decimals = field.length - whole - 1
  return countDigits(field, whole + 1) === decimals ? decimals : -1
}

/** nmea-simple takes whole minutes without a point for no position at all. */
const pointed = (field: string): string => (field === '' || field.includes('.') ? field : `${field}.`)

/**
 * The position nmea-simple decoded from the four fields from `at` on, when they are really there and it is one: within
 * the globe and not 0°/0°, which receivers without a fix print.
 */
const checked = (
  { latitude, longitude }: { latitude: number; longitude: number },
  fields: readonly string[],
  at: number,
): Position | null => {
  const north = fields[at + 1]
  const east = fields[at + 3]
  if ((north !== 'N' && north !== 'S') || (east !== 'E' && east !== 'W')) return null
  const decimals = minuteDecimals(fields[at] as string, 4)
  if (decimals < 0 || minuteDecimals(fields[at + 2] as string, 5) < 0) return null
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180) || (latitude === 0 && longitude === 0)) return null
  return { lat: latitude, lon: longitude, decimals }
}

/**
 * Reads positions, those that are told again only once: most receivers say each in two or three sentences, and the same
 * while they stand.
 */
export const createPositionReader = () => {
  const known = ['', '', '', '']
  let position: Position | null = null

  return {
    /** Makes a sentence's position, whose fields begin at `at`, ready for nmea-simple; true where it is the one before. */
    prepare(fields: string[], at: number): boolean {
      const lat = fields[at] as string
      const lon = fields[at + 2] as string
      if (lat === known[0] && lon === known[2] && fields[at + 1] === known[1] && fields[at + 3] === known[3]) {
        fields[at] = ''
        fields[at + 2] = ''
        return true
      }
      for (let i = 0; i < 4; i++) known[i] = fields[at + i] as string
      fields[at] = pointed(lat)
      fields[at + 2] = pointed(lon)
      return false
    },
    /** What the sentence says, once nmea-simple has decoded it; null where it is no position. */
    read(decoded: { latitude: number; longitude: number }, fields: readonly string[], at: number, again: boolean) {
      if (!again) position = checked(decoded, fields, at)
      return position
    },
  }
}
