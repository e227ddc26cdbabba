import type { ReceiptFeature } from '@fairmile/contract/receipt.ts'
import { explainerOf } from '@fairmile/models/explain/explainer-of.ts'
import { driverFeaturesNamed } from '@fairmile/models/features/driver.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import { desc, eq, getTableColumns } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { scoreColumns, scores } from '../db/schema/pricing.ts'
import { ProblemError } from '../http/problem.ts'
import { unpackScore } from './score-rows.ts'
import { countingScores } from './score-standing.ts'

/** A driver's newest score with every feature's exact part of it. */
export interface ExplainedScore {
  readonly score: typeof scores.$inferSelect
  /** In the order of the model's columns. */
  readonly features: ReceiptFeature[]
  /** What the parts add up to the margin with. */
  readonly base: number
  /** Margin of the portfolio, at which the relativity is one. */
  readonly portfolioMargin: number
}

/**
 * Reads the newest score of a driver with the parts that were stored with it; null before the first.
 *
 * @param model explains scores of before the parts were stored
 * @throws ProblemError `unavailable` where such a score was given by another model
 */
export async function explainedScore(
  db: Database,
  { driverId, model }: { driverId: string; model: PricingModel | null },
): Promise<ExplainedScore | null> {
  const { names, base, portfolioMargin: portfolio } = scoreColumns
  const [row] = await db
    .select({ score: getTableColumns(scores), columns: { names, base, portfolio } })
    .from(scores)
    .leftJoin(scoreColumns, eq(scoreColumns.modelHash, scores.modelHash))
    .where(countingScores(driverId))
    .orderBy(desc(scores.version))
    .limit(1)
  if (!row) return null
  const { score, columns } = row
  const { featureRow, shapRow } = score
  if (columns && featureRow && shapRow) {
    const features = unpackScore({ featureRow, shapRow }, columns.names)
    return { score, features, base: columns.base, portfolioMargin: columns.portfolio }
  }
  if (!model || model.modelHash !== score.modelHash)
    throw new ProblemError(
      'unavailable',
      `The score was given by ${score.modelName} ${score.modelVersion}, which is not open now; the next trip is scored by the model that is.`,
    )
  return { score, ...explainedBy(model, score.features ?? {}) }
}

function explainedBy(model: PricingModel, stored: Record<string, number | null>) {
  const asked = driverFeaturesNamed(model.manifest.features)
  const values = asked.map(({ name }) => stored[name] ?? null)
  const shap = new Float64Array(asked.length)
  const explainer = explainerOf(model.trees)
  explainer.explain(
    Float32Array.from(values, (value) => value ?? Number.NaN),
    shap,
  )
  const features = asked.map(({ name, unit }, index) => ({ name, unit, value: values[index]!, shap: shap[index]! }))
  return { features, base: explainer.base, portfolioMargin: portfolioMargin(model.manifest) }
}
