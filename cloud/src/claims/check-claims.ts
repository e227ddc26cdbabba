import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'
import { type ClaimProblem, maxProblems, type ToldClaim } from './told-claim.ts'

/** What the database has of a row that does not go with it. */
interface Found {
  line: number
  policyId: string
  isKnown: boolean
  startsOn: string | null
  endsOn: string | null
  /** No day: it was voided before it began. */
  isVoided: boolean
  /** The loss is of no day of the term; the policy after it, if any. */
  isOutside: boolean
  nextId: string | null
  planId: string | null
  /** Null where the plan is not in the database. */
  currency: string | null
  otherCurrency: boolean
  coverages: string | null
  notCovered: boolean
}

/** Compares claims with policies and plans, all at once: what does not go with them. What is null is passed over. */
export async function checkClaims(db: Database, claims: readonly ToldClaim[]): Promise<ClaimProblem[]> {
  const told = rowsAs('told', claims, {
    line: ['int4', ({ line }) => line],
    policy_id: ['text', ({ policyId }) => policyId],
    coverage: ['text', ({ coverage }) => coverage],
    occurred_on: ['text', ({ occurredOn }) => occurredOn],
    currency: ['text', ({ currency }) => currency],
  })
  const rows = await selectRows<Found & Record<string, unknown>>(
    db,
    sql`
      WITH plans AS MATERIALIZED (
        SELECT id, body::jsonb ->> 'currency' AS currency,
          ARRAY(SELECT one ->> 'name' FROM jsonb_array_elements(body::jsonb -> 'coverages') AS one) AS coverages
        FROM rating_plans
      ), compared AS (
        SELECT told.line, told.policy_id, p.id IS NOT NULL AS known, p.starts_on, p.ends_on, p.state, p.plan_id,
          NOT coalesce(told.occurred_on::date BETWEEN p.starts_on AND p.ends_on, true) AS outside,
          plans.currency, plans.coverages, coalesce(told.currency <> plans.currency, false) AS other_currency,
          coalesce(told.coverage <> ALL (plans.coverages), false) AS not_covered
        FROM ${told} LEFT JOIN policies p ON p.id = told.policy_id LEFT JOIN plans ON plans.id = p.plan_id
        WHERE told.policy_id IS NOT NULL
      )
      SELECT c.line, c.policy_id AS "policyId", c.known AS "isKnown", c.starts_on::text AS "startsOn", c.ends_on::text AS "endsOn",
        c.state IS NOT DISTINCT FROM 'voided' AS "isVoided", c.outside AS "isOutside", next.id AS "nextId",
        c.plan_id AS "planId", c.currency, c.other_currency AS "otherCurrency",
        array_to_string(c.coverages, ', ') AS coverages, c.not_covered AS "notCovered"
      FROM compared c LEFT JOIN policies next ON next.follows = c.policy_id AND next.state <> 'voided'
      WHERE NOT c.known OR c.currency IS NULL OR c.outside OR c.other_currency OR c.not_covered
      ORDER BY c.line LIMIT ${maxProblems + 1}`,
  )
  return rows.flatMap(problemsOf)
}

function problemsOf(found: Found): ClaimProblem[] {
  const { line, policyId, isKnown, planId, currency } = found
  if (!isKnown)
    return [{ line, column: 'policy_id', problem: `There is no policy ${policyId}: give the id it has here` }]
  const problems: ClaimProblem[] = []
  const add = (column: ClaimProblem['column'], problem: string) => problems.push({ line, column, problem })
  if (found.isOutside) add('occurred_on', outside(found))
  if (currency === null)
    add('policy_id', `The plan of ${policyId}, ${planId}, is not in the database: bring it there first (plans submit)`)
  if (found.otherCurrency) add('currency', `The plan of ${policyId}, ${planId}, is in ${currency}: convert the amounts`)
  if (found.notCovered)
    add('coverage', `The plan of ${policyId}, ${planId}, has no such coverage: it has ${found.coverages}`)
  return problems
}

function outside({ policyId, isVoided, startsOn, endsOn, nextId }: Found): string {
  if (isVoided) return `The policy ${policyId} was voided before it began: name the one that covers the day`
  const next = nextId === null ? '' : `; ${nextId} follows it`
  return `The policy ${policyId} is from ${startsOn} to ${endsOn}: name the one that covers the day${next}`
}
