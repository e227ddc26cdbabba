import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { periodOf } from './period.ts'
import { percentOf, type ReportBody, tableOf } from './report-table.ts'

/** Days without a word after which a box is silent. */
const silentDays = 7
/** A box whose word came so far from its own time has a clock that is to be looked at, ms: more than a broker ever holds one back. */
const clockApartMs = 60_000

interface QualityFigures {
  km: number
  gradableKm: number
  found: number
  overlapping: number
  overlappingKm: number
  claimed: number
  silent: number
  neverHeard: number
  clockApart: number
}
interface Lost {
  what: 'gap' | 'dead letter'
  reason: string
  devices: number
  count: number
}

/** Makes the report of what came whole and could be judged, and what did not. */
export async function qualityReport(db: Database, month: string): Promise<ReportBody> {
  const { fromAt, untilAt } = periodOf(month)
  const [figures] = await selectRows<QualityFigures & Record<string, unknown>>(
    db,
    sql`
      SELECT driven.*, boxes.*, clocks.* FROM (
        SELECT round(coalesce(sum(distance_m) FILTER (WHERE counts) / 1000, 0)::numeric, 1)::float8 AS km,
          round(coalesce(sum(gradable_m) FILTER (WHERE counts) / 1000, 0)::numeric, 1)::float8 AS "gradableKm",
          (count(*) FILTER (WHERE source = 'cloud'))::int AS found,
          (count(*) FILTER (WHERE NOT counts))::int AS overlapping,
          round(coalesce(sum(distance_m) FILTER (WHERE NOT counts) / 1000, 0)::numeric, 1)::float8 AS "overlappingKm"
        FROM trips, LATERAL (SELECT overlaps_id IS NULL OR policy_id IS NOT NULL AS counts) once
        WHERE start_at >= ${fromAt} AND start_at < ${untilAt} AND end_at IS NOT NULL
      ) driven CROSS JOIN (
        SELECT count(*)::int AS claimed, (count(*) FILTER (WHERE last_seen_at IS NULL))::int AS "neverHeard",
          (count(*) FILTER (WHERE last_seen_at < now() - make_interval(days => ${silentDays}::int)))::int AS silent
        FROM devices WHERE claimed_at IS NOT NULL
      ) boxes CROSS JOIN (
        SELECT count(*)::int AS "clockApart" FROM device_words
        WHERE stream = 'state' AND (word ->> 'online')::boolean
          AND abs(extract(epoch FROM received_at) * 1000 - (word ->> 'at')::float8) > ${clockApartMs}::int
      ) clocks`,
  )
  const lost = await selectRows<Lost & Record<string, unknown>>(
    db,
    sql`
      SELECT 'gap' AS what, reason, count(DISTINCT device_id)::int AS devices, sum(dropped)::float8 AS count
      FROM device_gaps WHERE received_at >= ${fromAt} AND received_at < ${untilAt} GROUP BY reason
      UNION ALL
      SELECT 'dead letter', reason, count(DISTINCT device_id)::int, count(*)::float8
      FROM dead_letters WHERE received_at >= ${fromAt} AND received_at < ${untilAt} GROUP BY reason
      ORDER BY 1 DESC, 4 DESC`,
  )
  return qualityTables(figures, lost)
}

/** The figures, and what was lost by reason. */
function qualityTables(figures: QualityFigures | undefined, lost: readonly Lost[]): ReportBody {
  const rows: [string, number | null][] = figures
    ? [
        ['Kilometres', figures.km],
        ['Kilometres that could not be judged', Math.round((figures.km - figures.gradableKm) * 10) / 10],
        ['Not judged, %', percentOf(figures.km - figures.gradableKm, figures.km)],
        ['Trips found by the cloud, without a record of the car', figures.found],
        ['Trips that count for nobody, as their box was on another at the time', figures.overlapping],
        ['Kilometres of these', figures.overlappingKm],
        ['Claimed boxes', figures.claimed],
        [`Boxes silent for over ${silentDays} days, now`, figures.silent],
        ['Boxes never heard, now', figures.neverHeard],
        ['Boxes whose clock is over a minute off, by their newest word', figures.clockApart],
      ]
    : []
  return {
    tables: [
      tableOf('figures', 'Data quality', {
        columns: { figure: ['Figure', ([n]) => n], value: ['Value', ([, v]) => v] },
        rows,
      }),
      tableOf('lost', 'What was dropped or refused', {
        columns: {
          what: ['What', ({ what }) => what],
          reason: ['Reason', ({ reason }) => reason],
          devices: ['Boxes', ({ devices }) => devices],
          count: ['Records or messages', ({ count }) => count],
        },
        rows: lost,
      }),
    ],
    notes: [
      'Gaps count the records that boxes say they dropped, signed; dead letters the messages that could not be stored, replayed or not.',
      'Silent boxes and clocks are those of the moment at which the report was made.',
    ],
  }
}
