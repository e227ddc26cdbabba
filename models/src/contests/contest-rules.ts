import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { Jurisdiction } from './working-days.ts'

/** What holds for every contest, as data. */
export interface ContestRules {
  /** Days after an event was told within which it may be contested. */
  contestDays: number
  /** Days that a driver has at least after what an admin contested for them was taken back without them. */
  daysAfterUndone: number
  /** Working days within which it is ruled on; silence is for the driver. */
  rulingWorkingDays: number
  /** Whose holidays and time of day count. */
  jurisdiction: Jurisdiction
  /** Minor units of the premium, by currency, from which on a second admin has to agree; any amount of another currency needs one. */
  secondFromMinor: Readonly<Record<string, number>>
  /** Kinds of events on which two admins rule whatever they cost. */
  secondKinds: readonly EventKind[]
}

export const contestRules: ContestRules = {
  contestDays: 30,
  daysAfterUndone: 7,
  rulingWorkingDays: 10,
  jurisdiction: 'DE',
  secondFromMinor: { EUR: 5_000 },
  secondKinds: ['crash', 'tamper'],
}

const dayMs = 86_400_000

/**
 * Until when an event that was told at a time may be contested, UTC epoch milliseconds.
 *
 * @param options.undoneAtMs when an admin's contest of it for the driver was taken back without them: while it was open they could not contest it. @default null
 */
export function contestableUntil(
  toldAtMs: number,
  { contestDays, daysAfterUndone }: Pick<ContestRules, 'contestDays' | 'daysAfterUndone'>,
  { undoneAtMs = null }: { undoneAtMs?: number | null } = {},
): number {
  const until = toldAtMs + contestDays * dayMs
  return undoneAtMs === null ? until : Math.max(until, undoneAtMs + daysAfterUndone * dayMs)
}

interface AskedOfTwo {
  kind: EventKind
  effect: { premiumMinor: number; currency: string } | null
  correctsLimit: boolean
  namesDriver: boolean
}

/**
 * Whether two admins have to agree on a ruling.
 *
 * @param correctsLimit whether it corrects a limit: for everyone, whatever the event itself costs
 * @param namesDriver whether it says who drove instead: another's premium and score, which no effect on the one who contests tells
 * @param effect what the event does to the premium, minor units; null where that is not known, which asks for two
 */
export function needsSecond(
  { kind, effect, correctsLimit, namesDriver }: AskedOfTwo,
  { secondKinds, secondFromMinor }: ContestRules,
): boolean {
  if (correctsLimit || namesDriver || secondKinds.includes(kind) || effect === null) return true
  return Math.abs(effect.premiumMinor) >= (secondFromMinor[effect.currency] ?? 0)
}
