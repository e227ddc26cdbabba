/** Reads the fields of NMEA sentences where nmea-simple turns a blank into a number or leans on today's date. */

const zero = 0x30
const nine = 0x39
const point = 0x2e
const plus = 0x2b
const minus = 0x2d

const digitAt = (field: string, at: number): number => {
  const digit = field.charCodeAt(at) - zero
  return digit >= 0 && digit <= 9 ? digit : -1
}

/** Digits of a field from `at` on. */
export const countDigits = (field: string, at: number): number => {
  let end = at
  for (let code = field.charCodeAt(end); code >= zero && code <= nine; code = field.charCodeAt(end)) end++
  return end - at
}

/** Whether a field is a decimal number, and not blank or anything else. Tells by its characters: this is run on every field that counts. */
export const isNumber = (field: string | undefined): field is string => {
  if (field === undefined) return false
  const sign = field.charCodeAt(0)
  const start = sign === plus || sign === minus ? 1 : 0
  const whole = countDigits(field, start)
  const end = start + whole
  if (field.charCodeAt(end) !== point) return whole > 0 && end === field.length
  const decimals = countDigits(field, end + 1)
  return whole + decimals > 0 && end + 1 + decimals === field.length
}

/** A decimal number, or null for a blank or anything else. */
export const parseNumber = (field: string | undefined): number | null => (isNumber(field) ? Number(field) : null)

/** Decimals of a second that count: milliseconds. */
const millis = [1000, 100, 10, 1] as const

/** `hhmmss.sss` as milliseconds of the UTC day; a second of 60 is a leap second. Some receivers leave a leading zero away. */
export const parseTimeOfDay = (field: string | undefined): number | null => {
  if (field === undefined) return null
  const whole = countDigits(field, 0)
  if (whole !== 6 && whole !== 5) return null
  const at = whole - 6
  const hours = (at < 0 ? 0 : digitAt(field, 0)) * 10 + digitAt(field, at + 1)
  const minutes = digitAt(field, at + 2) * 10 + digitAt(field, at + 3)
  const seconds = digitAt(field, at + 4) * 10 + digitAt(field, at + 5)
  if (hours > 23 || minutes > 59 || seconds > 60) return null
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000
  if (field.length === whole) return ms
  const decimals = countDigits(field, whole + 1)
  if (field.charCodeAt(whole) !== point || whole + 1 + decimals !== field.length) return null
  if (decimals > 3) return ms + Math.round(Number(field.slice(whole)) * 1000)
  let fraction = 0
  for (let i = 1; i <= decimals; i++) fraction = fraction * 10 + digitAt(field, whole + i)
  return ms + fraction * (millis[decimals] as number)
}

/** Two digits of a year below this are this century's: the first satellite flew in 1978. */
const firstYear = 73

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The UTC start of a day, epoch milliseconds; null where no calendar has it. */
export const dayStart = (year: number, month: number, day: number): number | null => {
  if (!(month >= 1 && month <= 12 && day >= 1) || (day > 28 && day > daysOf(year, month))) return null
  return Date.UTC(year, month - 1, day)
}

/** `ddmmyy` as the UTC start of that day, epoch milliseconds; null for a blank or where there is no such day. */
export const parseDate = (field: string | undefined): number | null => {
  if (field?.length !== 6 || countDigits(field, 0) !== 6) return null
  const number = Number(field)
  const year = number % 100
  return dayStart(year + (year < firstYear ? 2000 : 1900), Math.floor(number / 100) % 100, Math.floor(number / 10_000))
}
