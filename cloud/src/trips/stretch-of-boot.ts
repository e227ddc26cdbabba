import { type SQL, sql } from 'drizzle-orm'

/** A boot's seconds from one number to another, both included. */
export interface BootStretch {
  deviceId: string
  bootId: number
  firstSeq: number
  lastSeq: number
}

/** Says in SQL which of `telematics_events` they are. */
export const inStretch = ({ deviceId, bootId, firstSeq, lastSeq }: BootStretch): SQL =>
  sql`device_id = ${deviceId} AND boot_id = ${bootId} AND seq BETWEEN ${firstSeq} AND ${lastSeq}`

/** One row: when such seconds began and ended, `from_at` and `to_at`. Read by number, as an index has them. */
export const timesOf = (stretch: SQL): SQL => sql`
  SELECT
    (SELECT at FROM telematics_events WHERE ${stretch} ORDER BY seq LIMIT 1) AS from_at,
    (SELECT at FROM telematics_events WHERE ${stretch} ORDER BY seq DESC LIMIT 1) AS to_at`
