import { z } from 'zod'
import { contestReasons, contestRulings, contestStates, rulers } from '../contest.ts'
import { bands, eventKinds, grades } from '../driving-event.ts'
import { ContestId, DriverId } from './ids.ts'
import { PageQuery } from './page.ts'
import { Moment } from './times.ts'

const moment = z.iso.datetime()
const words = (least: number) =>
  z
    .string()
    .trim()
    .min(least, `at least ${least} characters are needed`)
    .max(2_000)
    .refine((text) => !text.includes('\0'), 'there is no NUL in a text')
const limitKmh = z.number().min(5).max(200)

/** Contests an event. `limitKmh` is what a driver says the limit is, for `wrong_limit`. */
export const OpenContestBody = z
  .object({ reason: z.enum(contestReasons), text: words(3), limitKmh: limitKmh.optional() })
  .meta({ id: 'OpenContestBody' })
export type OpenContestBody = z.infer<typeof OpenContestBody>

/** Takes a contest back, in the version that was seen; an admin says why. */
export const WithdrawContestBody = z
  .object({ version: z.int().min(1), grounds: words(10).optional() })
  .meta({ id: 'WithdrawContestBody' })
export type WithdrawContestBody = z.infer<typeof WithdrawContestBody>

/** The true limit at the place of the event: within a radius, in the direction in which it was driven, and from when until when. */
export const TrueLimit = z
  .object({
    limitKmh,
    radiusM: z.number().min(20).max(2_000).default(150),
    /** Default: a year before the event. */
    from: Moment.optional(),
    /** Default: no end. */
    until: Moment.optional(),
  })
  .meta({ id: 'TrueLimit' })
export type TrueLimit = z.infer<typeof TrueLimit>

/** Rules on a contest, in the version that was seen. */
export const RuleContestBody = z
  .object({
    version: z.int().min(1),
    ruling: z.enum(['upheld', 'rejected']),
    /** Why; told to the driver. */
    grounds: words(10),
    /** Needed to uphold a contest of a wrong limit whose place is known. */
    limit: TrueLimit.optional(),
    /** Who drove instead, to uphold `not_me`; left out or null for nobody who is insured here. */
    driverId: DriverId.nullable().optional(),
  })
  .meta({ id: 'RuleContestBody' })
export type RuleContestBody = z.infer<typeof RuleContestBody>

/** A word on a contest. */
export const ContestRuling = z
  .object({
    ruling: z.enum(contestRulings),
    by: z.enum(rulers),
    /** The admin; told to admins alone. */
    userId: z.string().nullable(),
    grounds: z.string(),
    at: moment,
    /** Whether it settled the contest. */
    settles: z.boolean(),
    /** What the event had done to the premium of the term by then, minor units; null where nobody knew. */
    effectMinor: z.int().nullable(),
    /** The limit that it corrects; of words of before all of it was kept the speed alone. */
    limit: z
      .object({
        limitKmh: z.number(),
        radiusM: z.number().nullable(),
        from: moment.nullable(),
        until: moment.nullable(),
      })
      .nullable(),
    /** Who is said to have driven; told to admins alone. */
    drivenBy: z.string().nullable(),
  })
  .meta({ id: 'ContestRuling' })
export type ContestRuling = z.infer<typeof ContestRuling>

/** A contest of an event by its driver. */
export const Contest = z
  .object({
    id: ContestId,
    eventId: z.string(),
    tripId: z.string(),
    driverId: z.string(),
    /** The policy that pays for the trip; null where it insures somebody else than the contest's driver, but to admins. */
    policyId: z.string().nullable(),
    reason: z.enum(contestReasons),
    text: z.string(),
    /** What the driver says the limit is. */
    limitKmh: z.number().nullable(),
    state: z.enum(contestStates),
    version: z.int(),
    openedAt: moment,
    /** An admin opened it for the driver. */
    onBehalf: z.boolean(),
    /** Until when it is ruled on; then silence upholds it. */
    ruleBy: moment,
    settledAt: moment.nullable(),
    event: z.object({
      kind: z.enum(eventKinds),
      band: z.enum(bands),
      grade: z.enum(grades),
      startAt: moment,
      peak: z.number(),
      limitKmh: z.number().nullable(),
    }),
    /** Every word on it, the first one first; to a driver what settled it. */
    rulings: z.array(ContestRuling),
  })
  .meta({ id: 'Contest' })
export type Contest = z.infer<typeof Contest>

/** A version of score and premium; null where there was none. */
export const ScoreAndPremium = z
  .object({
    /** Its risk is null where fewer kilometres were judged than the plan of the driver's policy asks for. */
    score: z.object({ version: z.int(), risk: z.number().nullable(), calculatedAt: moment }).nullable(),
    premium: z
      .object({
        version: z.int(),
        premiumMinor: z.int(),
        currency: z.string(),
        receiptId: z.string(),
        calculatedAt: moment,
      })
      .nullable(),
  })
  .meta({ id: 'ScoreAndPremium' })
export type ScoreAndPremium = z.infer<typeof ScoreAndPremium>

/** A contest with score and premium before it, while the event was suspended, and after the ruling; null where it has not come to that. */
export const ContestDetail = Contest.extend({
  before: ScoreAndPremium,
  suspended: ScoreAndPremium.nullable(),
  after: ScoreAndPremium.nullable(),
  /**
   * What the event does to the premium of the term to date and to the risk, were it to count: by the same trips with it and without it; null
   * where nobody knows, or it counts. `needsSecond`: to uphold it; saying who drove instead always takes two.
   */
  effect: z
    .object({
      premiumMinor: z.int(),
      currency: z.string(),
      /** Null where fewer kilometres were judged than are scored. */
      risk: z.number().nullable(),
      /** Both without the event; the risk null as above. */
      without: z.object({ premiumMinor: z.int(), risk: z.number().nullable() }),
      needsSecond: z.boolean(),
    })
    .nullable(),
  /** What was given back of what had been billed for the event, minor units, zero where nothing had been; null without a premium of without it. */
  givenBackMinor: z.int().nullable(),
}).meta({ id: 'ContestDetail' })
export type ContestDetail = z.infer<typeof ContestDetail>

/** Which contests: those of a state, or all that wait for a ruling. */
export const ContestQuery = PageQuery.extend({ state: z.enum(['pending', ...contestStates]).default('pending') })
export type ContestQuery = z.infer<typeof ContestQuery>
