import type { TripEndReason, TripRecord, TripStatistics } from '@fairmile/contract/trip.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'

/** A trip as far as it has come, kept across boots: its record so far, and the boot that `firstSeq` and `lastSeq` count in. */
export interface TripCheckpoint extends Omit<TripRecord, 'endReason'> {
  boot: number
  /** Its first motion on the monotonic clock of that boot, ms; null where it began in an earlier one. */
  startTMs: number | null
  /** Null while it runs: a boot that ended then lost its power, or died. */
  endReason: TripEndReason | null
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const isPlace = (value: unknown): boolean => value === null || isNumber(value)

/** Statistics of another version of the agent cannot be added to. */
function fits(statistics: unknown): statistics is TripStatistics {
  if (typeof statistics !== 'object' || statistics === null) return false
  const found = statistics as Record<string, unknown>
  return Object.entries(emptyStatistics()).every(([name, empty]) => {
    const value = found[name]
    if (!Array.isArray(empty)) return isNumber(value)
    return Array.isArray(value) && (name === 'events' || (value.length === empty.length && value.every(isNumber)))
  })
}

/** Reads a checkpoint that was kept as JSON; null where there is none, or one that this version cannot go on with. */
export function readTripCheckpoint(text: string | null): TripCheckpoint | null {
  if (text === null || text === '') return null
  try {
    const kept = JSON.parse(text) as TripCheckpoint
    const numbers = [kept.startAt, kept.endAt, kept.firstSeq, kept.lastSeq, kept.boot].every(isNumber)
    const places = [kept.startLat, kept.startLon, kept.endLat, kept.endLon].every(isPlace)
    return typeof kept.id === 'string' && numbers && places && fits(kept.statistics)
      ? { ...kept, startTMs: isNumber(kept.startTMs) ? kept.startTMs : null }
      : null
  } catch {
    return null
  }
}
