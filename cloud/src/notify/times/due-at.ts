import type { NotificationPreferencesBody } from '@fairmile/contract/http/notification-preferences.ts'
import { createLocalClock, type LocalClock } from './local-clock.ts'

/** When the digest goes out, by the driver's clock, in minutes since midnight: with the first coffee. */
const digestMinute = 8 * 60

type Wishes = Pick<NotificationPreferencesBody, 'timeZone' | 'quietHours' | 'digest'>

/** When a message may go out, and whether in the digest. */
export interface Due {
  readonly atMs: number
  readonly digest: boolean
}

/**
 * When a message that was written at `nowMs` may go out: what is urgent now; what may be in the digest with the next one; the rest
 * now, or when the quiet hours are over.
 *
 * @param options.digestible whether its channel has a digest
 */
export function dueAt(
  { nowMs, urgent, digestible }: { nowMs: number; urgent: boolean; digestible: boolean },
  wishes: Wishes,
): Due {
  if (urgent) return { atMs: nowMs, digest: false }
  const clock = createLocalClock(wishes.timeZone)
  const digest = digestible && wishes.digest === 'daily'
  const wantedMs = digest ? clock.next(nowMs, digestMinute) : nowMs
  return { atMs: afterQuiet(wantedMs, wishes, clock), digest }
}

/** The moment itself, or the end of the quiet hours that it is in. */
function afterQuiet(ms: number, { quietHours }: Wishes, clock: LocalClock): number {
  if (quietHours === null) return ms
  const [from, to] = [minuteOf(quietHours.from), minuteOf(quietHours.to)]
  const isQuiet = (minute: number) => (from < to ? minute >= from && minute < to : minute >= from || minute < to)
  let end = ms
  // Clocks that go back can bring quiet hours again right after their end.
  for (let i = 0; i < 3 && isQuiet(clock.at(end).minute); i++) end = clock.next(end + 1, to)
  return end
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
