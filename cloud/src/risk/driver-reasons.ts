import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { reasonOf } from '@fairmile/models/explain/reasons.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Database } from '../db/database.ts'
import { explainedScore } from './explained-score.ts'
import { standingOf } from './score-standing.ts'

/**
 * Every feature of a driver's newest score with its exact share, from what was stored with it; null before the first, and without a number where
 * kilometres are missing.
 *
 * @throws ProblemError `unavailable` where the shares were not stored yet, and the model that gave the score is not open
 */
export async function driverReasons(
  db: Database,
  { driverId, model }: { driverId: string; model: PricingModel | null },
): Promise<DriverReasons | null> {
  const explained = await explainedScore(db, { driverId, model })
  if (!explained) return null
  const { score, base, portfolioMargin } = explained
  const features = explained.features.map((feature) => ({
    ...reasonOf(feature),
    noAdvice: wordsOf(feature.name).noAdvice,
  }))
  const { version, periodDays, trips, exposureKm, judgedKm } = score
  const standing = await standingOf(db, { driverId, judgedKm })
  const isScored = standing.status === 'scored'
  return {
    driverId,
    version,
    calculatedAt: score.calculatedAt.toISOString(),
    periodDays,
    trips,
    exposureKm,
    judgedKm,
    model: { name: score.modelName, version: score.modelVersion },
    margin: isScored ? score.margin : null,
    base,
    portfolioMargin,
    features: isScored ? features.sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap)) : [],
    ...standing,
  }
}
