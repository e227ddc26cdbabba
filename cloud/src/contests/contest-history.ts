import type { ContestDetail, ScoreAndPremium } from '@fairmile/contract/http/contests.ts'
import { and, asc, desc, eq, gte, inArray, lt, type SQL, sum } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { premiumEntries } from '../db/schema/ledger.ts'
import { premiums, scores } from '../db/schema/pricing.ts'
import { countingScores, standingOf } from '../risk/score-standing.ts'
import type { ContestRow } from './settle-contest.ts'

/**
 * Score and premium before a contest, with the event suspended, and after the ruling: by the numbers of the domain events that these versions
 * were asked for by, which grow in the order of a driver; and what was given back with them.
 */
export async function contestHistory(
  db: Database,
  { driverId, policyId, suspendedBy, settledBy }: ContestRow,
): Promise<Pick<ContestDetail, 'before' | 'suspended' | 'after' | 'givenBackMinor'>> {
  const { eventId: scored } = scores
  const { eventId: priced } = premiums
  const whose = { driverId, policyId }
  const from = async (first: number | null, end: number | null): Promise<ScoreAndPremium | null> => {
    if (first === null) return null
    const until = (column: typeof scored | typeof priced) => (end === null ? undefined : lt(column, end))
    return oldest(db, whose, [and(gte(scored, first), until(scored)), and(gte(priced, first), until(priced))])
  }
  const [beforeScore, beforePremium] =
    suspendedBy === null ? [undefined, undefined] : [lt(scored, suspendedBy), lt(priced, suspendedBy)]
  const suspended = await from(suspendedBy, settledBy)
  const after = await from(settledBy, null)
  return {
    before: await newest(db, whose, [beforeScore, beforePremium]),
    ...{ suspended, after, givenBackMinor: await givenBack(db, policyId, [suspended, after]) },
  }
}

/** The refunds of the receipts of these versions, minor units; null where there is no receipt. */
async function givenBack(
  db: Database,
  policyId: string | null,
  versions: readonly (ScoreAndPremium | null)[],
): Promise<number | null> {
  const receiptIds = versions.flatMap((version) => version?.premium?.receiptId ?? [])
  if (policyId === null || receiptIds.length === 0) return null
  const { amountMinor, kind, receiptId } = premiumEntries
  const [row] = await db
    .select({ minor: sum(amountMinor).mapWith(Number) })
    .from(premiumEntries)
    .where(and(eq(premiumEntries.policyId, policyId), inArray(receiptId, receiptIds), eq(kind, 'refund')))
  return 0 - (row?.minor ?? 0)
}

interface Whose {
  driverId: string
  policyId: string | null
}
type Which = readonly [score: SQL | undefined, premium: SQL | undefined]

const oldest = (db: Database, whose: Whose, which: Which) => versionsBy(db, whose, which, asc)
const newest = (db: Database, whose: Whose, which: Which) => versionsBy(db, whose, which, desc)

async function versionsBy(
  db: Database,
  { driverId, policyId }: Whose,
  [ofScore, ofPremium]: Which,
  order: typeof asc,
): Promise<ScoreAndPremium> {
  const [score] = await db
    .select({
      version: scores.version,
      risk: scores.risk,
      judgedKm: scores.judgedKm,
      calculatedAt: scores.calculatedAt,
    })
    .from(scores)
    .where(and(countingScores(driverId), ofScore))
    .orderBy(order(scores.version))
    .limit(1)
  const { version, premiumMinor, currency, receiptId, calculatedAt } = premiums
  const [premium] = await db
    .select({ version, premiumMinor, currency, receiptId, calculatedAt })
    .from(premiums)
    .where(and(eq(premiums.policyId, policyId ?? ''), ofPremium))
    .orderBy(order(version))
    .limit(1)
  return {
    score: score ? await shownScore(db, { ...score, driverId }) : null,
    premium: premium ? { ...premium, calculatedAt: premium.calculatedAt.toISOString() } : null,
  }
}

/** A score without a number where kilometres are missing. */
async function shownScore(
  db: Database,
  {
    driverId,
    version,
    risk,
    judgedKm,
    calculatedAt,
  }: Pick<typeof scores.$inferSelect, 'driverId' | 'version' | 'risk' | 'judgedKm' | 'calculatedAt'>,
): Promise<ScoreAndPremium['score']> {
  const { status } = await standingOf(db, { driverId, judgedKm })
  return { version, risk: status === 'scored' ? risk : null, calculatedAt: calculatedAt.toISOString() }
}
