/** Reads the fields of NMEA sentences where nmea-simple turns a blank into a number or leans on today's date. */

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)$/

/** A decimal number, or null for a blank or anything else. */
export const parseNumber = (field: string | undefined): number | null =>
  field !== undefined && numeric.test(field) ? Number(field) : null

const timeOfDay = /^(\d{5,6})(\.\d*)?$/

/** `hhmmss.sss` as milliseconds of the UTC day; a second of 60 is a leap second. */
export const parseTimeOfDay = (field: string | undefined): number | null => {
  const match = timeOfDay.exec(field ?? '')
  if (match === null) return null
  const digits = (match[1] as string).padStart(6, '0')
  const hours = Number(digits.slice(0, 2))
  const minutes = Number(digits.slice(2, 4))
  const seconds = Number(digits.slice(4, 6))
  if (hours > 23 || minutes > 59 || seconds > 60) return null
  const fraction = match[2] === undefined || match[2] === '.' ? 0 : Math.round(Number(match[2]) * 1000)
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
}

const shortDate = /^(\d{2})(\d{2})(\d{2})$/
const longDate = /^(\d{2})(\d{2})(\d{4})$/

/**
 * `ddmmyy` or `ddmmyyyy` as the UTC start of that day, epoch milliseconds; null where there is no such day. Two digits
 * of a year below 73 are this century's (the first satellite flew in 1978).
 */
export const parseDate = (field: string | undefined): number | null => {
  const match = shortDate.exec(field ?? '') ?? longDate.exec(field ?? '')
  if (match === null) return null
  const day = Number(match[1])
  const month = Number(match[2])
  let year = Number(match[3])
  if (year < 100) year += year < 73 ? 2000 : 1900
  const at = Date.UTC(year, month - 1, day)
  const date = new Date(at)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : null
}

const latitude = /^\d{1,4}(\.(\d*))?$/
const longitude = /^\d{1,5}(\.(\d*))?$/

/**
 * The position nmea-simple decoded, when its four fields from `at` on are really there and it is one: within the
 * globe and not 0°/0°, which receivers without a fix print.
 */
export const parsePosition = (
  decoded: { latitude: number; longitude: number },
  fields: readonly string[],
  at: number,
): { lat: number; lon: number; decimals: number } | null => {
  const north = fields[at + 1]
  const east = fields[at + 3]
  const minutes = latitude.exec(fields[at] ?? '')
  if (minutes === null || !longitude.test(fields[at + 2] ?? '')) return null
  if ((north !== 'N' && north !== 'S') || (east !== 'E' && east !== 'W')) return null
  const lat = decoded.latitude
  const lon = decoded.longitude
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180) || (lat === 0 && lon === 0)) return null
  return { lat, lon, decimals: minutes[2]?.length ?? 0 }
}
