import type { Figures, PolicyChange, Templates, TrueLimit } from './words.ts'

const alerts: Readonly<Record<string, string>> = {
  harsh_braking: 'harsh braking',
  harsh_acceleration: 'harsh acceleration',
  harsh_cornering: 'harsh cornering',
  harsh_lane_change: 'a harsh lane change',
  speeding: 'speeding',
  phone_use: 'use of a phone',
  crash: 'a crash',
  tamper: 'that the device was moved or disconnected',
}
const rulings: Readonly<Record<string, string>> = {
  upheld: 'Your contest was upheld. The event does not count; score and premium are calculated again.',
  rejected: 'Your contest was rejected. The event stays as it is; the grounds are on the page of the contest.',
  withdrawn: 'The contest was taken back. The event stays as it is.',
}

/** What a contested event is by the limit that was put right. */
function byTrueLimit({ isSpeeding, counts }: TrueLimit, kmh: string): string {
  const outcome = counts
    ? 'By it the event still is speeding, and counts'
    : `By it the event is ${isSpeeding ? 'still speeding, but' : 'no speeding, and'} does not count`
  return `Your contest was upheld. The limit there is ${kmh} km/h; it was put right. ${outcome}; score and premium are calculated again.`
}

/** What a trip counts for; of its policy, nothing where that was not told yet. */
function countsNow(isOnOwnPolicy: boolean | undefined): string {
  if (isOnOwnPolicy === undefined) return 'The trip counts for your score now.'
  return isOnOwnPolicy
    ? 'The trip counts for your score and your premium now.'
    : 'The trip counts for your score now, but not for your premium: no policy of yours pays for it.'
}

const policyChanges: Readonly<Record<PolicyChange['change'], string>> = {
  cancelled: 'Your insurance ends',
  voided: 'A policy of yours was voided',
  restored: 'Your policy goes on as it was',
  endorsed: 'Your policy changes',
  renewed: 'Your policy is renewed',
}

/** What a policy is after a change. */
function policyNow({ policyId, vehicleName, change, onDay, next }: PolicyChange, day: Figures['day']): string {
  const policy = `policy ${policyId} (${vehicleName})`
  const follows = next
    ? `From ${day(onDay)} on, to ${day(next.endsOn)}, policy ${next.policyId} insures ${next.vehicleName} under the plan ${next.planId}. It follows ${policy}.`
    : null
  switch (change) {
    case 'cancelled':
      return `Your insurer has ended ${policy}. ${day(onDay)} is the first day without it.`
    case 'voided':
      return `Your insurer has voided ${policy}, which was to begin on ${day(onDay)}. It insures nothing.`
    case 'restored':
      return `What was to follow ${policy} from ${day(onDay)} on was voided: the policy goes on as it was.`
    case 'endorsed':
      return follows ?? `Another policy was to follow ${policy} from ${day(onDay)} on; it was voided meanwhile.`
    case 'renewed':
      return follows ?? `The next term of ${policy} was bound from ${day(onDay)} on; it was voided meanwhile.`
  }
}

