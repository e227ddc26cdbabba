import { z } from 'zod'
import { ScoreStanding } from './risk.ts'

/** One reason for a score: a feature and how far it moved the model's margin (exact SHAP, natural log of frequency). */
export const ScoreReason = z
  .object({
    feature: z.string(),
    /** Stable, for notices of adverse decisions: `EV-01`. */
    code: z.string(),
    /** A plain sentence. */
    text: z.string(),
    /** Null where the feature was unknown. */
    value: z.number().nullable(),
    unit: z.string(),
    shap: z.number(),
    direction: z.enum(['raises', 'lowers']),
    /** What the driver can do about it; null where it lowers the risk, was not judged, or is not to be changed at will. */
    advice: z.string().nullable(),
  })
  .meta({ id: 'ScoreReason' })
export type ScoreReason = z.infer<typeof ScoreReason>

/** A driver's newest score of the standard period. */
export const Score = z
  .object({
    driverId: z.string(),
    version: z.int(),
    calculatedAt: z.iso.datetime(),
    /** 0 (safest) to 100, by rank in the frozen reference portfolio, as far as the judged kilometres let one believe it. Null where unscored, as all that is made of it. */
    risk: z.number().nullable(),
    /** 100 − risk. */
    safetyScore: z.number().nullable(),
    /** Where the risk lies with 90 % confidence; shrinks with kilometres. */
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
    exposureKm: z.number(),
    /** Kilometres of them on which events could be graded; none means that nothing could be judged. */
    judgedKm: z.number(),
    trips: z.int(),
    periodDays: z.int(),
    /** Predicted claim frequency relative to the portfolio, before credibility. */
    relativity: z.number().nullable(),
    model: z.object({ name: z.string(), version: z.string() }),
    /** None where unscored. */
    reasons: z.array(ScoreReason),
    ...ScoreStanding.shape,
  })
  .meta({ id: 'Score' })
export type Score = z.infer<typeof Score>
