import type { OpenedColumns } from '@fairmile/contract/batch.ts'
import { dequantize } from '@fairmile/contract/columns/quantize.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'

/** Rows of one statement: arrays of this length are some megabytes on both sides. */
const maxRows = 20_000

/** Telematics events of one device and boot. */
export interface TelematicsRows {
  deviceId: string
  boot: number
  records: readonly TelematicsEvent[]
}

/** The events of a batch that came by column. */
export const eventsOf = ({
  firstSeq,
  lastSeq,
  columns,
}: Pick<OpenedColumns, 'firstSeq' | 'lastSeq' | 'columns'>): TelematicsEvent[] =>
  Array.from({ length: lastSeq - firstSeq + 1 }, (_, row) =>
    dequantize(
      firstSeq + row,
      columns.map((column) => column[row] ?? null),
    ),
  )

/** Columns after the key, with the field that fills each and its type. */
const columns = [
  ['lat', 'lat', 'float8'],
  ['lon', 'lon', 'float8'],
  ['alt_m', 'altM', 'real'],
  ['speed_mps', 'speedMps', 'real'],
  ['heading_deg', 'headingDeg', 'real'],
  ['hdop', 'hdop', 'real'],
  ['a_long_min', 'aLongMin', 'real'],
  ['a_long_max', 'aLongMax', 'real'],
  ['a_lat_min', 'aLatMin', 'real'],
  ['a_lat_max', 'aLatMax', 'real'],
  ['a_vert_rms', 'aVertRms', 'real'],
  ['yaw_rate_max', 'yawRateMax', 'real'],
  ['limit_kmh', 'limitKmh', 'real'],
  ['live_risk', 'liveRisk', 'real'],
  ['quality', 'quality', 'int2'],
] as const satisfies readonly (readonly [string, keyof TelematicsEvent, string])[]

/**
 * Inserts telematics events column by column (`INSERT … SELECT FROM unnest`): one statement with few values, whatever
 * the number of rows. Rows that are there already stay as they are. Their months must have partitions.
 */
export async function insertTelematics(tx: Database, batches: readonly TelematicsRows[]): Promise<void> {
  const rows = batches.flatMap(({ deviceId, boot, records }) => records.map((event) => ({ deviceId, boot, event })))
  for (let at = 0; at < rows.length; at += maxRows) await insertRows(tx, rows.slice(at, at + maxRows))
}

async function insertRows(
  tx: Database,
  rows: readonly { deviceId: string; boot: number; event: TelematicsEvent }[],
): Promise<void> {
  const names = sql.raw(columns.map(([name]) => name).join(', '))
  const values = columns.map(([name, field, type]) => [
    name,
    [type, ({ event }: (typeof rows)[number]) => event[field]] as const,
  ])
  const table = rowsAs('rows', rows, {
    device_id: ['text', ({ deviceId }) => deviceId],
    boot_id: ['int8', ({ boot }) => boot],
    seq: ['int8', ({ event }) => event.seq],
    at_ms: ['float8', ({ event }) => event.at],
    ...Object.fromEntries(values),
  })
  await tx.execute(sql`
    INSERT INTO telematics_events (device_id, boot_id, seq, at, ${names})
    SELECT device_id, boot_id, seq, to_timestamp(at_ms / 1000), ${names} FROM ${table}
    ON CONFLICT DO NOTHING`)
}