/** What is written to people in English. */
export const english: Templates = {
  greeting: (name) => `Hello ${name},`,
  digest: (count) => `${count} messages from Fairmile`,
  footer: 'You get this because of your notification settings at Fairmile.',
  unsubscribe: 'Stop e-mails of this kind',
  unsubscribeQuestion: 'Stop e-mails of this kind? They stay on your pages.',
  unsubscribed: 'E-mails of this kind were stopped. You can turn them on again under Notifications.',
  logInFooter: 'You get this because this address has a log-in at Fairmile.',
  passwordLinks: {
    invitation: ({ path, expiresAt }, { moment }) => ({
      subject: 'Your log-in at Fairmile: choose a password',
      lines: [
        'A log-in at Fairmile was made for you. Choose its password: nobody else will know it.',
        `The link works once, until ${moment(expiresAt)}. When it is over, ask for another with “Forgot your password?” on the log-in page.`,
      ],
      action: { label: 'Choose a password', path },
    }),
    reset: ({ path, expiresAt }, { moment }) => ({
      subject: 'A new password for Fairmile',
      lines: [
        'Somebody asked for a new password for your log-in at Fairmile. If that was not you, leave this as it is: your password stays.',
        `The link works once, until ${moment(expiresAt)}. Wherever you are logged in, you are logged out when the password is set.`,
      ],
      action: { label: 'Choose a new password', path },
    }),
  },
  kinds: {
    welcome: () => ({
      subject: 'Welcome to Fairmile',
      lines: [
        'Your log-in is set up. As soon as the device in your car has recorded a trip, you find it on your pages, with a score and every reason for it.',
        'Each premium comes with a receipt that anyone can check.',
      ],
      action: { label: 'Open your dashboard', path: '/' },
    }),
    high_risk: ({ risk, limit, isFirst }, { number }) => ({
      subject: isFirst ? 'Your first safety score is low' : 'Your safety score has fallen',
      lines: [
        `Your ${isFirst ? 'first ' : ''}safety score is ${number(100 - Math.round(risk))} of 100. We tell you when it is ${number(100 - Math.round(limit))} or less.`,
        'The page of your score lists what raises your risk most, and what would change it.',
      ],
      action: { label: 'See the reasons', path: '/score' },
    }),
    premium_updated: (data, { money, day }) => {
      const { premiumMinor, payableMinor, beforeMinor, monthMinor, beforeMonthMinor, billedTo, currency } = data
      const { givenBackMinor, refundedMinor } = data
      const net = typeof payableMinor === 'number' ? ', before fees and tax' : ''
      const was = typeof beforeMonthMinor === 'number' && beforeMonthMinor !== monthMinor
      return {
        subject:
          givenBackMinor || refundedMinor
            ? 'You get money back'
            : beforeMinor === null
              ? 'Your first premium'
              : billedTo
                ? 'Your premium was billed'
                : 'Your price has changed',
        lines: [
          ...(givenBackMinor
            ? [
                `You get ${money(givenBackMinor, currency)} back${net && `${net},`} for days that were billed and on which this policy no longer runs.`,
              ]
            : []),
          ...(refundedMinor
            ? [
                `You get ${money(refundedMinor, currency)} back${net && `${net},`} of what was billed: it costs less as your trips are judged now.`,
              ]
            : []),
          ...(billedTo ? [`Your term was billed to ${day(billedTo)}.`] : []),
          `Your term has cost ${money(payableMinor ?? premiumMinor, currency)} so far${net && ', with fees and tax'}.`,
          ...(monthMinor === undefined || givenBackMinor
            ? []
            : [
                `A month costs ${money(monthMinor, currency)} at your present price${was ? `; it was ${money(beforeMonthMinor, currency)}` : ''}${net}.`,
              ]),
          'The receipt shows each step of the calculation.',
        ],
        action: { label: 'See the receipt', path: '/price' },
      }
    },
    safety_alert: ({ kind, at, tripId }, { moment }) => ({
      subject: kind === 'crash' ? 'Your car has reported a crash' : 'Alert from your car',
      lines: [
        `The device in your car has reported ${alerts[kind] ?? kind}, ${moment(at)}.`,
        ...(kind === 'crash' ? ['If somebody is hurt, call 112.'] : []),
      ],
      action: { label: 'See the trip', path: `/trips/${encodeURIComponent(tripId)}` },
    }),
    contest_ruled: ({ contestId, ruling, event, effect, limit }, { money, moment, number }) => ({
      subject: 'Your contest was ruled on',
      lines: [
        ...(event ? [`What you contested: ${alerts[event.kind] ?? event.kind}, ${moment(event.startAt)}.`] : []),
        limit ? byTrueLimit(limit, number(limit.limitKmh)) : (rulings[ruling] ?? ruling),
        ...(ruling === 'upheld' && !limit?.isSpeeding && effect && effect.premiumMinor > 0
          ? [`Without it your term so far costs ${money(effect.premiumMinor, effect.currency)} less.`]
          : []),
      ],
      action: { label: 'See the ruling', path: `/contests?contest=${encodeURIComponent(contestId)}` },
    }),
    trip_assigned: ({ tripId, startAt, distanceM, isOnOwnPolicy }, { moment, number }) => ({
      subject: 'A trip was put down to you',
      lines: [
        `Your insurer was told that you drove ${number(Math.round(distanceM / 100) / 10)} km from ${moment(startAt)}. ${countsNow(isOnOwnPolicy)}`,
        'If you did not drive, tell your insurer, or contest an event of the trip with the reason "not me".',
      ],
      action: { label: 'See the trip', path: `/trips/${encodeURIComponent(tripId)}` },
    }),
    redemption_settled: ({ title, points, state, reason, backPoints = points }, { number }) => ({
      subject: state === 'fulfilled' ? 'What you redeemed was given' : 'What you redeemed cannot be given',
      lines:
        state === 'fulfilled'
          ? [`For ${number(points)} points: ${title}. Your insurer has seen to it.`]
          : [
              `For ${number(points)} points: ${title}. Your insurer does not give it.`,
              `Points that are back on your account: ${number(backPoints)}.${backPoints < points ? ' The rest was no longer due.' : ''}`,
              ...(reason ? [`Why: ${reason}`] : []),
            ],
      action: { label: 'See your rewards', path: '/rewards' },
    }),
    policy_changed: (data, { day }) => ({
      subject: policyChanges[data.change],
      lines: [policyNow(data, day), ...(data.reason ? [`Why: ${data.reason}`] : [])],
      action: { label: 'See your price', path: '/price' },
    }),
    points_corrected: ({ points, balance, reason }, { number }) => ({
      subject: points > 0 ? 'You were given points' : 'Points were taken from your account',
      lines: [
        `Your insurer has ${points > 0 ? 'given you' : 'taken'} ${number(Math.abs(points))} points. You had ${number(balance)} then.`,
        `Why: ${reason}`,
      ],
      action: { label: 'See your rewards', path: '/rewards' },
    }),
    device_silent: ({ deviceId, heardAt, days }, { moment, number }) => ({
      subject: 'A device is silent',
      lines: [
        `The device ${deviceId} was heard last ${moment(heardAt)}, more than ${number(days)} days ago.`,
        'If the car was driven since then, check that the device has power. What it has recorded is sent as soon as it is online.',
      ],
      action: null,
    }),
  },
}
