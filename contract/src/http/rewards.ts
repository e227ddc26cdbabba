import { z } from 'zod'
import { redemptionKinds, redemptionStates } from '../reward-catalogue.ts'
import { DriverId } from './ids.ts'
import { PageQuery } from './page.ts'

const day = z.iso.date()
const moment = z.iso.datetime()

/** Ids of the catalogue in paths. */
export const ChallengeId = z.string().regex(/^[0-9A-Za-z-]{1,40}$/)
export const BoardId = z.string().regex(/^LBD-[0-9A-Z]{1,26}$/)

/** What a week earned or, while it is open, would earn as it stands. */
export const RewardWeekReport = z
  .object({
    /** Its Monday. */
    week: day,
    state: z.enum(['closed', 'open']),
    /** Days that count; a day the car stands is clean and calm. */
    days: z.int(),
    drivenDays: z.int(),
    unjudgedDays: z.int(),
    cleanDays: z.int(),
    calmDays: z.int(),
    cleanPoints: z.int(),
    calmPoints: z.int(),
    improvementPoints: z.int(),
    points: z.int(),
  })
  .meta({ id: 'RewardWeekReport' })
export type RewardWeekReport = z.infer<typeof RewardWeekReport>

export const RewardAchievementReport = z
  .object({
    id: z.string(),
    kind: z.enum(['achievement', 'milestone']),
    title: z.string(),
    text: z.string(),
    points: z.int(),
    done: z.int(),
    of: z.int(),
    reachedAt: moment.nullable(),
  })
  .meta({ id: 'RewardAchievementReport' })
export type RewardAchievementReport = z.infer<typeof RewardAchievementReport>

export const RewardChallengeReport = z
  .object({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    points: z.int(),
    days: z.int(),
    /** Kilometres that do as well, metres; null where days alone count. */
    orGradableM: z.int().nullable(),
    /** `open` can be joined, `closed` no more; `waiting` for late trips and a word of the box. */
    state: z.enum(['open', 'closed', 'running', 'waiting', 'reached', 'missed']),
    joinedAt: moment.nullable(),
    doneDays: z.int(),
    doneGradableM: z.int().nullable(),
  })
  .meta({ id: 'RewardChallengeReport' })
export type RewardChallengeReport = z.infer<typeof RewardChallengeReport>

export const refusals = ['kind_not_allowed', 'other_currency', 'over_the_year', 'balance_too_low'] as const

export const RewardOfferReport = z
  .object({
    id: z.string(),
    kind: z.enum(redemptionKinds),
    title: z.string(),
    /** In other languages, by their two letters. */
    titles: z.record(z.string(), z.string()).optional(),
    text: z.string(),
    points: z.int(),
    valueMinor: z.int(),
    currency: z.string().length(3),
    /** Why it cannot be had now; null where it can. */
    refusal: z.enum(refusals).nullable(),
  })
  .meta({ id: 'RewardOfferReport' })
export type RewardOfferReport = z.infer<typeof RewardOfferReport>

/** A driver's rewards as they stand. */
export const Rewards = z
  .object({
    driverId: z.string(),
    balance: z.int(),
    /** What a whole week earns by being clean and calm, driven or not. */
    weekPoints: z.int(),
    /** Weeks of clean driving in a row; paused by a week without driving. */
    streak: z.object({ weeks: z.int(), paused: z.boolean() }),
    /** The newest first. */
    weeks: z.array(RewardWeekReport),
    achievements: z.array(RewardAchievementReport),
    challenges: z.array(RewardChallengeReport),
    /** What the law lets be given, and what was in this calendar year. Minor units. */
    year: z.object({ givenMinor: z.int(), mostMinor: z.int(), currency: z.string().length(3), title: z.string() }),
    offers: z.array(RewardOfferReport),
    boards: z.array(z.object({ id: z.string(), title: z.string(), text: z.string(), takesPart: z.boolean() })),
  })
  .meta({ id: 'Rewards' })
export type Rewards = z.infer<typeof Rewards>

