import { pendingStates } from '@fairmile/contract/contest.ts'
import { billingPeriods } from '@fairmile/models/pricing/billing-periods.ts'
import { and, desc, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm'
import { type Database, selectRows, type Transaction } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import { trips } from '../db/schema/trips.ts'
import { ProblemError } from '../http/problem.ts'
import { lockPolicy, type PricePolicy } from './price-policy.ts'
import { termOf } from './term-of.ts'

const dayMs = 86_400_000
/** A period is billed by itself so many days after its end: most of what comes late has come by then, and what comes later is waived. */
const billingGraceDays = 3
/** Policies looked for at once. */
const batch = 200

/** Periods of a policy that are billed at one go, at most. */
export const billedAtOnce = 24

interface BillOptions {
  readonly price: PricePolicy
  /** Periods that ended at this moment or before are billed, UTC epoch milliseconds. */
  readonly until: number
  /** Wall clock, UTC epoch milliseconds. @default `until` */
  readonly nowMs?: number
}

/** What puts a bill off: a contest of a trip of the period, pending until a moment at most. */
interface PutOff {
  readonly contestId: string
  readonly ruleBy: Date
  /** The end of the period, UTC epoch milliseconds. */
  readonly endsAt: number
}

/**
 * Bills the next period of a policy that is over, in the transaction given. While a contest of one of its trips is pending it waits, so that no
 * event is left out of a bill by being contested for as long as that takes; at the latest until silence decides.
 *
 * @returns the period's end, UTC epoch milliseconds, null where none was billed; and what puts it off
 * @throws ProblemError `conflict` where a trip of the period is contested meanwhile
 */
export async function billNextPeriod(
  tx: Transaction,
  policyId: string,
  { price, until, nowMs = until }: BillOptions,
): Promise<{ billed: number | null; putOff: PutOff | null }> {
  const policy = await lockPolicy(tx, policyId)
  const billed = policy.billedUntil === null ? Number.NEGATIVE_INFINITY : Date.parse(policy.billedUntil)
  const due = billingPeriods(termOf(policy)).find(({ endsAt }) => endsAt > billed && endsAt <= until)
  if (!due) return { billed: null, putOff: null }
  const { endsAt } = due
  const from = Math.max(billed, termOf(policy).startsAt)
  const pending = () => pendingContest(tx, policyId, { from, endsAt, nowMs })
  const putOff = await pending()
  if (putOff) return { billed: null, putOff }
  const day = new Date(endsAt).toISOString().slice(0, 10)
  await price(tx, policyId, { cause: `period ${day}`, billThrough: endsAt })
  const meanwhile = await pending()
  if (meanwhile) throw new ProblemError('conflict', putOffWords(meanwhile))
  return { billed: endsAt, putOff: null }
}

/** Why a bill waits, in words. */
export function putOffWords({ contestId, ruleBy, endsAt }: PutOff): string {
  const last = new Date(endsAt - dayMs).toISOString().slice(0, 10)
  return `The period to ${last} is not billed yet: contest "${contestId}" of a trip in it is pending, until ${ruleBy.toISOString()} at the latest.`
}

/** The contest of a trip that began in a time whose ruling takes longest, of those that may still be ruled on. */
async function pendingContest(
  tx: Transaction,
  policyId: string,
  { from, endsAt, nowMs }: { from: number; endsAt: number; nowMs: number },
): Promise<PutOff | null> {
  const { id: contestId, ruleBy, tripId, state } = contests
  const [row] = await tx
    .select({ contestId, ruleBy })
    .from(trips)
    .innerJoin(contests, eq(tripId, trips.id))
    .where(
      and(
        ...[eq(trips.policyId, policyId), gte(trips.startAt, new Date(from)), lt(trips.startAt, new Date(endsAt))],
        ...[inArray(state, [...pendingStates]), gt(ruleBy, new Date(nowMs))],
      ),
    )
    .orderBy(desc(ruleBy), contestId)
    .limit(1)
  return row ? { ...row, endsAt } : null
}

/** Bills periods of a policy that are over, each in a transaction of its own: how many, whether there are more than are billed at one go, and what puts the next one off. */
export async function billPolicy(
  db: Database,
  policyId: string,
  options: BillOptions,
): Promise<{ periods: number; more: boolean; putOff: PutOff | null }> {
  for (let periods = 0; periods < billedAtOnce; periods++) {
    const { billed, putOff } = await db.transaction((tx) => billNextPeriod(tx, policyId, options))
    if (billed === null) return { periods, more: false, putOff }
  }
  return { periods: billedAtOnce, more: true, putOff: null }
}

interface BillDueOptions {
  readonly price: PricePolicy
  readonly nowMs: number
  readonly signal?: AbortSignal
  /** Told of a policy that could not be billed; the others are. */
  readonly failed: (policyId: string, error: unknown) => void
  /** Told of a policy whose next bill waits, and why. */
  readonly waits?: (policyId: string, why: string) => void
}

/** Bills what is due of all policies. A policy that fails, or whose bill is put off, waits for the next time. */
export async function billDue(db: Database, { price, nowMs, signal, failed, waits }: BillDueOptions) {
  const until = nowMs - billingGraceDays * dayMs
  const told = { policies: 0, periods: 0, putOff: 0, failed: 0 }
  for (let after: string | null = ''; after !== null; ) {
    const ids: string[] = await unbilled(db, until, after)
    for (const id of ids) {
      try {
        for (let [more, isFirst] = [true, true]; more; isFirst = false) {
          signal?.throwIfAborted()
          const step = await billPolicy(db, id, { price, until, nowMs })
          if (isFirst && step.periods > 0) told.policies += 1
          told.periods += step.periods
          more = step.more
          if (step.putOff) {
            told.putOff += 1
            waits?.(id, putOffWords(step.putOff))
          }
        }
      } catch (error) {
        if (signal?.aborted) throw error
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
