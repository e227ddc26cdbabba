import type { Band, EventKind } from './driving-event.ts'

/** Events that count against something; of grade A alone, no other evidence touches points. */
export interface RewardFactor {
  kinds: EventKind[]
  band: Band
  grade: 'A'
}

/** How a calendar day earns, whether the car was driven on it or not. */
export interface RewardDayRule {
  /** For a day without an event of `cleanFactor`, and for one without an event of `calmFactor`. */
  cleanPoints: number
  calmPoints: number
  cleanFactor: RewardFactor
  calmFactor: RewardFactor
  /** More metres of a day than this that could not be graded: the day could not be judged and earns nothing. */
  mostUngradableM: number
}

/** What a driver has to have done; each kind counts in a row, and an event begins the row anew. */
export type RewardCondition =
  /** Calendar days without an event of the calm factor; a day the car stands is one. */
  | { kind: 'calm_days'; count: number }
  /** Weeks whose driving was clean; a week without driving is passed over. */
  | { kind: 'clean_weeks'; count: number }
  /** Trips without an event of the clean factor, of at least so many gradable metres. */
  | { kind: 'clean_trips'; count: number; minGradableM: number }
  /** Days of driving on which phone use could be seen, and none was. */
  | { kind: 'phone_free_driving_days'; count: number }

export interface RewardAchievement {
  id: string
  kind: 'achievement' | 'milestone'
  title: string
  text: string
  condition: RewardCondition
  /** Zero wherever driving counts: a badge. */
  points: number
}

export interface RewardChallenge {
  id: string
  title: string
  text: string
  /** First and last day on which it may be joined, YYYY-MM-DD; null is always. */
  joinFrom: string | null
  joinUntil: string | null
  avoid: RewardFactor
  /** Days without such an event from the moment of joining. */
  days: number
  /** So many gradable metres without one do as well, whichever comes first; null where days alone count. */
  orGradableM: number | null
  points: number
}

export const redemptionKinds = ['voucher', 'donation', 'deductible_credit', 'premium_credit'] as const
export type RedemptionKind = (typeof redemptionKinds)[number]

/** What became of what was had for points. Where it is refused the points come back. */
export const redemptionStates = ['open', 'fulfilled', 'refused'] as const
export type RedemptionState = (typeof redemptionStates)[number]

export interface RewardOffer {
  id: string
  kind: RedemptionKind
  /** In English. */
  title: string
  /** In other languages, by their two letters. @default none, and notices have the English one in all */
  titles?: Record<string, string>
  text: string
  points: number
  /** What it is worth, minor units of `currency`. */
  valueMinor: number
  currency: string
}

/** What the law of a place lets an insurer give for points. */
export interface RewardJurisdiction {
  id: string
  title: string
  /** Whether points may lower what insurance costs (credits on premium or deductible). */
  rebateAllowed: boolean
  kinds: RedemptionKind[]
  /** Most that a driver may be given in a calendar year, minor units of `currency`; of the kinds that count. */
  mostValueMinorAYear: number
  currency: string
  /** Kinds that are no inducement: they do not count towards the most a year. */
  uncountedKinds: RedemptionKind[]
  notes: string
}

export interface RewardBoard {
  /** `LBD-…`. */
  id: string
  title: string
  text: string
  /** Fewer drivers than this are not shown. */
  leastDrivers: number
}

/** Versioned data that says what safe driving earns, and what that is good for. */
export interface RewardCatalogue {
  id: string
  version: string
  title: string
  notes: string
  day: RewardDayRule
  improvement: {
    /** Weeks before that a week is held against. */
    weeks: number
    /** For each calm day above the mean of these weeks. */
    pointsPerDay: number
  }
  /** A week is closed so many days after its end, so that late trips are in. */
  closeAfterDays: number
  achievements: RewardAchievement[]
  challenges: RewardChallenge[]
  offers: RewardOffer[]
  boards: RewardBoard[]
  jurisdictions: RewardJurisdiction[]
  /** What is allowed where a policy is sold, by the jurisdiction that the policy tells its plan (`rated`); in any other place it is `otherPlans`. */
  places: Record<string, string>
  /** What is allowed under a plan whose policies tell no place; under any other plan it is `otherPlans`. */
  plans: Record<string, string>
  otherPlans: string
}
