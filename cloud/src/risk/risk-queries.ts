import type { ScoreBreakdown, ScoreComparison, ScoreRecommendations, ScoreTrend } from '@fairmile/contract/http/risk.ts'

import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import { decileOf, placesOf } from '@fairmile/models/explain/portfolio-place.ts'
import { recommendationsOf } from '@fairmile/models/explain/recommendations.ts'
import { breakdownOf } from '@fairmile/models/explain/score-breakdown.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { ProblemError } from '../http/problem.ts'
import { type ExplainedScore, explainedScore } from './explained-score.ts'
import { minimumKm, type Standing, standingBy, standingOf } from './score-standing.ts'
import { presentReceipt, termWhatIf } from './term-what-if.ts'

interface Asked {
  driverId: string
  /** The one that is live. */
  model: (PricingModel & { readonly infer: Infer }) | null
}

/** A driver's score by habits, none while kilometres are missing; null before the first. */
export async function scoreBreakdown(db: Database, asked: Asked): Promise<ScoreBreakdown | null> {
  const explained = await explainedScore(db, asked)
  if (!explained) return null
  const { score, features, base, portfolioMargin } = explained
  const of = await ofScore(db, explained)
  if (of.status === 'unscored') return { ...of, margin: null, base, portfolioMargin, families: [] }
  const model = asked.model?.modelHash === score.modelHash ? asked.model : null
  const families = breakdownOf(features, model).map(({ features: of, ...part }) => ({ ...part, features: [...of] }))
  return { ...of, margin: score.margin, base, portfolioMargin, families }
}

/** Where a driver lies in the portfolio, nowhere while kilometres are missing; null before the first score. @throws ProblemError `unavailable` without the score's model */
export async function scoreComparison(db: Database, asked: Asked): Promise<ScoreComparison | null> {
  const explained = await explainedScore(db, asked)
  if (!explained) return null
  const of = await ofScore(db, explained)
  if (of.status === 'unscored') return { ...of, saferShare: null, decile: null, features: [] }
  const { manifest } = modelOf(explained, asked)
  const { risk } = explained.score
  return {
    ...of,
    saferShare: risk / 100,
    decile: decileOf(risk / 100),
    features: placesOf(manifest, explained.features),
  }
}

/** What a driver could do; null before the first score. @throws ProblemError `unavailable` without the score's model */
export async function scoreRecommendations(
  db: Database,
  { nowMs, ...asked }: Asked & { nowMs: number },
): Promise<ScoreRecommendations | null> {
  const explained = await explainedScore(db, asked)
  if (!explained) return null
  const of = await ofScore(db, explained)
  if (of.status === 'unscored') return { ...of, recommendations: [] }
  const model = modelOf(explained, asked)
  const row = Float32Array.from(explained.features, ({ value }) => value ?? Number.NaN)
  const { judgedKm } = explained.score
  const receipt = await presentReceipt(db, { driverId: asked.driverId, nowMs })
  // Of a term in which nothing was judged, habits change nothing yet.
  const isJudged = receipt?.steps.some(({ name, value }) => name === 'gradable' && value > 0)
  const recommendations = (await recommendationsOf(model, { row, judgedKm })).map((habit) => {
    const { feature, to } = habit
    const asked = { changes: [{ feature, to }], events: [] }
    const price = isJudged ? termWhatIf(receipt!, asked, { model, score: row }) : null
    return { ...habit, price: price && differenceOf(price) }
  })
  return { ...of, recommendations }
}

/** How another month the plan would cost. */
function differenceOf(price: NonNullable<WhatIf['price']>) {
  const { currency, beforeMinor, afterMinor, lowMinor, highMinor } = price
  return {
    currency,
    differenceMinor: afterMinor - beforeMinor,
    lowMinor: lowMinor - beforeMinor,
    highMinor: highMinor - beforeMinor,
  }
}

/**
 * The last score of each day of the last days, of one period; empty where there is none, and without a number where kilometres were missing. Versions follow
 * the clock: those after the newest from before are read, not all that the driver ever had.
 */
export async function scoreTrend(
  db: Database,
  { driverId, days, periodDays }: { driverId: string; days: number; periodDays: number },
): Promise<ScoreTrend> {
  type Row = { day: string; version: number; risk: number; low: number; high: number; judgedKm: number; model: string }
  const since = new Date(Date.now() - days * 86_400_000).toISOString()
  const rows = await selectRows<Row>(
    db,
    sql`
      SELECT DISTINCT ON (day) day, version, risk, low, high, "judgedKm", model FROM (
        SELECT to_char(calculated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, version, risk, risk_low AS low,
          risk_high AS high, judged_km AS "judgedKm", model_version AS model
        FROM scores WHERE driver_id = ${driverId} AND period_days = ${periodDays} AND calculated_at > ${since}::timestamptz
          AND version > coalesce((
            SELECT version FROM scores WHERE driver_id = ${driverId} AND calculated_at <= ${since}::timestamptz ORDER BY version DESC LIMIT 1
          ), 0)
      ) scored
      ORDER BY day, version DESC`,
  )
  const minimum = await minimumKm(db, driverId)
  const points = rows.map(({ day, version, risk, low, high, judgedKm, model: modelVersion }) => {
    const { status, missingKm } = standingBy(minimum, judgedKm)
    return { day, version, status, missingKm, judgedKm, modelVersion, ...shownOf(status, { risk, low, high }) }
  })
  return { driverId, days, periodDays, minimumKm: minimum, points }
}

async function ofScore(db: Database, { score }: ExplainedScore) {
  const { driverId, version, judgedKm, risk, riskLow, riskHigh } = score
  const standing = await standingOf(db, { driverId, judgedKm })
  return {
    ...{ driverId, version, judgedKm },
    calculatedAt: score.calculatedAt.toISOString(),
    model: { name: score.modelName, version: score.modelVersion },
    ...shownOf(standing.status, { risk, low: riskLow, high: riskHigh }),
    ...standing,
  }
}

/** The safety score and its interval; null where there is none to show. */
function shownOf(status: Standing['status'], { risk, low, high }: { risk: number; low: number; high: number }) {
  if (status === 'unscored') return { safetyScore: null, interval: null }
  return { safetyScore: 100 - risk, interval: { low: 100 - high, high: 100 - low } }
}

function modelOf({ score }: ExplainedScore, { model }: Asked): PricingModel & { readonly infer: Infer } {
  if (model?.modelHash === score.modelHash) return model
  throw new ProblemError(
    'unavailable',
    `The score was given by ${score.modelName} ${score.modelVersion}, which is not live now; the next score is by the model that is.`,
  )
}
