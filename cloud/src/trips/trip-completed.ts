import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { maxTripsTold } from '@fairmile/contract/domain-events/event-data.ts'
import { and, desc, eq, gte, lte, ne } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { recordDomainEvents } from '../events/outbox.ts'
import type { TripRow } from './trip-versions.ts'

type Completed = Extract<DomainEvent, { type: 'TripCompleted' }>['data']

/** A trip before and after a change; null where it was not, or is no more. */
export interface TripChange {
  before: TripRow | null
  after: TripRow | null
}

/**
 * Records TripCompleted for everyone whose score or price rests on what changed: whose the trip is, whose it was, and whose policy it is on.
 *
 * One event for each driver and policy, which names all of these trips that changed together (more than one only where they are too many for
 * that); earlier trips first, so that a term is priced after the one that it goes on from.
 * @returns the number of each driver's first event
 */
export async function recordTripCompleted(
  tx: Database,
  changes: readonly TripChange[],
  { correlationId }: { correlationId?: string | undefined } = {},
): Promise<Map<string, number>> {
  const rows = [...changes.map(({ after }) => after), ...changes.map(({ before }) => before)]
  const told = new Map<string, { first: Completed; tripIds: Set<string> }>()
  for (const row of rows) {
    if (!row?.endAt || row.version === 0) continue
    const version = changes.find(({ after }) => after?.id === row.id)?.after?.version ?? row.version
    const times = { startAt: row.startAt.getTime(), endAt: row.endAt.getTime() }
    for (const { driverId, policyId } of await concernedBy(tx, row)) {
      const key = `${driverId} ${policyId}`
      const first = { tripId: row.id, deviceId: row.deviceId, driverId, policyId, version, ...times }
      const known = told.get(key) ?? { first, tripIds: new Set() }
      told.set(key, known)
      known.tripIds.add(row.id)
    }
  }
  const events: DomainEvent[] = []
  for (const { first, tripIds } of [...told.values()].sort((a, b) => a.first.startAt - b.first.startAt))
    for (const together of togetherWith(first.tripId, tripIds))
      events.push({ type: 'TripCompleted', subject: first.driverId, data: { ...first, ...together } })
  const ids = await recordDomainEvents(tx, events, { correlationId })
  // The first of a driver's events goes last, and stays.
  return new Map(events.map(({ subject }, index) => [subject, ids[index]!] as const).reverse())
}

/**
 * Whom a trip concerns, each by a policy: whoever drove by the one that it is on, or by one of their own where that is another's; and that other.
 * Who drove may have no policy on that day any more, as it ended early since; their score and statistics rest on the trip all the same.
 */
async function concernedBy(tx: Database, row: TripRow): Promise<Pick<Completed, 'driverId' | 'policyId'>[]> {
  const { driverId, policyId, startAt } = row
  const holderId = await holderOf(tx, row)
  const isLent = holderId !== null && holderId !== driverId
  const isOnOwn = !isLent && policyId !== null
  const ownId =
    driverId === null || isOnOwn
      ? policyId
      : ((await policyOf(tx, driverId, startAt)) ?? (await newestPolicyOf(tx, driverId, startAt)))
  return [
    ...(driverId !== null && ownId !== null ? [{ driverId, policyId: ownId }] : []),
    ...(isLent && policyId !== null ? [{ driverId: holderId, policyId }] : []),
  ]
}

/** All trips that changed with one, as many at a time as an event tells of. */
function togetherWith(tripId: string, tripIds: ReadonlySet<string>): { tripIds?: string[] }[] {
  const others = [...tripIds].filter((id) => id !== tripId)
  if (others.length === 0) return [{}]
  const parts: { tripIds: string[] }[] = []
  for (let from = 0; from < others.length; from += maxTripsTold - 1)
    parts.push({ tripIds: [tripId, ...others.slice(from, from + maxTripsTold - 1)] })
  return parts
}

/** Whose the policy is that a trip is on, where a person said who drove: then it may be another's. Null otherwise. */
async function holderOf(tx: Database, { policyId, assigned }: TripRow): Promise<string | null> {
  if (!assigned || policyId === null) return null
  const [policy] = await tx.select({ driverId: policies.driverId }).from(policies).where(eq(policies.id, policyId))
  return policy?.driverId ?? null
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** A policy that a driver had on the UTC day of a moment, of whatever vehicle; null for none. */
export async function policyOf(tx: Database, driverId: string, at: Date): Promise<string | null> {
  const day = dayOf(at)
  const [policy] = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.driverId, driverId), lte(policies.startsOn, day), gte(policies.endsOn, day)))
    .orderBy(desc(policies.startsOn), desc(policies.id))
    .limit(1)
  return policy?.id ?? null
}

/** The policy of a driver that began last by the UTC day of a moment, of those that had a day; null for none. */
async function newestPolicyOf(tx: Database, driverId: string, at: Date): Promise<string | null> {
  const [policy] = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.driverId, driverId), ne(policies.state, 'voided'), lte(policies.startsOn, dayOf(at))))
    .orderBy(desc(policies.startsOn), desc(policies.id))
    .limit(1)
  return policy?.id ?? null
}
