import type { ContestReason, ContestState, Ruler } from '@fairmile/contract/contest.ts'
import type { Contest, ContestDetail, ScoreAndPremium } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { day, when } from './dates.ts'
import { decimal, money, nbsp } from './figures.ts'

/** Why an event is contested, as the driver says it. */
export const reasonWords: Record<ContestReason, string> = {
  emergency: 'It was an emergency',
  road: 'It was the road: a hole, a bump, ice',
  wrong_limit: 'The speed limit is wrong',
  sensor: 'The sensor is wrong',
  not_me: 'It was not me who drove',
  other: 'Something else',
}

/** What giving a reason means, where that is more than that the event does not count meanwhile. */
export const reasonNotes: Partial<Record<ContestReason, string>> = {
  wrong_limit: 'If you are right, the limit is corrected for everyone who drives there.',
  not_me:
    'This is about the whole trip: it leaves your score, and you see it no more. Its kilometres stay on your policy.',
}

/** What contesting an event does until it is ruled on: one that counts for nothing anyway is told as that. */
export function contestNote({ kind, band, grade }: Pick<DrivingEventEvidence, 'kind' | 'band' | 'grade'>): string {
  const ruled = 'Somebody looks at it within ten working days; where nobody does, you are right.'
  const countsForNothing = kind.startsWith('harsh_') && (band === 'log' || grade !== 'A')
  return countsForNothing
    ? `It counts for nothing as it is: a contest puts right what is on record, and changes neither score nor price. ${ruled}`
    : `From now on it counts for nothing. ${ruled}`
}

export const stateWords: Record<ContestState, string> = {
  open: 'waits for a ruling',
  awaiting_second: 'waits for a second ruling',
  upheld: 'upheld',
  rejected: 'rejected',
  withdrawn: 'taken back',
}

/** A contest that is settled or not, in a sentence. */
export function standing({ state, ruleBy, settledAt, rulings }: Contest, now: number): string {
  if (settledAt === null)
    return `The event counts for nothing. Somebody rules by the end of ${lastDay(ruleBy, now)}; where nobody does, it is upheld.`
  const on = `on ${day(settledAt, now).replace(/^(To|Ye)/, (start) => start.toLowerCase())}`
    .replace('on today', 'today')
    .replace('on yesterday', 'yesterday')
  if (state === 'upheld') {
    const limit = rulings.find(({ settles }) => settles)?.limit
    return limit
      ? `Upheld ${on}: the event is judged by the true limit, ${decimal(limit.limitKmh)}${nbsp}km/h.`
      : `Upheld ${on}: the event does not count.`
  }
  return state === 'rejected' ? `Rejected ${on}: the event counts.` : `Taken back ${on}: the event counts.`
}

/** The day at whose end a time limit ends. */
export const lastDay = (until: string, now: number): string => {
  const words = day(Date.parse(until) - 1, now)
  return words === 'Today' ? 'today' : words
}

/** Who ruled. */
export const rulerWords: Record<Ruler, string> = {
  admin: 'An examiner',
  silence: 'Nobody in time',
  driver: 'The driver',
}

/** What a word corrects, and who it says drove: a second examiner has to say the same. */
export function saidWords({ limit, drivenBy }: Pick<Contest['rulings'][number], 'limit' | 'drivenBy'>): string[] {
  const driven = drivenBy === null ? [] : [`${drivenBy} drove.`]
  if (limit === null) return driven
  const { limitKmh, radiusM, from, until } = limit
  const words = [
    `The true limit is ${decimal(limitKmh)}${nbsp}km/h`,
    ...(radiusM === null ? [] : [`within ${decimal(radiusM)}${nbsp}m`]),
    ...(from === null ? [] : [`from ${from}`]),
    ...(until === null ? [] : [`until ${until}`]),
  ]
  return [`${words.join(', ')}.`, ...driven]
}

/** How well the box knew its axes, in words. */
export function calibrationWords({ state, maxSigmaG }: DrivingEventEvidence['calibration']): string {
  const bound = `${decimal(maxSigmaG, 2)}${nbsp}g`
  if (state === 'not_asked') return 'not asked for by this kind of event'
  if (state === 'unknown') return 'the axes of the car were not known'
  return state === 'within' ? `typically right to ${bound}` : `typically off by more than ${bound}`
}

/** Safety score, premium and moment of a version; the score `not scored` while kilometres were missing. */
export function versionWords(
  version: ScoreAndPremium | null,
  now: number,
): { score: string; premium: string; at: string } {
  const { score = null, premium = null } = version ?? {}
  const at = premium?.calculatedAt ?? score?.calculatedAt
  return {
    score: score ? scoreWords(score.risk) : '–',
    premium: premium ? money(premium.premiumMinor, premium.currency) : '–',
    at: at ? when(at, now) : 'not yet',
  }
}

/** The safety score of a risk, null where there is none. */
export const scoreWords = (risk: number | null): string => (risk === null ? 'not scored' : decimal(100 - risk))

/** What came back to the driver for an event that counts for nothing, or why nothing did. */
export function givenBackWords({
  effect,
  givenBackMinor,
}: {
  effect: NonNullable<ContestDetail['effect']>
  givenBackMinor: number | null
}): string {
  const { premiumMinor, currency } = effect
  const cheaper =
    premiumMinor > 0
      ? `Without the event the term so far costs ${money(premiumMinor, currency)} less.`
      : 'The event changes nothing in the price of the term so far.'
  if (givenBackMinor === null) return cheaper
  if (givenBackMinor > 0) return `${cheaper} Given back of what had been billed: ${money(givenBackMinor, currency)}.`
  return `${cheaper} Nothing had been billed for it, so nothing is given back.`
}
