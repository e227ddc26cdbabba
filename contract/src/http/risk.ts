import { z } from 'zod'

/** Days that the score looks back which is shown, told and priced; scores of other periods are for whoever asks for them. */
export const standardPeriodDays = 30
/** Most days that a score is made of. */
export const longestPeriodDays = 365

/** Whether so many kilometres are scored at all, as the plan of the driver's policy has it. */
export const ScoreStanding = z.object({
  /**
   * `unscored` where fewer kilometres were judged than the plan asks for: the price takes the driver as the average until then, and no
   * number is told.
   */
  status: z.enum(['scored', 'unscored']),
  minimumKm: z.number(),
  /** Judged kilometres that are missing until the minimum; zero where there are enough. */
  missingKm: z.number(),
})

/** Of which score is spoken. */
const ofScore = {
  driverId: z.string(),
  version: z.int(),
  calculatedAt: z.iso.datetime(),
  model: z.object({ name: z.string(), version: z.string() }),
  judgedKm: z.number(),
  /** Null where unscored. */
  safetyScore: z.number().nullable(),
  /** Where the safety score lies with 90 % confidence; null where unscored. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  ...ScoreStanding.shape,
}

/** A score by habits; their parts and the base add up to the margin. */
export const ScoreBreakdown = z
  .object({
    ...ofScore,
    /** Null where unscored. */
    margin: z.number().nullable(),
    base: z.number(),
    portfolioMargin: z.number(),
    /** None where unscored. */
    families: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        /** Part of the margin, natural log. */
        shap: z.number(),
        /** The safety score of somebody who is in the middle of the portfolio but for this; null where the model is not open. */
        safetyScore: z.number().nullable(),
        /** How much of what tells drivers apart it is, 0–1; null where the model is not open. */
        weight: z.number().nullable(),
        features: z.array(z.object({ name: z.string(), value: z.number().nullable(), shap: z.number() })),
      }),
    ),
  })
  .meta({ id: 'ScoreBreakdown' })
export type ScoreBreakdown = z.infer<typeof ScoreBreakdown>

/** Days that a trend looks back, and of which period the scores are. */
export const TrendQuery = z.object({
  days: z.coerce.number().int().min(1).max(730).default(90),
  periodDays: z.coerce.number().int().min(1).max(longestPeriodDays).default(standardPeriodDays),
})

/** A driver's safety score by day: the last of each day on which it was calculated. */
export const ScoreTrend = z
  .object({
    driverId: z.string(),
    days: z.int(),
    /** That each of the scores looks back. */
    periodDays: z.int(),
    minimumKm: ScoreStanding.shape.minimumKm,
    points: z.array(
      z.object({
        /** UTC. */
        day: z.iso.date(),
        version: z.int(),
        status: ScoreStanding.shape.status,
        missingKm: ScoreStanding.shape.missingKm,
        /** Null where unscored, as its interval. */
        safetyScore: z.number().nullable(),
        interval: z.object({ low: z.number(), high: z.number() }).nullable(),
        judgedKm: z.number(),
        modelVersion: z.string(),
      }),
    ),
  })
  .meta({ id: 'ScoreTrend' })
export type ScoreTrend = z.infer<typeof ScoreTrend>

/** Where a driver lies in the portfolio that the model was trained on. */
export const ScoreComparison = z
  .object({
    ...ofScore,
    /** Share of the portfolio that is safer, 0–1, as far as the kilometres let one believe it: the risk as a share. Null where unscored. */
    saferShare: z.number().nullable(),
    /** 1 (safest tenth) to 10; null where unscored. */
    decile: z.int().nullable(),
    /** None where unscored. */
    features: z.array(
      z.object({
        feature: z.string(),
        subject: z.string(),
        unit: z.string(),
        value: z.number().nullable(),
        /** Share of the portfolio that has less, 0–1. */
        share: z.number().nullable(),
        decile: z.int().nullable(),
        median: z.number(),
        /** Eight of ten drivers lie between these. */
        low: z.number(),
        high: z.number(),
      }),
    ),
  })
  .meta({ id: 'ScoreComparison' })
export type ScoreComparison = z.infer<typeof ScoreComparison>

/** The few habits that would lower a driver's risk most; none where nothing that one can change would. */
export const ScoreRecommendations = z
  .object({
    ...ofScore,
    recommendations: z.array(
      z.object({
        feature: z.string(),
        family: z.string(),
        advice: z.string(),
        text: z.string(),
        from: z.number(),
        to: z.number(),
        unit: z.string(),
        /** Of the risk, after − before, with its 90 % interval. */
        difference: z.object({ risk: z.number(), low: z.number(), high: z.number() }),
        /** Of the plan's month, after − before, minor units, with its 90 % interval: below zero is cheaper, zero where the term is there already. Null before the first premium, where that is by another model, and while nothing of the term was judged. */
        price: z
          .object({ currency: z.string().length(3), differenceMinor: z.int(), lowMinor: z.int(), highMinor: z.int() })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'ScoreRecommendations' })
export type ScoreRecommendations = z.infer<typeof ScoreRecommendations>
