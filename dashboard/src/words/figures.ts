import { G_MPS2, KMH_PER_MPS } from '@fairmile/contract/units.ts'

/** Keeps a figure and its unit on one line. */
export const nbsp = '\u00a0'
const minus = '\u2212'
/** English words with European habits: 24 h clock, day before month. */
const locale = 'en-IE'

/** A number with a fixed number of decimals and a real minus. */
export function decimal(value: number, digits = 0): string {
  const text = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    Math.abs(value),
  )
  return value < 0 && /[1-9]/.test(text) ? `${minus}${text}` : text
}

/** Metres as kilometres without the unit: one decimal below 100 km. */
export const kilometres = (metres: number): string => decimal(metres / 1000, metres < 100_000 ? 1 : 0)

/** Metres per second as whole km/h, with the unit. */
export const speed = (mps: number): string => `${decimal(mps * KMH_PER_MPS)}${nbsp}km/h`

/** m/s² as g with two decimals, with the unit. */
export const acceleration = (mps2: number): string => `${decimal(mps2 / G_MPS2, 2)}${nbsp}g`

/** Parts per million as per cent, with the sign. */
export const percent = (ppm: number, digits = 0): string => `${decimal(ppm / 10_000, digits)}${nbsp}%`

/** Minor units of a currency as money: `€41.20`. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  // A rounded −0 is nothing, not less than nothing.
  return format.format((minor || 0) / 10 ** digits).replace('-', minus)
}

/** Money of a whole portfolio, without cents: `€142,183`. */
export function wholeMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
  const digits =
    new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return format.format((minor || 0) / 10 ** digits).replace('-', minus)
}

/** Seconds as minutes and hours: `24 min`, `1 h 05 min`, `40 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)}${nbsp}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}${nbsp}min`
  return `${Math.floor(minutes / 60)}${nbsp}h ${String(minutes % 60).padStart(2, '0')}${nbsp}min`
}

/** A count with its noun: `1 trip`, `3 trips`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${decimal(count)}${nbsp}${count === 1 ? one : many}`
