import { billingPeriods } from '@fairmile/models/pricing/billing-periods.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows, type Transaction } from '../db/database.ts'
import { lockPolicy, type PricePolicy, termOf } from './price-policy.ts'

const dayMs = 86_400_000
/** A period is billed by itself so many days after its end: most of what comes late has come by then, and what comes later is waived. */
const billingGraceDays = 3
/** Policies looked for at once. */
const batch = 200

interface BillOptions {
  readonly price: PricePolicy
  /** Periods that ended at this moment or before are billed, UTC epoch milliseconds. */
  readonly until: number
}

/**
 * Bills the next period of a policy that is over, in the transaction given.
 *
 * @returns its last day's end, UTC epoch milliseconds; null where none is due
 */
export async function billNextPeriod(
  tx: Transaction,
  policyId: string,
  { price, until }: BillOptions,
): Promise<number | null> {
  const policy = await lockPolicy(tx, policyId)
  const billed = policy.billedUntil === null ? Number.NEGATIVE_INFINITY : Date.parse(policy.billedUntil)
  const due = billingPeriods(termOf(policy)).find(({ endsAt }) => endsAt > billed && endsAt <= until)
  if (!due) return null
  const day = new Date(due.endsAt).toISOString().slice(0, 10)
  await price(tx, policyId, { cause: `period ${day}`, billThrough: due.endsAt })
  return due.endsAt
}

/** Bills every period of a policy that is over, each in a transaction of its own; gives how many. */
export async function billPolicy(db: Database, policyId: string, options: BillOptions): Promise<number> {
  let count = 0
  while ((await db.transaction((tx) => billNextPeriod(tx, policyId, options))) !== null) count += 1
  return count
}

interface BillDueOptions {
  readonly price: PricePolicy
  readonly nowMs: number
  readonly signal?: AbortSignal
  /** Told of a policy that could not be billed; the others are. */
  readonly failed: (policyId: string, error: unknown) => void
}

/** Bills what is due of all policies. A policy that fails waits for the next time. */
export async function billDue(db: Database, { price, nowMs, signal, failed }: BillDueOptions) {
  const until = nowMs - billingGraceDays * dayMs
  const told = { policies: 0, periods: 0, failed: 0 }
  for (let after: string | null = ''; after !== null; ) {
    signal?.throwIfAborted()
    const ids: string[] = await unbilled(db, until, after)
    for (const id of ids) {
      try {
        const count = await billPolicy(db, id, { price, until })
        if (count > 0) told.policies += 1
        told.periods += count
      } catch (error) {
        told.failed += 1
        failed(id, error)
      }
    }
    after = ids.length < batch ? null : (ids.at(-1) ?? null)
  }
  return told
}

/** Policies of which some time before a moment is not billed, by id; the exact periods are the caller's. */
async function unbilled(db: Database, until: number, after: string): Promise<string[]> {
  const day = new Date(until).toISOString().slice(0, 10)
  const rows = await selectRows<{ id: string }>(
    db,
    sql`SELECT id FROM policies
      WHERE coalesce(billed_until, starts_on) <= ends_on AND coalesce(billed_until, starts_on) < ${day}::date
        AND id > ${after}
      ORDER BY id LIMIT ${batch}`,
  )
  return rows.map(({ id }) => id)
}
