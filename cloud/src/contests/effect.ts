import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { judge, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { termPremium } from '@fairmile/models/pricing/term-premium.ts'
import { credibleRisk } from '@fairmile/models/scoring/credible-risk.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { trips } from '../db/schema/trips.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { termInputs } from '../pricing/term-inputs.ts'
import { tripsInTerm } from '../pricing/trips-in-term.ts'
import { standingOf } from '../risk/score-standing.ts'
import { recentTrips, tripsOfPolicy } from '../trips/ended-trips.ts'
import { corrected, correctionsOf } from '../trips/trip-corrections.ts'
import type { ContestRow } from './settle-contest.ts'

/** What a contested event does were it to count: to the premium of the term to date, minor units, and to the risk, null while kilometres are missing; and both without it. */
export interface Effect {
  premiumMinor: number
  currency: string
  risk: number | null
  without: { premiumMinor: number; risk: number | null }
}

interface Judges {
  readonly model: PricingModel | null
  readonly plans: PlanSource
  readonly nowMs: number
}

/** What a contest is about, in money and points; null without a policy, plan or model, before the trip has ended, and once another policy pays for it. */
export async function effectOf(
  db: Database,
  contest: ContestRow,
  { model, plans, nowMs }: Judges,
): Promise<Effect | null> {
  const policyId = contest.policyId
  if (policyId === null || !model) return null
  const [policy] = await db.select().from(policies).where(eq(policies.id, policyId))
  const plan = policy && (await plans.get(policy.planId, db))
  const counted = await countedTrip(db, contest)
  if (!policy || !plan || !counted) return null
  const inputs = { ...(await termInputs(db, policy, plan)), model, issuedAt: nowMs }
  const premiumOf = (of: readonly ReceiptTrip[]): number =>
    termPremium({ ...inputs, trips: tripsInTerm(of, inputs.term).within }).premiumMinor
  const judgedKmOf = (of: readonly ReceiptTrip[]): number => totalStatistics(of).gradableM / 1000
  const riskOf = (of: readonly ReceiptTrip[]): number =>
    credibleRisk(model.manifest, { margin: judge(of, model).margin, judgedKm: judgedKmOf(of) }).risk
  const ofPolicy = await tripsOfPolicy(db, policyId)
  // Whose policy pays for what another drove pays for its kilometres alone, whatever is ruled.
  const onPolicy = contest.driverId === policy.driverId ? counted : { ...counted, driver: 'other' as const }
  const ofScore = { driverId: contest.driverId, days: standardPeriodDays }
  const recent = await recentTrips(db, ofScore)
  // By the rule of scores, which may be of other days with the trip, or not of the trip.
  const recentWith = await recentTrips(db, { ...ofScore, withTrip: counted.id })
  const others = (of: readonly ReceiptTrip[]) => of.filter(({ id }) => id !== counted.id)
  const without = premiumOf(ofPolicy)
  const { status } = await standingOf(db, { driverId: contest.driverId, judgedKm: judgedKmOf(recent) })
  const riskWithout = status === 'scored' ? riskOf(recent) : null
  const riskWith =
    status === 'scored' ? riskOf(recentWith.map((trip) => (trip.id === counted.id ? counted : trip))) : null
  return {
    premiumMinor: premiumOf([...others(ofPolicy), onPolicy]) - without,
    currency: plan.currency,
    risk: riskWith === null || riskWithout === null ? null : riskWith - riskWithout,
    without: { premiumMinor: without, risk: riskWithout },
  }
}

/** The trip as it would count without the contest, on its policy: what it is to another is not known here. */
async function countedTrip(db: Database, { id: without, tripId, policyId }: ContestRow): Promise<ReceiptTrip | null> {
  const [row] = await db.select().from(trips).where(eq(trips.id, tripId))
  if (row?.policyId !== policyId) return null
  const own = row?.carStatistics ?? row?.statistics
  if (!row.endAt || !own || row.thresholdsHash === null) return null
  const corrections = await correctionsOf(db, { tripId, driverId: row.driverId, without })
  return {
    ...{ id: row.id, startAt: row.startAt.getTime(), endAt: row.endAt.getTime(), thresholdsHash: row.thresholdsHash },
    statistics: corrected(own, corrections),
  }
}
