import { z } from 'zod'
import { bands, eventKinds } from './driving-event.ts'
import { Day } from './http/times.ts'

/** The most that any plan may take off, parts per million. */
export const mostDiscountPpm = 450_000

/**
 * Bounds of every plan, so that each step of a price is a safe integer for up to 200,000 km a year over terms of up to four years: rates of all
 * coverages together, with the largest classes that are above one, × kilometres × the largest relativity, and what stands still × days, stay
 * below 2⁵³ millionths of a minor unit.
 */
export const planBounds = {
  perKmMicro: 2_000_000_000,
  perDayMicro: 1_000_000_000_000,
  relativityPpm: 4_000_000,
  classPpm: 100_000_000,
  feeMinor: 1_000_000_000,
  /** Claims in a billion of a unit, and the mean cost of one, minor units. */
  claims: 1_000_000_000_000,
  /** A year of the most that is driven, metres; and its days. */
  distanceM: 200_000_000,
  days: 366,
  credibilityM: 1_000_000_000_000,
  joinMs: 86_400_000,
} as const

const one = 1_000_000
const words = z.string().min(1)
const whole = z.int().min(0)
const ppm = whole.describe('parts per million')
const name = z.string().min(1).max(60)
const perKm = whole.max(planBounds.perKmMicro)
const perDay = whole.max(planBounds.perDayMicro)
const credibility = whole.min(1).max(planBounds.credibilityM)
const change = ppm.max(planBounds.relativityPpm).nullable()
const classed = ppm.min(1).max(planBounds.classPpm)

/** Families of what the driver model sees; a jurisdiction may take any of them out of the price. */
export const ratingFactors = ['harshEvents', 'smoothness', 'speeding', 'phone', 'night', 'week', 'trips'] as const
export type RatingFactor = (typeof ratingFactors)[number]

/** One insured risk of a plan. Amounts in millionths of a minor unit. */
const Coverage = z.strictObject({
  name,
  perDayMicro: perDay.describe('for each started day of the term, driven or not'),
  perKmMicro: perKm,
  behaviour: z
    .boolean()
    .describe(
      'whether relativity and discount apply to its kilometres; never to theft, hail or other risks of a parked car',
    ),
  claims: z
    .strictObject({
      perBillionKm: whole.max(planBounds.claims),
      perBillionDays: whole.max(planBounds.claims),
      severityMinor: whole.min(1).max(planBounds.claims).describe('mean cost of a claim; no way of driving changes it'),
    })
    .optional()
    .describe('the frequencies that behaviour moves, and the severity apart; their products are the rates'),
})
export type Coverage = z.infer<typeof Coverage>

const Tax = z.strictObject({ name, ratePpm: ppm.max(one) })
const Fee = z.strictObject({ name, amountMinor: whole.max(planBounds.feeMinor).describe('for the term') })

/** What the law of a place, or the regulator's approval, lets a plan do there. */
const Jurisdiction = z.strictObject({
  code: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Za-z]{1,8})?$/)
    .describe('such as DE or US-CA; EU-default stands for every member state that has no entry of its own'),
  notes: words.describe('the rule that it follows, and where it was read'),
  surchargeAllowed: z.boolean().describe('false: no relativity above one'),
  maximumDiscountPpm: ppm.max(mostDiscountPpm),
  mileageOnly: z.boolean().describe('behaviour may not be rated: relativity one, discount nothing'),
  factors: z
    .strictObject(
      Object.fromEntries(ratingFactors.map((factor) => [factor, z.boolean()])) as Record<RatingFactor, z.ZodBoolean>,
    )
    .describe('false: the model is not shown it, and no event of it makes a trip unclean'),
  change: z.strictObject({
    midTermAllowed: z.boolean().describe('false: how the car is driven changes the price at renewal alone'),
    midTermCapPpm: change.describe('largest change of the factor within a term; null is none'),
    renewalCapPpm: change.describe('largest change of the factor from one term to the next; null is none'),
    noticeDays: whole.max(366).describe('days of a term before a rise within it may touch the price'),
  }),
  taxes: z.array(Tax).max(20),
})
export type Jurisdiction = z.infer<typeof Jurisdiction>

