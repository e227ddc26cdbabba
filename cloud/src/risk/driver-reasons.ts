import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import { explainerOf } from '@fairmile/models/explain/explainer-of.ts'
import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { reasonOf } from '@fairmile/models/explain/reasons.ts'
import { driverFeaturesNamed } from '@fairmile/models/features/driver.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import { desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { scores } from '../db/schema/pricing.ts'
import { ProblemError } from '../http/problem.ts'

/**
 * Every feature of a driver's newest score with its exact share, from the features that were stored with it; null before the first.
 *
 * @throws ProblemError `unavailable` where the model that gave the score is not the one that is open
 */
export async function driverReasons(
  db: Database,
  { driverId, model }: { driverId: string; model: PricingModel | null },
): Promise<DriverReasons | null> {
  const [score] = await db
    .select()
    .from(scores)
    .where(eq(scores.driverId, driverId))
    .orderBy(desc(scores.version))
    .limit(1)
  if (!score) return null
  if (!model || model.modelHash !== score.modelHash)
    throw new ProblemError(
      'unavailable',
      `The score was given by ${score.modelName} ${score.modelVersion}, which is not open now; the next trip is scored by the model that is.`,
    )

  const asked = driverFeaturesNamed(model.manifest.features)
  const values = asked.map(({ name }) => score.features[name] ?? null)
  const shap = new Float64Array(asked.length)
  const explainer = explainerOf(model.trees)
  explainer.explain(
    Float32Array.from(values, (value) => value ?? Number.NaN),
    shap,
  )
  const features = asked.map(({ name, unit }, index) => ({
    ...reasonOf({ name, unit, value: values[index]!, shap: shap[index]! }),
    noAdvice: wordsOf(name).noAdvice,
  }))
  const { version, periodDays, trips, exposureKm, judgedKm, margin } = score
  return {
    driverId,
    version,
    calculatedAt: score.calculatedAt.toISOString(),
    periodDays,
    trips,
    exposureKm,
    judgedKm,
    model: { name: score.modelName, version: score.modelVersion },
    margin,
    base: explainer.base,
    portfolioMargin: portfolioMargin(model.manifest),
    features: features.sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap)),
  }
}
