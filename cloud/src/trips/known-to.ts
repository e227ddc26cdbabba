import type { User } from '@fairmile/contract/http/auth.ts'
import type { TripVersion } from '@fairmile/contract/http/trip-versions.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import { policies } from '../db/schema/people.ts'

/**
 * Versions of a trip as somebody may know them: not who else was said to have driven, which policy of another's pays for the trip, which admin changed
 * it, nor what another contested.
 *
 * @param items the newest first
 */
export async function knownTo(
  db: Database,
  { id, role, driverId }: User,
  { tripId, items }: { tripId: string; items: readonly TripVersion[] },
): Promise<TripVersion[]> {
  if (role === 'admin') return [...items]
  const ids = items.flatMap(({ policyId }) => policyId ?? [])
  const insured = new Set(driverId === null ? [] : await ownOf(db, ids, driverId))
  const contested = new Set(driverId === null ? [] : await contestsOf(db, tripId, driverId))
  return items.map((item, index) => ({
    ...item,
    ...(isOfAnother(item, contested) && untold(item, items[index + 1], driverId)),
    driverId: item.driverId === driverId ? driverId : null,
    policyId: item.policyId !== null && insured.has(item.policyId) ? item.policyId : null,
    changedBy: item.changedBy === id ? id : null,
  }))
}

/** Those of these policies that insure a driver. */
async function ownOf(db: Database, ids: readonly string[], driverId: string): Promise<string[]> {
  const own = await db
    .select({ id: policies.id })
    .from(policies)
    .where(and(inArray(policies.id, [...ids]), eq(policies.driverId, driverId)))
  return own.map((policy) => policy.id)
}

async function contestsOf(db: Database, tripId: string, driverId: string): Promise<string[]> {
  const own = await db
    .select({ id: contests.id })
    .from(contests)
    .where(and(eq(contests.tripId, tripId), eq(contests.driverId, driverId)))
  return own.map((contest) => contest.id)
}

/** Whether a version came to be by a contest that is none of these. */
function isOfAnother({ cause, changeReason }: TripVersion, own: ReadonlySet<string>): boolean {
  if (cause !== 'contest' && cause !== 'limit_corrected') return false
  const [named] = /\bCON-\w+/.exec(changeReason ?? '') ?? []
  return named === undefined ? own.size === 0 : !own.has(named)
}

/** What is told of a version that came to be by another's contest: nothing of that. */
function untold(
  { cause, changeReason, driverId }: TripVersion,
  before: TripVersion | undefined,
  reader: string | null,
): Pick<TripVersion, 'cause' | 'changeReason'> {
  if (cause === 'limit_corrected')
    return { cause, changeReason: changeReason?.replace(/: contest CON-.*$/, '') ?? null }
  const isGiven = driverId === reader && before?.driverId !== reader
  return { cause: isGiven ? 'reassigned' : 'corrected', changeReason: null }
}
