import { nmeaChecksum } from './nmea.ts'

/** Where the time (and the date) stands in the sentences that carry one, counted from the sentence's name. */
const places: Record<string, { time: number; date?: number }> = {
  RMC: { time: 1, date: 9 },
  GGA: { time: 1 },
  GNS: { time: 1 },
  GLL: { time: 5 },
  GST: { time: 1 },
  GBS: { time: 1 },
}
const DAY_S = 86_400

/** Seconds of UTC that a sentence tells: since 1970 where it has a date, since midnight otherwise; null without a time. */
export function secondsOfSentence(sentence: string): number | null {
  const parts = sentence.slice(1).split('*')[0]!.split(',')
  const place = places[parts[0]!.slice(2)]
  const time = place && secondsOfDay(parts[place.time] ?? '')
  if (time === undefined || time === null) return null
  const date = place?.date === undefined ? null : dayOf(parts[place.date] ?? '')
  return date === null ? time : date + time
}

/**
 * Moves a recorded sentence in time by whole seconds, with a new checksum: its time of day, and its date where it has one.
 * What is blank stays blank, what has a bad checksum or no time goes as it is, and ZDA is left out, since it would say the
 * old date.
 *
 * Recordings are re-stamped because a drive belongs into the policy's term and into a partition that exists.
 */
export function restamp(sentence: string, shiftS: number): string {
  const match = /^\$([^*]*)\*([0-9A-Fa-f]{2})\s*$/.exec(sentence)
  if (!match || nmeaChecksum(match[1]!) !== match[2]!.toUpperCase()) return sentence
  const parts = match[1]!.split(',')
  const kind = parts[0]!.slice(2)
  if (kind === 'ZDA') return ''
  const place = places[kind]
  const text = place && parts[place.time]
  const time = text ? secondsOfDay(text) : null
  if (!place || !text || time === null) return sentence
  const day = place.date === undefined ? null : dayOf(parts[place.date] ?? '')
  const moved = Math.floor((day ?? 0) + time + shiftS)
  const clock = new Date((((moved % DAY_S) + DAY_S) % DAY_S) * 1000).toISOString().slice(11, 19).replaceAll(':', '')
  parts[place.time] = clock + text.slice(6)
  if (place.date !== undefined && day !== null) {
    const [year, month, date] = new Date(moved * 1000).toISOString().slice(2, 10).split('-')
    parts[place.date] = `${date}${month}${year}`
  }
  const body = parts.join(',')
  return `$${body}*${nmeaChecksum(body)}`
}

/** Of hhmmss or hhmmss.sss; null for anything else. */
function secondsOfDay(text: string): number | null {
  const match = /^(\d\d)(\d\d)(\d\d)(\.\d*)?$/.exec(text)
  return match
    ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) + Number(`0${match[4] ?? ''}`)
    : null
}

/** Seconds since 1970 of ddmmyy; null for anything else. Receivers of this century: 80 to 99 are of the last one. */
function dayOf(text: string): number | null {
  const match = /^(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (!match) return null
  const year = Number(match[3])
  return Date.UTC(year + (year < 80 ? 2000 : 1900), Number(match[2]) - 1, Number(match[1])) / 1000
}
