import type { ScoreBreakdown, ScoreComparison, ScoreRecommendations, ScoreTrend } from '@fairmile/contract/http/risk.ts'

import { decileOf, placesOf } from '@fairmile/models/explain/portfolio-place.ts'
import { recommendationsOf } from '@fairmile/models/explain/recommendations.ts'
import { breakdownOf } from '@fairmile/models/explain/score-breakdown.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { ProblemError } from '../http/problem.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { type ExplainedScore, explainedScore } from './explained-score.ts'
import { standingOf } from './score-standing.ts'

interface Asked {
  driverId: string
  /** The one that is live. */
  model: (PricingModel & { readonly infer: Infer }) | null
  plans: PlanSource
}

/** A driver's score by habits; null before the first. */
export async function scoreBreakdown(db: Database, asked: Asked): Promise<ScoreBreakdown | null> {
  const explained = await explainedScore(db, asked)
  if (!explained) return null
  const { score, features, base, portfolioMargin } = explained
  const model = asked.model?.modelHash === score.modelHash ? asked.model : null
  const families = breakdownOf(features, model).map(({ features: of, ...part }) => ({ ...part, features: [...of] }))
  return { ...(await ofScore(db, explained, asked)), margin: score.margin, base, portfolioMargin, families }
}

/** Where a driver lies in the portfolio; null before the first score. @throws ProblemError `unavailable` without the score's model */
export async function scoreComparison(db: Database, asked: Asked): Promise<ScoreComparison | null> {
  const explained = await explainedScore(db, asked)
  if (!explained) return null
  const { manifest } = modelOf(explained, asked)
  const { risk } = explained.score
  return {
    ...(await ofScore(db, explained, asked)),
    saferShare: risk / 100,
    decile: decileOf(risk / 100),
    features: placesOf(manifest, explained.features),
  }
}

/** What a driver could do; null before the first score. @throws ProblemError `unavailable` without the score's model */
export async function scoreRecommendations(db: Database, asked: Asked): Promise<ScoreRecommendations | null> {
  const explained = await explainedScore(db, asked)
  if (!explained) return null
  const model = modelOf(explained, asked)
  const of = await ofScore(db, explained, asked)
  const row = Float32Array.from(explained.features, ({ value }) => value ?? Number.NaN)
  const { judgedKm } = explained.score
  return { ...of, recommendations: of.status === 'unscored' ? [] : await recommendationsOf(model, { row, judgedKm }) }
}

/** The last score of each day of the last days; empty where there is none. */
export async function scoreTrend(
  db: Database,
  { driverId, days, nowMs = Date.now() }: { driverId: string; days: number; nowMs?: number },
): Promise<ScoreTrend> {
  type Row = { day: string; version: number; risk: number; low: number; high: number; judgedKm: number; model: string }
  const since = new Date(nowMs - days * 86_400_000).toISOString()
  const rows = await selectRows<Row>(
    db,
    sql`
      SELECT DISTINCT ON (day) day, version, risk, low, high, "judgedKm", model FROM (
        SELECT to_char(calculated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, version, risk, risk_low AS low,
          risk_high AS high, judged_km AS "judgedKm", model_version AS model
        FROM scores WHERE driver_id = ${driverId} AND calculated_at > ${since}::timestamptz
      ) scored
      ORDER BY day, version DESC`,
  )
  const points = rows.map(({ day, version, risk, low, high, judgedKm, model: modelVersion }) => ({
    ...{ day, version, judgedKm, modelVersion },
    safetyScore: 100 - risk,
    interval: { low: 100 - high, high: 100 - low },
  }))
  return { driverId, days, points }
}

async function ofScore(db: Database, { score }: ExplainedScore, { driverId, plans }: Asked) {
  const { version, judgedKm, risk, riskLow, riskHigh } = score
  return {
    ...{ driverId, version, judgedKm },
    calculatedAt: score.calculatedAt.toISOString(),
    model: { name: score.modelName, version: score.modelVersion },
    safetyScore: 100 - risk,
    interval: { low: 100 - riskHigh, high: 100 - riskLow },
    ...(await standingOf(db, { driverId, judgedKm, plans })),
  }
}

function modelOf({ score }: ExplainedScore, { model }: Asked): PricingModel & { readonly infer: Infer } {
  if (model?.modelHash === score.modelHash) return model
  throw new ProblemError(
    'unavailable',
    `The score was given by ${score.modelName} ${score.modelVersion}, which is not live now; the next score is by the model that is.`,
  )
}
