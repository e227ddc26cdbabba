import { z } from 'zod'
import { ScoreStanding } from './risk.ts'
import { ScoreReason } from './score.ts'

/** One feature that the model saw, with the words for it. */
export const FeatureReason = ScoreReason.extend({
  /** Why there is no advice; null where the driver can do something about the feature. */
  noAdvice: z.string().nullable(),
}).meta({ id: 'FeatureReason' })
export type FeatureReason = z.infer<typeof FeatureReason>

/** Why a driver has the score that they have: every feature, exactly. */
export const DriverReasons = z
  .object({
    driverId: z.string(),
    /** Of the score that is explained. */
    version: z.int(),
    calculatedAt: z.iso.datetime(),
    periodDays: z.int(),
    trips: z.int(),
    exposureKm: z.number(),
    judgedKm: z.number(),
    model: z.object({ name: z.string(), version: z.string() }),
    /** Natural log of the expected claim frequency: `base` and every feature's `shap` together. Null where unscored. */
    margin: z.number().nullable(),
    /** What the model expects of somebody of whom nothing is known. */
    base: z.number(),
    /** Margin of the portfolio, at which the relativity is one. */
    portfolioMargin: z.number(),
    /** All features of the model, the strongest first; none where unscored. */
    features: z.array(FeatureReason),
    ...ScoreStanding.shape,
  })
  .meta({ id: 'DriverReasons' })
export type DriverReasons = z.infer<typeof DriverReasons>