/** A movement on a driver's account. */
export const RewardEntry = z
  .object({
    id: z.string(),
    at: moment,
    kind: z.enum(['week', 'milestone', 'challenge', 'correction', 'redemption']),
    /** What it is for: `week:2026-06-01`, `redemption:RDM-…`. */
    cause: z.string(),
    /** From 2 on it sets right what was posted for the same cause before. */
    part: z.int(),
    points: z.int(),
    /** Why, where a person made it. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'RewardEntry' })
export type RewardEntry = z.infer<typeof RewardEntry>

export const RedemptionBody = z.object({ offerId: z.string().min(1).max(40) }).meta({ id: 'RedemptionBody' })

export const Redemption = z
  .object({
    id: z.string(),
    offerId: z.string(),
    kind: z.enum(redemptionKinds),
    title: z.string(),
    points: z.int(),
    valueMinor: z.int(),
    currency: z.string().length(3),
    madeAt: moment,
    /** What is left. */
    balance: z.int(),
  })
  .meta({ id: 'Redemption' })
export type Redemption = z.infer<typeof Redemption>

/** A redemption as admins see it: what is to be given to whom, and what became of it. */
export const AdminRedemption = Redemption.omit({ balance: true })
  .extend({
    /** Null of a driver who was forgotten. */
    driverId: z.string().nullable(),
    driverName: z.string().nullable(),
    state: z.enum(redemptionStates),
    settledAt: moment.nullable(),
    /** The admin who settled it. */
    settledBy: z.string().nullable(),
    /** Why it was refused; told to the driver. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'AdminRedemption' })
export type AdminRedemption = z.infer<typeof AdminRedemption>

/** Redemptions of a state: open ones as they were made, those that are settled with the newest first. */
export const RedemptionQuery = PageQuery.extend({ state: z.enum(redemptionStates).default('open') })
export type RedemptionQuery = z.infer<typeof RedemptionQuery>

/** Says that it was given, or why it is not. */
export const SettleRedemptionBody = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('fulfilled') }),
    z.object({
      state: z.literal('refused'),
      /** Told to the driver. */
      reason: z
        .string()
        .trim()
        .min(3)
        .max(500)
        .refine((text) => !text.includes('\0'), 'there is no NUL in a text'),
    }),
  ])
  .meta({ id: 'SettleRedemptionBody' })
export type SettleRedemptionBody = z.infer<typeof SettleRedemptionBody>

export const BoardMembershipBody = z
  .object({ boardId: BoardId, takesPart: z.boolean() })
  .meta({ id: 'BoardMembership' })
export type BoardMembership = z.infer<typeof BoardMembershipBody>

/** A leader board of the newest week that is closed, under names that are drawn anew for each board and week. */
export const LeaderBoard = z
  .object({
    id: z.string(),
    title: z.string(),
    week: day.nullable(),
    /** False where fewer take part than may be shown; then there are no rows. */
    shown: z.boolean(),
    leastDrivers: z.int(),
    rows: z.array(z.object({ place: z.int(), name: z.string(), points: z.int(), own: z.boolean() })),
    /** One's own place, also where it is below the rows shown. */
    own: z.object({ place: z.int(), of: z.int(), points: z.int() }).nullable(),
  })
  .meta({ id: 'LeaderBoard' })
export type LeaderBoard = z.infer<typeof LeaderBoard>

/** Points given or taken by hand. */
export const RewardCorrectionBody = z
  .object({
    driverId: DriverId,
    points: z
      .int()
      .min(-100_000)
      .max(100_000)
      .refine((points) => points !== 0, 'not zero'),
    /** Kept with the entry. */
    reason: z.string().trim().min(3).max(500),
  })
  .meta({ id: 'RewardCorrectionBody' })

/** Number of the ledger's transaction, and what the driver has after it. */
export const RewardCorrection = z
  .object({ transactionId: z.string(), balance: z.int() })
  .meta({ id: 'RewardCorrection' })

/** The catalogue as its file has it; `RewardCatalogue` says what is in it. */
export const RewardCatalogueDocument = z
  .looseObject({ id: z.string(), version: z.string(), title: z.string() })
  .meta({ id: 'RewardCatalogue' })
