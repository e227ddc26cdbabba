import type { ScoreBreakdown, ScoreComparison, ScoreRecommendations, ScoreTrend } from '@fairmile/contract/http/risk.ts'
import { familyOf, featureFamilies } from '@fairmile/models/explain/feature-families.ts'
import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { sampleScore } from './people.ts'
import { sampleReasons } from './reasons.ts'

const { driverId, version, calculatedAt, model, judgedKm, safetyScore, status, minimumKm, missingKm } = sampleScore
const of = { driverId, version, calculatedAt, model, judgedKm, safetyScore, status, minimumKm, missingKm }
const interval = { low: 81, high: 87 }

const shapOf = (id: string): number =>
  sampleReasons.features.filter(({ feature }) => familyOf(feature).id === id).reduce((sum, { shap }) => sum + shap, 0)

/** Those of the shipped model: a phone's use was a former one's. */
const families = featureFamilies.filter(({ id }) => id !== 'phone')

/** A score by habits. */
export const sampleBreakdown: ScoreBreakdown = {
  ...{ ...of, interval, margin: sampleReasons.margin, base: sampleReasons.base },
  portfolioMargin: sampleReasons.portfolioMargin,
  families: families.map(({ id, title }, index) => ({
    ...{ id, title, shap: shapOf(id) || 0.04 - index * 0.01, weight: (families.length - index) / 36 },
    features: [{ name: id, value: id === 'speeding' ? null : 1, shap: 0.01 }],
    safetyScore: Math.max(4, Math.min(96, 50 - 160 * (shapOf(id) || 0.04 - index * 0.01))),
  })),
}

/** Thirty days, narrowing down. */
export const sampleTrend: ScoreTrend = {
  driverId,
  days: 90,
  periodDays: 30,
  minimumKm,
  points: Array.from({ length: 16 }, (_, n) => {
    const score = 70 + n + 4 * Math.sin(n * 1.3)
    const half = 24 / (1 + n / 3)
    const day = new Date(Date.UTC(2026, 9, 1 + n * 2)).toISOString().slice(0, 10)
    const narrowed = { low: Math.max(0, score - half), high: Math.min(100, score + half) }
    const scored = { status, missingKm, safetyScore: score, interval: narrowed }
    return { day, version: n + 1, ...scored, judgedKm: 20 * n + 6, modelVersion: '3.0.0' }
  }),
}

/** Of a driver who begins: too few kilometres on the first two days, and on one later. */
export const sampleTrendOfFew: ScoreTrend = {
  ...sampleTrend,
  points: sampleTrend.points.map((point, n) =>
    [0, 1, 9].includes(n)
      ? { ...point, status: 'unscored', judgedKm: 1.5, missingKm: 3.5, safetyScore: null, interval: null }
      : point,
  ),
}

/** Places of the sample's features. */
export const sampleComparison: ScoreComparison = {
  ...{ ...of, interval, saferShare: 0.16, decile: 2 },
  features: sampleReasons.features.map(({ feature, unit, value }, index) => {
    const share = value === null ? null : (index * 0.37) % 1
    const place = { share, decile: share === null ? null : Math.floor(share * 10) + 1 }
    return { feature, subject: wordsOf(feature).subject, unit, value, ...place, median: 1, low: 0, high: 2 }
  }),
}

/** Two habits. */
export const sampleRecommendations: ScoreRecommendations = {
  ...{ ...of, interval },
  recommendations: [
    {
      ...{ feature: 'harsh_braking_rate', family: 'braking', unit: '1/100 km', from: 6.2, to: 1.1 },
      advice: wordsOf('harsh_braking_rate').advice ?? '',
      text: 'Harsh braking: from 6.2 times per 100 km to 1.1 times per 100 km, as three of ten drivers have it, would raise the safety score by about 5.4 (2.1 to 8.6).',
      difference: { risk: -5.4, low: -8.6, high: -2.1 },
      price: { currency: 'EUR', differenceMinor: -210, lowMinor: -330, highMinor: -80 },
    },
    {
      ...{ feature: 'speeding_share', family: 'speeding', unit: 'share', from: 0.14, to: 0.04 },
      advice: wordsOf('speeding_share').advice ?? '',
      text: 'Driving above the limit: from 14 % of the time to 4 % of the time, as three of ten drivers have it, would raise the safety score by about 2.8 (0.9 to 4.7).',
      difference: { risk: -2.8, low: -4.7, high: -0.9 },
      price: null,
    },
  ],
}
