import type { NotificationKind } from '@fairmile/contract/http/notification-kinds.ts'
import type { Notification } from '@fairmile/contract/http/notifications.ts'
import { contestPath, tripPath } from '../controllers/routes.ts'
import { calendarDay, when } from './dates.ts'
import { eventTitle } from './event-words.ts'
import { decimal, kilometres, money } from './figures.ts'
import { points } from './reward-words.ts'

/** What a notification says, and the page that it is about. */
export interface NotificationWords {
  title: string
  text: string
  path: string | null
}

/** Kinds as the settings name them. */
export const kindWords: Readonly<Record<NotificationKind, string>> = {
  welcome: 'Welcome',
  high_risk: 'High risk',
  premium_updated: 'Price and bills',
  safety_alert: 'Alerts from the car',
  contest_ruled: 'Rulings on contests',
  trip_assigned: 'Trips put down to you',
  redemption_settled: 'What you redeemed',
  policy_changed: 'Changes of your policies',
  points_corrected: 'Points given or taken',
  device_silent: 'Device is silent',
}

const rulings: Readonly<Record<string, { title: string; outcome: string }>> = {
  upheld: { title: 'Contest upheld', outcome: 'does not count' },
  rejected: { title: 'Contest rejected', outcome: 'counts as before' },
  withdrawn: { title: 'Contest taken back', outcome: 'counts as before' },
}

/** Says a notification in words. */
export function notificationWords(notification: Notification, now: number): NotificationWords {
  const { kind, data } = notification
  switch (kind) {
    case 'welcome':
      return {
        title: 'Welcome to Fairmile',
        text: 'Your first trip appears minutes after the car has come to rest.',
        path: '/',
      }
    case 'high_risk':
      return {
        title: `Safety score of ${100 - Math.round(data.limit)} or less`,
        text: `It is ${100 - Math.round(data.risk)} of 100 now.`,
        path: '/score',
      }
    case 'premium_updated':
      return premiumWords(data)
    case 'safety_alert':
      return {
        title: eventTitle(data.kind, data.band),
        text: 'The car has given an alert.',
        path: tripPath(data.tripId, data.eventId),
      }
    case 'contest_ruled':
      return rulingWords(data, now)
    case 'trip_assigned':
      return {
        title: 'A trip was put down to you',
        text: `${when(data.startAt, now)}, ${kilometres(data.distanceM)} km: somebody said that you drove. If you did not, tell your insurer.`,
        path: tripPath(data.tripId),
      }
    case 'redemption_settled':
      return data.state === 'fulfilled'
        ? { title: 'Redemption given', text: `${data.title}: your insurer has seen to it.`, path: '/rewards' }
        : {
            title: 'Redemption refused',
            text: `${data.title}: ${pointsBack(data)} ${data.reason ?? ''}`.trim(),
            path: '/rewards',
          }
    case 'policy_changed':
      return policyWords(data, now)
    case 'points_corrected':
      return {
        title: data.points > 0 ? 'Points given' : 'Points taken',
        text: `${points(Math.abs(data.points))}, and you had ${points(data.balance)} then. ${data.reason}`,
        path: '/rewards',
      }
    case 'device_silent':
      return {
        title: 'Device is silent',
        text: `${data.deviceId} was not heard for more than ${data.days} days. Check its power if the car was driven.`,
        path: null,
      }
  }
}

type PolicyChange = Extract<Notification, { kind: 'policy_changed' }>['data']

/** What became of a policy, and what follows it. */
function policyWords({ vehicleName, change, onDay, reason, next }: PolicyChange, now: number): NotificationWords {
  const day = calendarDay(onDay, now)
  const follows = next
    ? `From ${day} to ${calendarDay(next.endsOn, now)}: ${next.vehicleName}, under the plan ${next.planId}.`
    : `What was to follow on ${day} was voided meanwhile.`
  const words: Record<PolicyChange['change'], { title: string; text: string }> = {
    cancelled: { title: 'Insurance ends', text: `${vehicleName}: ${day} is the first day without this policy.` },
    voided: { title: 'Policy voided', text: `${vehicleName}: it was to begin on ${day}, and insures nothing.` },
    restored: { title: 'Policy goes on', text: `${vehicleName}: what was to follow on ${day} was voided.` },
    endorsed: { title: 'Policy changes', text: follows },
    renewed: { title: 'Policy renewed', text: follows },
  }
  const { title, text } = words[change]
  return { title, text: reason === null ? text : `${text} ${reason}`, path: '/price' }
}

type Settled = Extract<Notification, { kind: 'redemption_settled' }>['data']

/** What a refused redemption brought back: what was no longer due did not come. */
function pointsBack({ points: spent, backPoints = spent }: Settled): string {
  const came = backPoints < spent ? ` of ${decimal(spent)} came back; the rest was no longer due.` : ' came back.'
  return `${points(backPoints)}${came}`
}

type Priced = Extract<Notification, { kind: 'premium_updated' }>['data']

/** What the term has cost, and what became of the price of a month. */
function premiumWords(data: Priced): NotificationWords {
  const { premiumMinor, payableMinor, beforeMinor, monthMinor, beforeMonthMinor, billedTo, currency } = data
  const { givenBackMinor, refundedMinor } = data
  const isTaxed = typeof payableMinor === 'number'
  const net = isTaxed ? ', before fees and tax' : ''
  const costs = `Your term so far costs ${money(payableMinor ?? premiumMinor, currency)}${isTaxed ? ', with fees and tax' : ''}.`
  const back = [
    givenBackMinor
      ? `You get ${money(givenBackMinor, currency)} back${net && `${net},`} for days that were billed and on which this policy no longer runs.`
      : '',
    refundedMinor
      ? `You get ${money(refundedMinor, currency)} back${net && `${net},`} of what was billed: it costs less as your trips are judged now.`
      : '',
  ].filter((words) => words !== '')
  if (back.length > 0) return { title: 'Money back', text: [...back, costs].join(' '), path: '/price' }
  const isOther = typeof beforeMonthMinor === 'number' && beforeMonthMinor !== monthMinor
  const was = isOther ? `; it was ${money(beforeMonthMinor, currency)}` : ''
  const month =
    monthMinor === undefined ? '' : ` A month costs ${money(monthMinor, currency)} at this price${was}${net}.`
  const title = beforeMinor === null ? 'First premium' : billedTo ? 'Premium billed' : 'Price changed'
  return { title, text: `${costs}${month}`, path: '/price' }
}

type Ruled = Extract<Notification, { kind: 'contest_ruled' }>['data']

/** What was ruled on which event, and what that means in money. */
function rulingWords({ contestId, ruling, event, effect, limit }: Ruled, now: number): NotificationWords {
  const { title, outcome } = rulings[ruling] ?? { title: 'Contest ruled on', outcome: 'was ruled on' }
  const what = event ? `${eventTitle(event.kind, event.band)}, ${when(event.startAt, now)}: it` : 'The event'
  const less =
    ruling === 'upheld' && !limit?.isSpeeding && effect && effect.premiumMinor > 0
      ? ` Your term so far costs ${money(effect.premiumMinor, effect.currency)} less.`
      : ''
  const said = limit ? byTrueLimit(limit) : outcome
  return { title, text: `${what} ${said}.${less}`, path: contestPath(contestId) }
}

/** What an event is by the limit that was put right. */
function byTrueLimit({ limitKmh, isSpeeding, counts }: NonNullable<Ruled['limit']>): string {
  const is = isSpeeding ? 'is still speeding' : 'is no speeding'
  return `${is} by the true limit of ${limitKmh} km/h, and ${counts ? 'counts' : 'does not count'}`
}
