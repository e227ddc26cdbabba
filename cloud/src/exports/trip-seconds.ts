import { eq, type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import type { Column, Row } from './columns.ts'

/** What is said of every second of a trip. */
export const secondColumns: readonly Column[] = [
  { name: 'trip_id', type: 'text' },
  { name: 'at', type: 'time' },
  { name: 'lat', type: 'number' },
  { name: 'lon', type: 'number' },
  { name: 'alt_m', type: 'number' },
  { name: 'speed_mps', type: 'number' },
  { name: 'heading_deg', type: 'number' },
  { name: 'a_long_min', type: 'number' },
  { name: 'a_long_max', type: 'number' },
  { name: 'a_lat_min', type: 'number' },
  { name: 'a_lat_max', type: 'number' },
  { name: 'limit_kmh', type: 'number' },
  { name: 'live_risk', type: 'number' },
]
const given = secondColumns.slice(2).map(({ name }) => name)
const fields = `round(extract(epoch FROM at) * 1000)::float8 AS at_ms, ${given.join(', ')}, at::text AS k0, boot_id::text AS k1, seq::text AS k2`

/** Seconds read at a time. */
const pageRows = 1_000
/** How far the clock of a second may be from its trip's, ms; keeps other months out. */
const slackMs = 24 * 3600 * 1000
/** A trip whose first second is no later than this, ms, was told by no boot before. */
const wholeMs = 5_000

type Trip = typeof trips.$inferSelect
const moment = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`

/**
 * Some seconds of a trip: first those of earlier boots, where it lost its power on the way, by time; then its own by number.
 *
 * `after` is null, or where the last page ended: `before` with time, boot and number, or `own` with a number.
 */
export async function secondsPage(
  db: Database,
  { tripId, after }: { tripId: string; after: readonly string[] | null },
): Promise<{ rows: Row[]; next: string[] | null }> {
  const [trip] = await db.select().from(trips).where(eq(trips.id, tripId))
  if (!trip) return { rows: [], next: null }
  const told = (rows: Row[]): Row[] =>
    rows.map((row) => ({
      trip_id: tripId,
      at: row.at_ms ?? null,
      ...Object.fromEntries(given.map((name) => [name, row[name] ?? null])),
    }))
  if (after?.[0] !== 'own') {
    const fromMs = await firstOwnMs(db, trip)
    if (fromMs - trip.startAt.getTime() > wholeMs) {
      const rows = await earlier(db, trip, { untilMs: fromMs, after })
      const end = rows.at(-1)
      const isLast = rows.length < pageRows || !end
      return { rows: told(rows), next: isLast ? ['own', '-1'] : ['before', `${end.k0}`, `${end.k1}`, `${end.k2}`] }
    }
  }
  const rows = await own(db, trip, { after: after?.[0] === 'own' ? (after[1] ?? '-1') : '-1' })
  const end = rows.at(-1)
  return { rows: told(rows), next: rows.length === pageRows && end ? ['own', `${end.k2}`] : null }
}

const ownSeconds = (trip: Trip): SQL => {
  const { deviceId, bootId, startAt, endAt, firstSeq, lastSeq } = trip
  const until = endAt ? sql`AND at <= ${moment(endAt.getTime() + slackMs)}` : sql``
  const numbers = firstSeq === null || lastSeq === null ? sql`` : sql`AND seq BETWEEN ${firstSeq} AND ${lastSeq}`
  const fromMs = firstSeq === null ? startAt.getTime() : startAt.getTime() - slackMs
  return sql`device_id = ${deviceId} AND boot_id = ${bootId} ${numbers} AND at >= ${moment(fromMs)} ${until}`
}

/** When its own boot begins to tell; its end where that told nothing. */
async function firstOwnMs(db: Database, trip: Trip): Promise<number> {
  const [first] = await selectRows<{ ms: number }>(
    db,
    sql`SELECT round(extract(epoch FROM at) * 1000)::float8 AS ms FROM telematics_events WHERE ${ownSeconds(trip)} ORDER BY seq LIMIT 1`,
  )
  return first?.ms ?? (trip.endAt ?? trip.startAt).getTime()
}

function own(db: Database, trip: Trip, { after }: { after: string }): Promise<Row[]> {
  return selectRows<Row>(
    db,
    sql`SELECT ${sql.raw(fields)} FROM telematics_events WHERE ${ownSeconds(trip)} AND seq > ${after}::bigint
      ORDER BY seq, at LIMIT ${pageRows}`,
  )
}

function earlier(
  db: Database,
  { deviceId, bootId, startAt }: Trip,
  { untilMs, after }: { untilMs: number; after: readonly string[] | null },
): Promise<Row[]> {
  const later = after
    ? sql`AND (at, boot_id, seq) > (${after[1] ?? ''}::timestamptz, ${after[2] ?? ''}::bigint, ${after[3] ?? ''}::bigint)`
    : sql``
  return selectRows<Row>(
    db,
    sql`SELECT ${sql.raw(fields)} FROM telematics_events
      WHERE device_id = ${deviceId} AND boot_id <> ${bootId} AND at BETWEEN ${moment(startAt.getTime())} AND ${moment(untilMs)} ${later}
      ORDER BY at, boot_id, seq LIMIT ${pageRows}`,
  )
}
