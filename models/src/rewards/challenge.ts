import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { RewardChallenge } from '@fairmile/contract/reward-catalogue.ts'
import { dayMs } from './calendar.ts'
import { hasFactor } from './factor.ts'

/** How a challenge stands that a driver joined. */
export interface ChallengeStanding {
  state: 'running' | 'waiting' | 'reached' | 'missed'
  /** Days since joining, and gradable metres without the event where these do as well; at most what is needed. */
  days: number
  gradableM: number | null
  /** When it was decided, epoch milliseconds; null while it is not. */
  decidedAt: number | null
}

/**
 * How a challenge stands, from trips as they are now (by start): missed by the first event that it avoids, reached after its days, driven or not.
 *
 * It waits after its days until the box was heard and late trips had their time.
 */
export function challengeStanding(
  { avoid, days: needed, orGradableM }: RewardChallenge,
  { joinedAt, trips, now, heardAt, lateMs }: ChallengeOptions,
): ChallengeStanding {
  const endsAt = joinedAt + needed * dayMs
  let gradableM = 0
  const standing = (state: ChallengeStanding['state'], decidedAt: number | null): ChallengeStanding => ({
    state,
    days: Math.max(0, Math.min(needed, Math.floor(((decidedAt ?? now) - joinedAt) / dayMs))),
    gradableM: orGradableM === null ? null : Math.min(Math.round(gradableM), orGradableM),
    decidedAt,
  })
  for (const { startAt, endAt, statistics } of trips) {
    if (startAt < joinedAt || startAt >= endsAt) continue
    if (hasFactor(statistics, avoid)) return standing('missed', endAt)
    gradableM += statistics.gradableM
    if (orGradableM !== null && gradableM >= orGradableM) return standing('reached', endAt)
  }
  if (now < endsAt) return standing('running', null)
  if (now < endsAt + lateMs || heardAt === null || heardAt < endsAt) return standing('waiting', null)
  return standing('reached', endsAt)
}

/** How a challenge was decided, and when, epoch milliseconds. */
export interface ChallengeDecision {
  readonly state: 'reached' | 'missed'
  readonly decidedAt: number
}

/** How a challenge stands that was decided by trips that are not looked at any more: as it was, with the metres that are known of it. */
export function decidedStanding(
  { days: needed, orGradableM }: RewardChallenge,
  joinedAt: number,
  { state, decidedAt }: ChallengeDecision,
): ChallengeStanding {
  const days = Math.min(needed, Math.floor((decidedAt - joinedAt) / dayMs))
  const byMetres = state === 'reached' && decidedAt < joinedAt + needed * dayMs
  return { state, days, gradableM: orGradableM === null ? null : byMetres ? orGradableM : 0, decidedAt }
}

interface ChallengeOptions {
  readonly joinedAt: number
  readonly trips: readonly ReceiptTrip[]
  readonly now: number
  /** When the boxes were heard that its last week waits for (`heardAfter`). */
  readonly heardAt: number | null
  /** How long late trips are waited for. */
  readonly lateMs: number
}
