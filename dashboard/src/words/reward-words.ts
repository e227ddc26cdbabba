import type { RewardChallengeReport, RewardEntry, RewardOfferReport, Rewards } from '@fairmile/contract/http/rewards.ts'
import type { RedemptionKind, RedemptionState } from '@fairmile/contract/reward-catalogue.ts'
import { calendarDay } from './dates.ts'
import { counted, decimal, kilometres, nbsp } from './figures.ts'

/** Points with their unit: `98 points`. */
export const points = (count: number): string => counted(count, 'point')

/** Points with a sign, as in an account. */
export const signedPoints = (count: number): string => (count > 0 ? `+${decimal(count)}` : decimal(count))

/** Why an offer cannot be had. */
export const refusalWords: Record<NonNullable<RewardOfferReport['refusal']>, string> = {
  kind_not_allowed: 'Where you are insured, the law does not let points pay for this.',
  other_currency: 'It is in another currency than the limit of the year.',
  over_the_year: 'It would be more than the law lets us give you this year.',
  balance_too_low: 'You do not have enough points yet.',
}

/** What kind of thing is had for points. */
export const redemptionKindWords: Record<RedemptionKind, string> = {
  voucher: 'voucher',
  donation: 'donation',
  deductible_credit: 'credit on the deductible',
  premium_credit: 'credit on the premium',
}

/** What became of a redemption, and what is said where there is none such. */
export const redemptionStateWords: Record<RedemptionState, { title: string; empty: { title: string; next: string } }> =
  {
    open: {
      title: 'Open',
      empty: { title: 'Nothing waits to be given.', next: 'A redemption is here as soon as a driver spends points.' },
    },
    fulfilled: { title: 'Given', empty: { title: 'None was given yet.', next: 'Open ones are under “Open”.' } },
    refused: { title: 'Refused', empty: { title: 'None was refused.', next: 'Open ones are under “Open”.' } },
  }

/** How a challenge stands, in a few words. */
export function challengeWords(challenge: RewardChallengeReport): string {
  const { state, doneDays, days, doneGradableM, orGradableM } = challenge
  const way =
    doneGradableM === null || orGradableM === null
      ? ''
      : ` or ${kilometres(doneGradableM)} of ${kilometres(orGradableM)}${nbsp}km`
  switch (state) {
    case 'running':
      return `Day ${decimal(doneDays)} of ${decimal(days)}${way}`
    case 'waiting':
      return 'Its days are over; late trips are waited for'
    case 'reached':
      return 'Reached'
    case 'missed':
      return `Ended by an event after ${counted(doneDays, 'day')}`
    case 'closed':
      return 'Cannot be joined now'
    case 'open':
      return `${counted(days, 'day')}${orGradableM === null ? '' : ` or ${kilometres(orGradableM)}${nbsp}km`}`
  }
}

/** What the streak means now. */
export function streakWords({ weeks, paused }: Rewards['streak']): string {
  if (weeks === 0) return 'A week of driving without a counted event begins one.'
  return paused ? 'Paused: a week without driving does not break it.' : 'Weeks of driving without a counted event.'
}

/** What points moved for. */
export function entryWords({ kind, cause, part, reason }: RewardEntry, rewards: Rewards | null, now: number): string {
  const [, id = ''] = cause.split(':')
  const again = part > 1 ? ', set right' : ''
  if (kind === 'week') return `Week of ${calendarDay(id, now)}${again}`
  if (kind === 'correction') return reason ?? 'Set right by hand'
  if (kind === 'redemption') return part > 1 ? 'Given back: it was refused' : 'Redeemed'
  const known = kind === 'milestone' ? rewards?.achievements : rewards?.challenges
  return `${known?.find((entry) => entry.id === id)?.title ?? id}${again}`
}
