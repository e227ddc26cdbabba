import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
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
 * Records TripCompleted for everyone whose score or price rests on what changed: whose the trip is, and whose it was.
 *
 * One event a driver, however many of their trips changed together.
 */
export async function recordTripCompleted(
  tx: Database,
  changes: readonly TripChange[],
  { correlationId }: { correlationId?: string | undefined } = {},
): Promise<void> {
  const told = new Map<string, TripRow>()
  const tell = (row: TripRow | null): void => {
    if (row?.driverId && row.version > 0 && !told.has(row.driverId)) told.set(row.driverId, row)
  }
  for (const { after } of changes) tell(after)
  for (const { before } of changes) tell(before)
  const events: DomainEvent[] = []
  for (const [driverId, row] of told) {
    const policyId = row.policyId ?? (await policyOf(tx, driverId, row.startAt))
    if (policyId === null || !row.endAt) continue
    const times = { startAt: row.startAt.getTime(), endAt: row.endAt.getTime() }
    const version = changes.find(({ after }) => after?.id === row.id)?.after?.version ?? row.version
    const data = { tripId: row.id, deviceId: row.deviceId, driverId, policyId, version, ...times }
    events.push({ type: 'TripCompleted', subject: driverId, data })
  }
  await recordDomainEvents(tx, events, { correlationId })
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
