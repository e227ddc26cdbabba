import { createHash } from 'node:crypto'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { rejudge } from '@fairmile/models/events/rejudge.ts'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/** Days that agreement is told of. */
const agreementDays = 30
/** Events that are judged anew, the newest: a twentieth of a millisecond each, but 20 kB of trace. */
const maxEvents = 2_000
/** Rows of one read. */
const pageRows = 250

/** What became of the comparison of events with their traces. */
export interface Agreement {
  days: number
  /** Events that could be compared, and those whose trace says what the car said. */
  compared: number
  agreeing: number
  /** Of those compared; null where there are none. */
  share: number | null
  /** Events that differ, by what differs (an event may differ in more than one). */
  differing: Record<string, number>
  /** Events that could not be compared, by reason. */
  notCompared: Record<string, number>
}

interface EventRow extends Record<string, unknown> {
  id: string
  kind: DrivingEvent['kind']
  band: DrivingEvent['band']
  peak: number
  durationMs: number
  trace: DrivingEvent['trace']
  thresholdsHash: string | null
  countedBefore: boolean
}

/** Judges the newest events anew from their traces, by the code that judged them in the car, and compares. */
export async function measureAgreement(
  db: Database,
  { days = agreementDays, now = Date.now() } = {},
): Promise<Agreement> {
  const found: Agreement = { days, compared: 0, agreeing: 0, share: null, differing: {}, notCompared: {} }
  const ours = thresholdsHash(thresholds, (text) => createHash('sha256').update(text).digest('hex'))
  const since = new Date(now - days * 86_400_000).toISOString()
  for (let offset = 0; offset < maxEvents; offset += pageRows) {
    const rows = await selectRows<EventRow>(db, newestEvents(since, offset))
    for (const row of rows) compare(row, ours, found)
    if (rows.length < pageRows) break
  }
  if (found.compared > 0) found.share = found.agreeing / found.compared
  return found
}

function compare(row: EventRow, ours: string, found: Agreement): void {
  const judged = rejudge(row, { thresholds, countedBefore: row.countedBefore })
  // A trip that has not ended has not said yet by what thresholds it is judged.
  const isOther = row.thresholdsHash !== null && row.thresholdsHash !== ours
  if (!judged.compared || isOther) {
    count(found.notCompared, judged.compared ? 'other_thresholds' : judged.why)
    return
  }
  found.compared++
  if (judged.differs.length === 0) found.agreeing++
  for (const difference of judged.differs) count(found.differing, difference)
}

function count(counts: Record<string, number>, of: string): void {
  counts[of] = (counts[of] ?? 0) + 1
}

const newestEvents = (since: string, offset: number) => sql`
  SELECT e.id, e.kind, e.band, e.peak, e.trace, t.thresholds_hash AS "thresholdsHash",
    (extract(epoch FROM e.end_at - e.start_at) * 1000)::float8 AS "durationMs",
    EXISTS (
      SELECT FROM driving_events c
      WHERE c.device_id = e.device_id AND c.kind = e.kind AND c.band = 'count' AND c.start_at < e.start_at
        AND c.start_at > e.start_at - make_interval(secs => ${thresholds.countOnceMs / 1000}::float8)
    ) AS "countedBefore"
  FROM driving_events e LEFT JOIN trips t ON t.id = e.trip_id AND t.device_id = e.device_id
  WHERE e.start_at >= ${since}::timestamptz
  ORDER BY e.start_at DESC, e.id DESC
  LIMIT ${pageRows} OFFSET ${offset}`
