import { z } from 'zod'
import { EventId } from './ids.ts'
import { ScoreStanding } from './risk.ts'

/** More features than any model has are not changed at once. */
const mostChanges = 60
/** Events that are taken out at once: more than a year of them is no question a person asks. */
const mostEvents = 100

const feature = z.string().max(60)

/** One feature as it would be: another value, or so many times the present one. */
export const FeatureChange = z
  .union([z.strictObject({ feature, to: z.number() }), z.strictObject({ feature, times: z.number() })])
  .meta({ id: 'FeatureChange' })
export type FeatureChange = z.infer<typeof FeatureChange>

/** What is asked: changed features, the same days without some events, or both. */
export const WhatIfBody = z
  .strictObject({
    changes: z.array(FeatureChange).max(mostChanges).default([]),
    withoutEvents: z.array(EventId).max(mostEvents).default([]),
  })
  .refine(({ changes, withoutEvents }) => changes.length + withoutEvents.length > 0, {
    error: 'name at least one change or one event',
  })
  .meta({ id: 'WhatIfBody', example: { changes: [{ feature: 'braking_share', times: 0.5 }] } })
export type WhatIfBody = z.infer<typeof WhatIfBody>

const WhatIfScore = z
  .object({
    /** 0 (safest) to 100. */
    risk: z.number(),
    safetyScore: z.number(),
    /** Where the risk lies with 90 % confidence. */
    interval: z.object({ low: z.number(), high: z.number() }),
    /** Predicted claim frequency relative to the portfolio, before credibility. */
    relativity: z.number(),
  })
  .meta({ id: 'WhatIfScore' })

/** What the changes would do. */
export const WhatIf = z
  .object({
    driverId: z.string(),
    model: z.object({ name: z.string(), version: z.string() }),
    periodDays: z.int(),
    judgedKm: z.number(),
    ...ScoreStanding.shape,
    /** Features that are another, those among them that had to go along (`carried`) with one that was asked for. */
    changed: z.array(
      z.object({
        feature: z.string(),
        from: z.number().nullable(),
        to: z.number(),
        carried: z.boolean(),
      }),
    ),
    /** Null where unscored, and so are `after` and `difference`. */
    before: WhatIfScore.nullable(),
    after: WhatIfScore.nullable(),
    /** Of the risk, after − before, with its 90 % interval: that of one driver, narrower than those of the two scores. */
    difference: z.object({ risk: z.number(), low: z.number(), high: z.number() }).nullable(),
    /** What each feature does to the natural log of the expected claims, the largest first; exact and additive. None where unscored. */
    effects: z.array(z.object({ feature: z.string(), shap: z.number() })),
    /** The plan's month before and after, minor units: that of the newest receipt, and what it would be. Null before the first premium, where that is by another model, and where the change cannot be one of the term. */
    price: z
      .object({
        policyId: z.string(),
        planId: z.string(),
        currency: z.string().length(3),
        beforeMinor: z.int(),
        afterMinor: z.int(),
        lowMinor: z.int(),
        highMinor: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'WhatIf' })
export type WhatIf = z.infer<typeof WhatIf>
