import type { PathPoint } from '@fairmile/contract/http/trips.ts'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { addMonths } from '../db/partitions.ts'
import { goesOnWithin } from './goes-on-within.ts'
import { slackHours } from './path-points.ts'

/**
 * A trip's digest is made so long after its end, h. What is stored later is none of its seconds, or late (`touch-trips.ts`), and noted in the
 * same transaction; the hour is for transactions that are under way and for clocks.
 */
const settleHours = slackHours + 1

/** A point of a path as it is kept. */
export type PackedPoint = readonly (number | null)[]

/** The fields of a point in the order in which they are kept. */
const kept = [
  'tS',
  'lat',
  'lon',
  'speedMps',
  'aLong',
  'aLat',
  'risk',
  'limitKmh',
] as const satisfies readonly (keyof PathPoint)[]

/** The columns of a path's points (`path-points.ts`) as one value. */
export const packedPoint: SQL = sql.raw(`json_build_array(${kept.map((name) => `"${name}"`).join(', ')})`)

export const unpackPoint = (point: PackedPoint): PathPoint =>
  ({
    ...{ tS: point[0], lat: point[1], lon: point[2], speedMps: point[3] },
    ...{ aLong: point[4], aLat: point[5], risk: point[6], limitKmh: point[7] },
  }) as PathPoint

const span = (of: string): string =>
  `(${['device_id', 'boot_id', 'first_seq', 'last_seq', 'start_at', 'end_at'].map((column) => `${of}.${column}`).join(', ')})`

/** The digest `d` is of the trip `t` as it is now. */
const isOfNow = sql.raw(`d.trip_id = t.id AND ${span('d')} = ${span('t')}`)

/**
 * The digest `d` says of the trip `t` what its seconds say: it was made, of the stretch that the trip is now, and no late seconds of it
 * wait to be looked at. Those are noted in the transaction that stores them, and looked at in the one that has the digest made anew.
 */
export const isTrue: SQL = sql`${isOfNow} AND d.due_at IS NULL
  AND NOT EXISTS (
    SELECT FROM trip_touches late WHERE late.device_id = t.device_id AND late.from_at IS NOT NULL AND (
      (late.boot_id = t.boot_id AND late.first_seq <= t.last_seq AND late.last_seq >= t.first_seq)
      OR (late.from_at <= t.end_at AND late.to_at >= t.start_at)))`

/** A stretch of a boot's log. */
export interface Stretch {
  readonly firstSeq: number
  readonly lastSeq: number
  /** When its late seconds were, as the database writes it; null where there are none. */
  readonly fromAt: string | null
  readonly toAt: string | null
}

interface TouchedLog {
  deviceId: string
  bootId: number
  stretches: readonly Stretch[]
  /** Trips that the cloud found, which may be others now. */
  foundIds: readonly string[]
}

/**
 * Has the digests of all trips made anew whose seconds or ends are among what was touched: by number in the same boot, by time in any. `OFFSET` and `ARRAY`
 * keep the planner from reading all that the device ever drove to join it.
 */
export async function untrueDigests(
  tx: Database,
  { deviceId, bootId, stretches, foundIds }: TouchedLog,
  { nowMs }: { nowMs: number },
): Promise<void> {
  if (stretches.length === 0 && foundIds.length === 0) return
  const column = (of: (stretch: Stretch) => number | string | null) => sql.param(stretches.map(of))
  const touched = sql`
    SELECT DISTINCT * FROM unnest(
      ${column(({ firstSeq }) => firstSeq)}::int8[], ${column(({ lastSeq }) => lastSeq)}::int8[],
      ${column(({ fromAt }) => fromAt)}::text[]::timestamptz[], ${column(({ toAt }) => toAt)}::text[]::timestamptz[]
    ) AS r (first_seq, last_seq, from_at, to_at)`
  await makeDue(
    tx,
    sql`
      t.device_id = ${deviceId} AND t.id = ANY(ARRAY(
        SELECT among.id FROM touched r CROSS JOIN LATERAL (
          SELECT id FROM trips t WHERE t.device_id = ${deviceId} AND t.boot_id = ${bootId}::int8
            AND t.first_seq <= r.last_seq AND t.last_seq >= r.first_seq
          UNION ALL
          SELECT id FROM trips t WHERE t.device_id = ${deviceId} AND ${goesOnWithin(sql`r.from_at`, sql`r.to_at`)}
          OFFSET 0
        ) AS among
        UNION
        SELECT id FROM trips t
        WHERE t.id = ANY(${sql.param([...foundIds])}::text[]) AND NOT EXISTS (SELECT FROM trip_digests d WHERE ${isOfNow})))`,
    { nowMs, touched },
  )
}

/**
 * Has the digests of some ended trips made, or made anew; from now on their seconds are read.
 *
 * @param which picks trips, `t`
 */
export async function makeDue(
  tx: Database,
  which: SQL,
  { nowMs, touched = sql`SELECT` }: { nowMs: number; touched?: SQL },
): Promise<void> {
  const names = sql.raw('device_id, boot_id, first_seq, last_seq, start_at, end_at')
  await tx.execute(sql`
    WITH touched AS MATERIALIZED (${touched})
    INSERT INTO trip_digests (trip_id, ${names}, due_at)
    SELECT id, ${names}, greatest(${new Date(nowMs).toISOString()}::timestamptz, end_at + make_interval(hours => ${settleHours}))
    FROM trips t WHERE version > 0 AND first_seq IS NOT NULL AND last_seq IS NOT NULL AND (${which})
    ORDER BY id
    ON CONFLICT (trip_id) DO UPDATE SET ${sql.raw(
      ['device_id', 'boot_id', 'first_seq', 'last_seq', 'start_at', 'end_at', 'due_at']
        .map((column) => `${column} = excluded.${column}`)
        .join(', '),
    )}, path = NULL, bins = NULL`)
}

/** Takes away all digests that may have seconds of a month (`YYYY-MM`): they do not outlive them. None is made anew once its archive is on record. */
export async function dropDigests(db: Database, month: string): Promise<void> {
  const day = (of: string): SQL => sql`${`${of}-01T00:00:00Z`}::timestamptz`
  const slack = sql`make_interval(hours => ${slackHours})`
  await db.execute(sql`
    DELETE FROM trip_digests
    WHERE start_at < ${day(addMonths(month, 1))} + ${slack} AND end_at >= ${day(month)} - ${slack}`)
}
