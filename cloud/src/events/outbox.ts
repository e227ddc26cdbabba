import { randomUUID } from 'node:crypto'
import type { DomainEvent, StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { insertDeliveries } from './insert-deliveries.ts'
import { raiseDeliveries } from './raise-deliveries.ts'
import { lockSubjects } from './subject-lock.ts'
import { backgroundConsumers, subscriptions } from './subscriptions.ts'

/** Where processes are told that events were committed. */
export const eventsChannel = 'fairmile_domain_events'

interface RecordOptions {
  /** Wall clock of the event, default now; whatever it says, deliveries are due at once. */
  readonly at?: Date | undefined
  /** The event that brought it about: its correlation goes on. */
  readonly cause?: Pick<StoredDomainEvent, 'id' | 'correlationId'> | undefined
  /** What ties it to its cause where that is no event; default a new UUID: the chain begins here. */
  readonly correlationId?: string | undefined
  /** Whether background work brings it about: consumers to whom it is dear handle it when nothing else is due. @default false */
  readonly background?: boolean | undefined
}

/**
 * Records a domain event and its deliveries in the transaction that made it true: both happen or neither.
 *
 * @returns the event's number
 */
export async function recordDomainEvent(
  tx: Database,
  event: DomainEvent,
  options: RecordOptions = {},
): Promise<number> {
  const [id] = await recordDomainEvents(tx, [event], options)
  if (id === undefined) throw new Error(`recording a ${event.type} of "${event.subject}" returned no number`)
  return id
}

/** An event that is to be recorded; its own correlation goes before that of all. */
type EventToRecord = DomainEvent & Partial<Pick<StoredDomainEvent, 'correlationId'>>

/**
 * Records events in their order, with two statements however many there are, and a third where they may stand behind background work.
 *
 * Their subjects stay locked until the transaction ends: who records many does so once, at its end. (Locks of one call are
 * taken in one order; two transactions that record several times each may have to be undone by the database and tried again.)
 * @returns the events' numbers
 */
export async function recordDomainEvents(
  tx: Database,
  events: readonly EventToRecord[],
  {
    at = new Date(),
    cause,
    correlationId = cause?.correlationId ?? randomUUID(),
    background = false,
  }: RecordOptions = {},
): Promise<number[]> {
  if (events.length === 0) return []
  const given = sql`${JSON.stringify(events)}::text::jsonb`
  await lockSubjects(tx, sql`jsonb_to_recordset(${given}) AS given (subject text)`)
  const rows = await selectRows<{ id: string }>(
    tx,
    sql`
      WITH event AS (
        INSERT INTO domain_events (type, subject, time, data, correlation_id, caused_by, background)
        SELECT value ->> 'type', value ->> 'subject', ${at.toISOString()}::timestamptz, value -> 'data',
          coalesce(value ->> 'correlationId', ${correlationId}::text), ${cause?.id ?? null}::bigint, ${background}::boolean
        FROM jsonb_array_elements(${given}) WITH ORDINALITY AS given (value, place)
        ORDER BY place
        RETURNING id, type, subject, background
      ), relayed AS (
        INSERT INTO domain_relay (event_id) SELECT event.id FROM event, domain_bus WHERE kind = 'kafka'
      ), delivered AS (
        ${insertDeliveries(sql`event, domain_bus`, sql`domain_bus.kind = 'table'`)}
      )
      SELECT id::text, pg_notify(${eventsChannel}, '') FROM event ORDER BY event.id`,
  )
  const ahead = background ? [] : events.filter(({ type }) => hasBackground(type))
  if (ahead.length > 0) await tx.execute(raiseDeliveries(ahead.map(({ subject }) => subject)))
  return rows.map(({ id }) => Number(id))
}

/** Whether some of who handle a type of events may have others of the subject in the background. */
const hasBackground = (type: DomainEvent['type']): boolean =>
  subscriptions[type].some((consumer) => backgroundConsumers.includes(consumer))
