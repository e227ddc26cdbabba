import type { RescoreDrivers } from '@fairmile/contract/http/bulk.ts'
import { sql } from 'drizzle-orm'
import { driversThatMatch } from '../admin/list-drivers.ts'
import { selectRows } from '../db/database.ts'
import { createRiskJob } from '../risk/batch/jobs.ts'
import { newestShown } from '../risk/score-standing.ts'
import type { JobWork } from './bulk-work.ts'

type Row = { id: string; name: string; safetyScore: number | null; insured: boolean }

/** Drivers whose scores are stored together. */
const batchSize = 100

/** Scores drivers anew by a batch job. What they were seen with is no condition: whatever is newest then is what counts. */
export function rescoreDrivers({ now = Date.now }: { now?: () => number } = {}): JobWork<RescoreDrivers> {
  return {
    async select(db, { drivers, periodDays }, { max }) {
      const chosen =
        'ids' in drivers
          ? sql`d.id = ANY (${sql.param(drivers.ids)}::text[])`
          : sql`d.id IN (${driversThatMatch(drivers.filter, now())})`
      const rows = await selectRows<Row>(
        db,
        sql`
          SELECT d.id, d.name, round((100 - s.risk)::numeric, 1)::float8 AS "safetyScore", EXISTS (
            SELECT FROM trips t WHERE t.driver_id = d.id AND t.policy_id IS NOT NULL AND t.end_at IS NOT NULL
          ) AS insured
          FROM drivers d
          LEFT JOIN LATERAL ${newestShown(sql`d.id`)} s ON true
          WHERE ${chosen} ORDER BY d.id LIMIT ${max}`,
      )
      return rows.map(({ id, name, safetyScore, insured }) => ({
        ...{ id, label: name, version: '' },
        change: `${safetyScore === null ? 'no score yet' : `safety score ${safetyScore}`}: anew from ${periodDays} days`,
        warning: insured ? null : 'no trip of theirs is insured',
      }))
    },
    async begin(tx, { periodDays }, { ids: driverIds, by: requestedBy }) {
      return (await createRiskJob(tx, { driverIds, periodDays, batchSize, requestedBy })).id
    },
  }
}
