import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { type Exposure, exposureOf } from '@fairmile/models/pricing/exposure.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import { judge } from '@fairmile/models/pricing/receipt.ts'
import { coverageSlopes, portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import { desc } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { scores } from '../db/schema/pricing.ts'
import { ProblemError } from '../http/problem.ts'
import { countingScores } from '../risk/score-standing.ts'
import { recentTrips } from '../trips/ended-trips.ts'
import type { LiveModel } from './price-policy.ts'

/** How somebody drives, as a plan sees it. */
export interface DriverBehaviour {
  readonly driverId: string
  readonly scoreVersion: number
  /** Of the model, and of its portfolio; natural logs. */
  readonly margin: number
  readonly baseMargin: number
  readonly coverageSlopes: Readonly<Record<string, number>> | undefined
  /** Of the trips that the score is of. */
  readonly exposure: Exposure
}

interface Asked {
  readonly driverId: string
  readonly plan: RatingPlan
  readonly rated?: Rated | undefined
  readonly model: LiveModel | null
}

/**
 * A driver's newest score, and the exposure of its trips by a plan; null before the first score.
 *
 * @throws ProblemError `unavailable` where the plan hides features from the model, so that it has to be asked anew, and there is none
 */
export async function driverBehaviour(
  db: Database,
  { driverId, plan, rated, model }: Asked,
): Promise<DriverBehaviour | null> {
  const { version, margin, relativity, periodDays, modelHash } = scores
  const [score] = await db
    .select({ version, margin, relativity, periodDays, modelHash })
    .from(scores)
    .where(countingScores(driverId))
    .orderBy(desc(version))
    .limit(1)
  if (!score) return null
  const trips = await recentTrips(db, { driverId, days: score.periodDays })
  const of = { driverId, scoreVersion: score.version, exposure: exposureOf(trips, plan, rated) }
  const slopes = model ? coverageSlopes(model.manifest) : undefined
  const { hidden } = ratingTerms(plan, rated)
  if (hidden.size === 0) {
    const baseMargin = score.margin - Math.log(score.relativity)
    const coverage = model?.modelHash === score.modelHash ? slopes : undefined
    return { ...of, margin: score.margin, baseMargin, coverageSlopes: coverage }
  }
  if (!model)
    throw new ProblemError('unavailable', 'No driver model is open, and the plan shows it less than the score.')
  const judged = judge(trips, model, hidden)
  return { ...of, margin: judged.margin, baseMargin: portfolioMargin(model.manifest), coverageSlopes: slopes }
}
