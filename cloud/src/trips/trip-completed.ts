import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { maxTripsTold } from '@fairmile/contract/domain-events/event-data.ts'
import { and, desc, eq, gte, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { recordDomainEvents } from '../events/outbox.ts'
import type { TripRow } from './trip-versions.ts'

/** A trip before and after a change; null where it was not, or is no more. */
export interface TripChange {
  before: TripRow | null
  after: TripRow | null
}

/**
 * Records TripCompleted for everyone whose score or price rests on what changed: whose the trip is, whose it was, and whose policy it is on.
 *
 * One event a driver, which names all of their trips that changed together (more than one only where they are too many for that).
 * @returns the events' numbers by driver
 */
export async function recordTripCompleted(
  tx: Database,
  changes: readonly TripChange[],
  { correlationId }: { correlationId?: string | undefined } = {},
): Promise<Map<string, number>> {
  const rows = [...changes.map(({ after }) => after), ...changes.map(({ before }) => before)]
  const told = new Map<string, { row: TripRow; tripIds: Set<string> }>()
  for (const row of rows) {
    if (!row || row.version === 0) continue
    for (const driverId of [row.driverId, await holderOf(tx, row)]) {
      if (driverId === null) continue
      const known = told.get(driverId) ?? { row, tripIds: new Set() }
      told.set(driverId, known)
      known.tripIds.add(row.id)
    }
  }
  const events: DomainEvent[] = []
  for (const [driverId, { row, tripIds }] of told) {
    const isOwn = row.policyId !== null && driverId === ((await holderOf(tx, row)) ?? driverId)
    const policyId = isOwn ? row.policyId : await policyOf(tx, driverId, row.startAt)
    if (policyId === null || !row.endAt) continue
    const times = { startAt: row.startAt.getTime(), endAt: row.endAt.getTime() }
    const version = changes.find(({ after }) => after?.id === row.id)?.after?.version ?? row.version
    const data = { tripId: row.id, deviceId: row.deviceId, driverId, policyId, version, ...times }
    for (const together of togetherWith(row.id, tripIds))
      events.push({ type: 'TripCompleted', subject: driverId, data: { ...data, ...together } })
  }
  const ids = await recordDomainEvents(tx, events, { correlationId })
  return new Map(events.map(({ subject }, index) => [subject, ids[index]!]))
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

/** A policy that a driver had on the UTC day of a moment, of whatever vehicle; null for none. */
export async function policyOf(tx: Database, driverId: string, at: Date): Promise<string | null> {
  const day = at.toISOString().slice(0, 10)
  const [policy] = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.driverId, driverId), lte(policies.startsOn, day), gte(policies.endsOn, day)))
    .orderBy(desc(policies.startsOn), desc(policies.id))
    .limit(1)
  return policy?.id ?? null
}
