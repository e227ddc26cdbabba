import type { MovePolicies } from '@fairmile/contract/http/bulk.ts'
import type { Rated } from '@fairmile/contract/rating-plan.ts'
import { eq, type SQL, sql } from 'drizzle-orm'
import { handsOf } from '../auth/hands.ts'
import { tagOf } from '../cache/tags.ts'
import { type Database, selectRows } from '../db/database.ts'
import { users } from '../db/schema/people.ts'
import { planProblem } from '../plans/plan-problem.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { renewUnder } from '../pricing/renew-policy.ts'
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
  /** Its driver may be at the log-in of who asks. */
  own: boolean
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

/** Has policies go on under a plan, another or the same, but never those of who asks: their next term is bound, and one that is bound under another and has not begun is voided. */
export function movePolicies({ plans, now = Date.now }: MoveOptions): EachWork<MovePolicies> {
  return {
    async select(db, { policies, toPlan }, { by, max, only }) {
      const today = sql`${new Date(now()).toISOString().slice(0, 10)}::date`
      const chosen =
        'ids' in policies
          ? sql`p.id = ANY (${sql.param(policies.ids)}::text[])`
          : sql`p.plan_id = ${policies.plan} AND p.starts_on <= ${today} AND p.ends_on BETWEEN ${today} AND ${today} + ${policies.endsWithin}::int`
      const one = only === undefined ? sql`` : sql`AND p.id = ${only}`
      const rows = await rowsOf(db, {
        where: sql`${chosen} ${one}`,
        today,
        max,
        hands: await handsOf(db, await userOf(db, by)),
      })
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
    async apply(db, { toPlan }, { id: policyId }, { by }) {
      const options = { plans, by: await userOf(db, by), nowMs: now() }
      const { id, driverId } = await renewUnder(db, policyId, toPlan, options)
      return { state: 'done', detail: `renews as ${id}`, tags: [tagOf.driver(driverId), tagOf.drivers] }
    },
  }
}

interface Choice {
  where: SQL
  today: SQL
  max: number
  /** Users who may be at the log-in of who asks. */
  hands: string[]
}

const rowsOf = (db: Database, { where, today, max, hands }: Choice) =>
  selectRows<Row>(
    db,
    sql`
      SELECT p.id, d.name AS driver, v.name AS vehicle, p.plan_id AS "planId", p.ends_on::text AS "endsOn", p.rated,
        (p.ends_on + 1)::text AS "renewsOn",
        p.starts_on <= ${today} AND p.ends_on >= ${today} AND p.state IN ('active', 'renewed') AS active,
        EXISTS (SELECT FROM users u WHERE u.driver_id = p.driver_id AND u.id = ANY (${sql.param(hands)}::text[])) AS own,
        r.id AS "renewalId", r.plan_id AS "renewalPlan",
        coalesce(r.starts_on <= ${today} OR EXISTS (SELECT FROM premiums m WHERE m.policy_id = r.id), false) AS "renewalStands"
      FROM policies p JOIN drivers d ON d.id = p.driver_id JOIN vehicles v ON v.id = p.vehicle_id
      LEFT JOIN policies r ON r.follows = p.id AND r.state <> 'voided'
      WHERE ${where} ORDER BY p.id LIMIT ${max}`,
  )

function thingOf(row: Row, toPlan: string, problem: string | null): Selected {
  const { id, driver, vehicle, planId, endsOn, renewsOn, rated, active, own, renewalId, renewalPlan, renewalStands } =
    row
  const warning = !active
    ? 'the policy is not active'
    : own
      ? 'its driver may be at this log-in'
      : renewalPlan === toPlan
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

/** The id of an admin, who a preview names by their e-mail address. */
async function userOf(db: Database, email: string): Promise<string> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  return user?.id ?? email
}
