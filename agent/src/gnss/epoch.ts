import type { Fix } from '../sensors.ts'
import type { Sentence } from './sentence.ts'

const dayMs = 86_400_000

/** The sentences of one time, as far as they have come. */
interface Epoch {
  /** Agent's monotonic clock when its first timed sentence began, milliseconds. */
  tMs: number
  timeMs: number | null
  dateMs: number | null
  lat: number | null
  lon: number | null
  fineness: number
  valid: boolean
  altM: number | null
  speedMps: number | null
  courseDeg: number | null
  hdop: number | null
  satellites: number | null
  mode: 1 | 2 | 3 | null
  seen: Set<string>
}

const emptyEpoch = (tMs: number, timeMs: number | null): Epoch => ({
  tMs,
  timeMs,
  dateMs: null,
  lat: null,
  lon: null,
  fineness: -1,
  valid: false,
  altM: null,
  speedMps: null,
  courseDeg: null,
  hdop: null,
  satellites: null,
  mode: null,
  seen: new Set(),
})

/** Sentences that make an epoch: they carry its time and position. */
const opens = (sentence: Sentence): boolean =>
  sentence.type === 'RMC' || sentence.type === 'GGA' || sentence.type === 'GNS' || sentence.type === 'GLL'

/**
 * Untimed sentences kept for the epoch to come, at most: receivers send at most one VTG and one GSA a constellation
 * (five) ahead of the position.
 */
const maxPending = 8

/**
 * Joins the sentences of one time into one fix, in whatever order the receiver sends them.
 *
 * An epoch ends when a position of another time comes, when `flush` is called because the line fell silent, or at the
 * end. Sentences without a time (VTG, GSA) belong to the epoch at hand, unless it already has one like it: then they
 * lead the next.
 */
export const createEpochJoiner = (onFix: (fix: Fix) => void) => {
  let epoch: Epoch | null = null
  let pending: Sentence[] = []
  /** The epoch given out last: what still comes of it is too late. */
  let closed: Epoch | null = null
  /** Newest known UTC instant, for sentences that carry a time but no date. */
  let referenceMs: number | null = null

  const utcOf = (one: Epoch): number | null => {
    if (one.timeMs === null) return null
    if (one.dateMs !== null) return one.dateMs + one.timeMs
    if (referenceMs === null) return null
    const day = Math.floor(referenceMs / dayMs) * dayMs
    const turn = one.timeMs - (referenceMs - day)
    return day + one.timeMs + (turn < -dayMs / 2 ? dayMs : turn > dayMs / 2 ? -dayMs : 0)
  }

  const flush = (): void => {
    if (epoch === null) return
    const done = epoch
    epoch = null
    const utcMs = utcOf(done)
    if (utcMs !== null) referenceMs = utcMs
    closed = done
    onFix(toFix(done, utcMs))
  }

  const moved = (one: Epoch, sentence: Sentence): boolean =>
    sentence.lat !== null && one.lat !== null && (sentence.lat !== one.lat || sentence.lon !== one.lon)

  const startsNext = (one: Epoch, sentence: Sentence): boolean => {
    if (sentence.timeMs !== null && one.timeMs !== null) {
      if (sentence.timeMs !== one.timeMs) return true
      // The clock stands but the position moves: receivers with a coarse clock, or a log that starts over.
      return one.seen.has(sentence.id) && moved(one, sentence)
    }
    return one.seen.has(sentence.id)
  }

  const open = (sentence: Sentence, tMs: number): Epoch => {
    const fresh = emptyEpoch(tMs, sentence.timeMs)
    for (const early of pending) merge(fresh, early)
    pending = []
    return fresh
  }

  const timed = (sentence: Sentence, tMs: number): void => {
    if (epoch !== null && startsNext(epoch, sentence)) flush()
    if (epoch === null) {
      const late = closed !== null && sentence.timeMs !== null && sentence.timeMs === closed.timeMs
      if (closed !== null && late && closed.lat !== null && !startsNext(closed, sentence)) return
      epoch = open(sentence, tMs)
    }
    merge(epoch, sentence)
  }

  return {
    /** Takes a sentence whose first byte came at `tMs`. */
    push(sentence: Sentence, tMs: number): void {
      if (opens(sentence)) {
        timed(sentence, tMs)
        return
      }
      if (sentence.type === 'ZDA') {
        if (sentence.dateMs !== null && sentence.timeMs !== null) {
          referenceMs = sentence.dateMs + sentence.timeMs
        }
        return
      }
      if (sentence.type !== 'VTG' && sentence.type !== 'GSA') return
      if (epoch === null || epoch.seen.has(sentence.id)) {
        if (sentence.type === 'GSA' && epoch !== null) merge(epoch, sentence)
        else if (pending.length < maxPending) pending.push(sentence)
        return
      }
      merge(epoch, sentence)
    },
    /** Gives out the epoch at hand: the line is silent, or at its end. */
    flush,
  }
}

/**
 * Which of an epoch's positions is kept: the one with most decimals, then by type. Where sentences of one time
 * disagree, RMC was seen to repeat the position of the second before, and GLL to be the newest.
 */
const freshness: Partial<Record<Sentence['type'], number>> = { RMC: 0, GNS: 1, GGA: 2, GLL: 3 }
const fineness = (sentence: Sentence): number => sentence.decimals * 4 + (freshness[sentence.type] ?? 0)

const merge = (epoch: Epoch, sentence: Sentence): void => {
  epoch.seen.add(sentence.id)
  epoch.timeMs ??= sentence.timeMs
  epoch.dateMs ??= sentence.dateMs
  if (sentence.valid === true) epoch.valid = true
  if (sentence.valid !== false && sentence.lat !== null && fineness(sentence) >= epoch.fineness) {
    epoch.lat = sentence.lat
    epoch.lon = sentence.lon
    epoch.fineness = fineness(sentence)
  }
  if (sentence.valid !== false) {
    epoch.altM ??= sentence.altM
    epoch.speedMps ??= sentence.speedMps
    epoch.courseDeg ??= sentence.courseDeg
  }
  epoch.hdop ??= sentence.hdop
  epoch.satellites ??= sentence.satellites
  if (sentence.mode !== null)
    epoch.mode = epoch.mode === null || sentence.mode > epoch.mode ? sentence.mode : epoch.mode
}

const toFix = (epoch: Epoch, utcMs: number | null): Fix => {
  const positioned = epoch.valid && epoch.lat !== null
  const dimensions = epoch.mode === 2 || epoch.mode === 3 ? epoch.mode : epoch.altM !== null ? 3 : 2
  return {
    tMs: epoch.tMs,
    utcMs,
    lat: positioned ? epoch.lat : null,
    lon: positioned ? epoch.lon : null,
    altM: positioned ? epoch.altM : null,
    speedMps: positioned ? epoch.speedMps : null,
    courseDeg: positioned ? epoch.courseDeg : null,
    hdop: epoch.hdop,
    satellites: epoch.satellites,
    mode: positioned ? dimensions : 1,
  }
}