const ClassFactor = z.strictObject({
  name: name.describe('vehicle, region, use, …: what a policy is sorted by'),
  levels: z.record(z.string().min(1).max(60), classed).describe('factor of each class'),
  otherwisePpm: classed.describe('where the policy says nothing'),
  coverages: z.array(z.string()).min(1).optional().describe('those that it moves; all where left out'),
})

/** Versioned data that turns exposure, risk and discount into a premium. Shares and factors in parts per million. */
export const RatingPlan = z
  .strictObject({
    format: z.literal(2).optional().describe('absent in plans of the first format, which have none of what 2 brought'),
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and hyphens, 60 at most')
      .refine((id) => id !== 'schema', 'not "schema", which is an address'),
    version: words,
    title: words,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'three capital letters')
      .describe('ISO 4217; its minor unit is the unit of every premium'),
    effectiveFrom: Day.describe('first day on which a policy under it may begin'),
    effectiveUntil: Day.optional().describe('last such day'),
    notes: words.describe('where the rates come from and what they are not'),
    coverages: z.array(Coverage).min(1).max(50),
    minimumPerDayMicro: perDay.describe('least premium for each started day of the term, millionths of a minor unit'),
    relativity: z.strictObject({
      minPpm: ppm.max(one),
      maxPpm: ppm.min(one).max(planBounds.relativityPpm),
      surchargeAllowed: z.boolean().describe('false: no relativity above one'),
      credibilityM: credibility.describe('gradable metres at which the model has half of the say: Z = n ÷ (n + k)'),
      minimumScoredM: whole
        .max(planBounds.distanceM)
        .describe('fewer gradable metres than this are not scored: relativity one'),
    }),
    discount: z.strictObject({
      maxPpm: ppm.max(mostDiscountPpm, `0 to ${mostDiscountPpm}`),
      credibilityM: credibility.describe('gradable metres at which half of the discount is earned'),
      cleanUnit: z.enum(['trip', 'stretch']).describe('what must be clean as a whole: a trip, or 10 km'),
      joinMs: whole.max(planBounds.joinMs).describe('segments less than this apart are one trip, milliseconds'),
      factor: z
        .strictObject({
          kinds: z
            .array(z.enum(eventKinds))
            .refine((kinds) => !kinds.includes('crash'), 'without "crash", which never prices anything by itself'),
          band: z.enum(bands),
          grade: z.literal('A', '"A", no other evidence touches a price'),
        })
        .describe('events that make a trip unclean'),
      evasiveBrakesPer1000Km: whole
        .max(20)
        .optional()
        .describe('counted harsh brakes that are forgiven; none where left out'),
    }),
    charges: z
      .strictObject({ relativity: words, discount: words })
      .describe('which layer of an event each part takes, so that nothing is charged twice'),
    month: z
      .strictObject({ days: whole.max(planBounds.days), distanceM: whole.max(planBounds.distanceM) })
      .describe('what a month at the present price is quoted for'),
    policy: z
      .strictObject({
        endorsable: z.boolean().describe('whether car and plan may change within the term'),
        carriedPpm: ppm
          .max(one)
          .describe("share of the relativity's distance from one that a renewed term starts from"),
      })
      .optional()
      .describe('what may become of a policy; endorsable, and nothing carried on, where left out'),
    classes: z.array(ClassFactor).max(20).optional(),
    jurisdictions: z.array(Jurisdiction).min(1).optional().describe('where it may be sold; anywhere where left out'),
    outside: z
      .strictObject({ fees: z.array(Fee).max(20), taxes: z.array(Tax).max(20) })
      .optional()
      .describe('lines after the premium, which no behaviour scales'),
  })
  .meta({ id: 'RatingPlan' })
export type RatingPlan = z.infer<typeof RatingPlan>

/** What a policy tells its plan: where it is sold, and what it is sorted by. */
export const Rated = z
  .strictObject({
    jurisdiction: z.string().max(11).optional(),
    classes: z.record(z.string().max(60), z.string().max(60)).optional(),
  })
  .meta({ id: 'Rated' })
export type Rated = z.infer<typeof Rated>

/** What the term before ended with, where the plan limits changes. */
export interface RenewedFrom {
  receiptId: string
  /** What behaviour would have made of the price without limits, and what it made of it: parts per million. */
  behaviourFactorPpm: number
  factorInForcePpm: number
}
