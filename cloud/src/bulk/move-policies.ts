import type { MovePolicies } from '@fairmile/contract/http/bulk.ts'
import type { Rated } from '@fairmile/contract/rating-plan.ts'
import { type SQL, sql } from 'drizzle-orm'
import { tagOf } from '../cache/tags.ts'
import { type Database, selectRows } from '../db/database.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { planProblem } from '../plans/plan-problem.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import type { EachWork, Selected } from './bulk-work.ts'

type Row = {
  id: string
  driver: string
  vehicle: string
  planId: string
  endsOn: string
  renewsOn: string
  rated: Rated
  active: boolean
  renewalId: string | null
  renewalPlan: string | null
  /** The renewal has begun or has a price. */
  renewalStands: boolean
}

interface MoveOptions {
  readonly plans: PlanSource
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
}

/** Has policies go on under another plan: their renewal is written, or one that was written and has not begun is moved. */
export function movePolicies({ plans, now = Date.now }: MoveOptions): EachWork<MovePolicies> {
  return {
    async select(db, { policies, toPlan }, { max, only }) {
      const today = sql`${new Date(now()).toISOString().slice(0, 10)}::date`
      const chosen =
        'ids' in policies
          ? sql`p.id = ANY (${sql.param(policies.ids)}::text[])`
          : sql`p.plan_id = ${policies.plan} AND p.starts_on <= ${today} AND p.ends_on BETWEEN ${today} AND ${today} + ${policies.endsWithin}::int`
      const one = only === undefined ? sql`` : sql`AND p.id = ${only}`
      const rows = await rowsOf(db, { where: sql`${chosen} ${one}`, today, max })
      const problems = new Map<string, Promise<string | null>>()
      const problemOf = ({ renewsOn, rated }: Row): Promise<string | null> => {
        const key = `${renewsOn} ${JSON.stringify(rated)}`
        const asked =
          problems.get(key) ??
          planProblem(db, plans, { planId: toPlan, startsOn: renewsOn, rated }).then((found) => found?.message ?? null)
        problems.set(key, asked)
        return asked
      }
      const things: Selected[] = []
      for (const row of rows) things.push(thingOf(row, toPlan, await problemOf(row)))
      return things
    },
    apply: (db, { toPlan }, { id }) => renewUnder(db, id, toPlan),
  }
}

const rowsOf = (db: Database, { where, today, max }: { where: SQL; today: SQL; max: number }) =>
  selectRows<Row>(
    db,
    sql`
      SELECT p.id, d.name AS driver, v.name AS vehicle, p.plan_id AS "planId", p.ends_on::text AS "endsOn", p.rated,
        (p.ends_on + 1)::text AS "renewsOn", p.starts_on <= ${today} AND p.ends_on >= ${today} AS active,
        r.id AS "renewalId", r.plan_id AS "renewalPlan",
        coalesce(r.starts_on <= ${today} OR EXISTS (SELECT FROM premiums m WHERE m.policy_id = r.id), false) AS "renewalStands"
      FROM policies p JOIN drivers d ON d.id = p.driver_id JOIN vehicles v ON v.id = p.vehicle_id
      LEFT JOIN LATERAL (
        SELECT id, plan_id, starts_on FROM policies next
        WHERE next.driver_id = p.driver_id AND next.vehicle_id = p.vehicle_id AND next.starts_on = p.ends_on + 1
          AND next.state <> 'voided'
        ORDER BY id LIMIT 1
      ) r ON true
      WHERE ${where} ORDER BY p.id LIMIT ${max}`,
  )

function thingOf(row: Row, toPlan: string, problem: string | null): Selected {
  const { id, driver, vehicle, planId, endsOn, renewsOn, rated, active, renewalId, renewalPlan, renewalStands } = row
  const warning = !active
    ? 'the policy is not active'
    : renewalPlan === toPlan || (renewalId === null && planId === toPlan)
      ? `it renews under ${toPlan} already`
      : renewalStands
        ? 'its renewal has begun or has a price'
        : problem
  return {
    ...{ id, warning, label: `${driver}, ${vehicle}` },
    change: `${planId} until ${endsOn}, ${toPlan} from ${renewsOn}`,
    version: JSON.stringify([planId, endsOn, rated, renewalId, renewalPlan]),
  }
}

/** Writes the renewal of a policy, or moves the one there is. The term is as long as the one before. */
function renewUnder(db: Database, policyId: string, toPlan: string) {
  return db.transaction(async (tx) => {
    const [policy] = await selectRows<{ driverId: string }>(
      tx,
      sql`SELECT driver_id AS "driverId" FROM policies WHERE id = ${policyId} FOR UPDATE`,
    )
    if (!policy) return { state: 'skipped' as const, detail: 'it is there no more' }
    const [moved] = await selectRows<{ id: string }>(
      tx,
      sql`
        UPDATE policies next SET plan_id = ${toPlan} FROM policies p
        WHERE p.id = ${policyId} AND next.driver_id = p.driver_id AND next.vehicle_id = p.vehicle_id
          AND next.starts_on = p.ends_on + 1 AND next.state <> 'voided'
        RETURNING next.id`,
    )
    const id = moved?.id ?? drawPublicId('POL')
    if (!moved)
      await tx.execute(sql`
        INSERT INTO policies (id, driver_id, vehicle_id, plan_id, starts_on, ends_on, rated)
        SELECT ${id}, driver_id, vehicle_id, ${toPlan}, ends_on + 1,
          CASE WHEN starts_on + interval '1 year' = ends_on + 1 THEN (ends_on + interval '1 year')::date
            ELSE ends_on + (ends_on - starts_on + 1) END, rated
        FROM policies WHERE id = ${policyId}`)
    return { state: 'done' as const, detail: `renews as ${id}`, tags: [tagOf.driver(policy.driverId), tagOf.drivers] }
  })
}
