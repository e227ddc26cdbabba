import type { Fix } from '../sensors.ts'
import { createEpoch, type Epoch, merge, toFix } from './epoch.ts'
import type { NavigationType, Sentence } from './sentence.ts'

const dayMs = 86_400_000

/** Times less apart are one: receivers round them differently from sentence to sentence. At 25 Hz epochs are 40 ms apart. */
const sameTimeMs = 10

/**
 * Sentences without a time kept for the epoch to come, at most: receivers send at most one VTG and one GSA a constellation
 * (six) ahead of the position.
 */
const maxAhead = 8

/** So many epochs in a row that a sentence came late for: this receiver always sends it after the next epoch's first. */
const lateInARow = 3

const isSameTime = (a: number | null, b: number | null): boolean => {
  if (a === null || b === null) return false
  const apart = Math.abs(a - b)
  // A whole day apart is a leap second's 23:59:60 and the midnight after it.
  return apart <= sameTimeMs || (apart >= dayMs - sameTimeMs && apart < dayMs)
}

/**
 * Joins the sentences of one time into one fix, in whatever order the receiver sends them.
 *
 * An epoch ends when a position of another time comes, when the line pauses, or at the end. Sentences without a time
 * (VTG, GSA) follow their position, unless the line's pauses have shown that they go ahead of it.
 */
export const createEpochJoiner = (onFix: (fix: Fix) => void) => {
  let epoch: Epoch | null = null
  /** The epoch before, kept while the receiver is known to send its last sentences after the next one's first. */
  let held: Epoch | null = null
  /** The epoch given out last: what still comes of it is too late. */
  let closed: Epoch | null = null
  /** Epochs in a row that a sentence came late for, and whether one did since the last began. */
  let late = 0
  let lateNow = false
  let ahead: Sentence[] = []
  /** The line has paused, and nothing has come since. */
  let rested = false
  const leads = new Set<NavigationType>()
  /** Newest known UTC instant, for sentences that carry a time but no date. */
  let referenceMs: number | null = null

  const utcOf = ({ timeMs, dateMs }: Epoch): number | null => {
    if (timeMs === null) return null
    if (dateMs !== null) return dateMs + timeMs
    if (referenceMs === null) return null
    const day = Math.floor(referenceMs / dayMs) * dayMs
    const turn = timeMs - (referenceMs - day)
    return day + timeMs + (turn < -dayMs / 2 ? dayMs : turn > dayMs / 2 ? -dayMs : 0)
  }

  const giveOut = (done: Epoch): void => {
    const utcMs = utcOf(done)
    // The date of a receiver that says it knows nothing is its own clock's, and no other epoch's.
    if (utcMs !== null && done.status !== false) referenceMs = utcMs
    closed = done
    onFix(toFix(done, utcMs))
  }

  const moved = (one: Epoch, { lat, lon }: Sentence): boolean =>
    lat !== null && one.lat !== null && (lat !== one.lat || lon !== one.lon)

  const startsNext = (one: Epoch, sentence: Sentence): boolean => {
    const again = one.ids.includes(sentence.id)
    if (sentence.timeMs === null || one.timeMs === null) return again
    // The clock stands but the position moves: receivers with a coarse clock, or a log that starts over.
    return !isSameTime(sentence.timeMs, one.timeMs) || (again && moved(one, sentence))
  }

  /** Begins anew: the epoch at hand is given out, or held while this receiver is known to add to it later. */
  const next = (): void => {
    if (held !== null) giveOut(held)
    held = null
    late = lateNow ? late + 1 : 0
    lateNow = false
    if (epoch !== null && late >= lateInARow) held = epoch
    else if (epoch !== null) giveOut(epoch)
    epoch = null
  }

  /** Whether a sentence belongs to the epoch before; then it is dealt with. */
  const wasLate = (sentence: Sentence): boolean => {
    const before = held ?? closed
    if (before === null || !isSameTime(sentence.timeMs, before.timeMs) || before.ids.includes(sentence.id)) return false
    lateNow = true
    if (held !== null) merge(held, sentence)
    return true
  }

  const timed = (sentence: Sentence, tMs: number): void => {
    if (epoch !== null && startsNext(epoch, sentence)) {
      if (wasLate(sentence)) return
      next()
    }
    if (epoch === null) {
      // What comes after a pause may still be of the epoch that the pause has ended.
      const before = held ?? closed
      const rest = before !== null && isSameTime(sentence.timeMs, before.timeMs) && !startsNext(before, sentence)
      if (rest && before === held) merge(before, sentence)
      if (rest && (before === held || before.lat !== null)) return
      epoch = createEpoch(tMs, sentence.timeMs, ahead)
      ahead = []
    }
    rested = false
    merge(epoch, sentence)
  }

  const untimed = (sentence: Sentence): void => {
    if (epoch === null && rested) leads.add(sentence.type)
    if (epoch !== null && !leads.has(sentence.type)) merge(epoch, sentence)
    else if (ahead.length < maxAhead) ahead.push(sentence)
  }

  return {
    /** Takes a sentence whose first byte came at `tMs`. */
    push(sentence: Sentence, tMs: number): void {
      const { type, dateMs, timeMs } = sentence
      if (type === 'VTG' || type === 'GSA') untimed(sentence)
      else if (type !== 'ZDA') timed(sentence, tMs)
      else if (dateMs !== null && timeMs !== null) referenceMs = dateMs + timeMs
    },
    hasEpoch: (): boolean => epoch !== null,
    /** The line has paused: the epoch at hand has all its sentences. */
    pause(): void {
      for (const sentence of epoch === null ? [] : ahead) {
        // It followed its position after all.
        leads.delete(sentence.type)
        if (epoch !== null) merge(epoch, sentence)
      }
      ahead = []
      next()
      rested = true
    },
    /** The input is at its end: nothing more will come of any epoch. */
    end(): void {
      next()
      next()
    },
  }
}
