import { quality, type TelematicsEvent } from '@fairmile/contract/telematics.ts'

/** A longer step is none: of the way between two such seconds nothing is known. As in the car. */
const maxStepS = 2

/** What an account of a trip needs of a telematics event, and the boot that it is of. */
export interface TripSecond
  extends Pick<
    TelematicsEvent,
    'seq' | 'at' | 'lat' | 'lon' | 'speedMps' | 'aLongMin' | 'aLongMax' | 'aLatMin' | 'aLatMax' | 'limitKmh' | 'quality'
  > {
  readonly bootId: number
}

/**
 * Each second once, in the order in which the car made them: boots by the time at which each begins, as their ids have no order between two outboxes
 * of a device, and then by number. What was made before the clock was set says no time.
 */
export function inOrderOnce(seconds: readonly TripSecond[]): TripSecond[] {
  const begins = new Map<number, number>()
  for (const { bootId, at, quality: bits } of seconds)
    if ((bits & quality.clockUnset) === 0) begins.set(bootId, Math.min(at, begins.get(bootId) ?? at))
  const beginOf = ({ bootId }: TripSecond): number => begins.get(bootId) ?? Number.MAX_SAFE_INTEGER
  const sorted = [...seconds].sort(
    (a, b) => beginOf(a) - beginOf(b) || a.bootId - b.bootId || a.seq - b.seq || a.at - b.at,
  )
  return sorted.filter(({ bootId, seq }, n) => bootId !== sorted[n - 1]?.bootId || seq !== sorted[n - 1]?.seq)
}

/**
 * Seconds from one to the next; null where something is missing between them.
 *
 * Where the clock was set between two that follow one another, it is the second that they are apart by their making.
 */
export function stepS(before: TripSecond, second: TripSecond): number | null {
  if (before.bootId !== second.bootId) return null
  const step = (second.at - before.at) / 1000
  if (step > 0 && step <= maxStepS) return step
  const clockWasSet = (before.quality & quality.clockUnset) !== 0
  return clockWasSet && second.seq === before.seq + 1 ? 1 : null
}
