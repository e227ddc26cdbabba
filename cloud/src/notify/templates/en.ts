import type { Templates } from './words.ts'

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

/** What is written to people in English. */
export const english: Templates = {
  greeting: (name) => `Hello ${name},`,
  digest: (count) => `${count} messages from Fairmile`,
  footer: 'You get this because of your notification settings at Fairmile.',
  unsubscribe: 'Stop e-mails of this kind',
  unsubscribeQuestion: 'Stop e-mails of this kind? They stay on your pages.',
  unsubscribed: 'E-mails of this kind were stopped. You can turn them on again under Notifications.',
  kinds: {
    welcome: () => ({
      subject: 'Welcome to Fairmile',
      lines: [
        'Your log-in is set up. As soon as the device in your car has recorded a trip, you find it on your pages, with a score and every reason for it.',
        'Each premium comes with a receipt that anyone can check.',
      ],
      action: { label: 'Open your dashboard', path: '/' },
    }),
    high_risk: ({ risk, limit }, { number }) => ({
      subject: 'Your safety score has fallen',
      lines: [
        `Your safety score is ${number(100 - Math.round(risk))} of 100. We tell you when it is below ${number(100 - limit)}.`,
        'The page of your score lists what raises your risk most, and what would change it.',
      ],
      action: { label: 'See the reasons', path: '/score' },
    }),
    premium_updated: ({ premiumMinor, beforeMinor, currency }, { money }) => ({
      subject: beforeMinor === null ? 'Your first premium' : 'Your premium has changed',
      lines: [
        beforeMinor === null
          ? `Your premium is ${money(premiumMinor, currency)}.`
          : `Your premium is ${money(premiumMinor, currency)}; it was ${money(beforeMinor, currency)}.`,
        'The receipt shows each step of the calculation.',
      ],
      action: { label: 'See the receipt', path: '/price' },
    }),
    safety_alert: ({ kind, at, tripId }, { moment }) => ({
      subject: kind === 'crash' ? 'Your car has reported a crash' : 'Alert from your car',
      lines: [
        `The device in your car has reported ${alerts[kind] ?? kind}, ${moment(at)}.`,
        ...(kind === 'crash' ? ['If somebody is hurt, call 112.'] : []),
      ],
      action: { label: 'See the trip', path: `/trips/${encodeURIComponent(tripId)}` },
    }),
    contest_ruled: ({ contestId, ruling, event, effect }, { money, moment }) => ({
      subject: 'Your contest was ruled on',
      lines: [
        ...(event ? [`What you contested: ${alerts[event.kind] ?? event.kind}, ${moment(event.startAt)}.`] : []),
        rulings[ruling] ?? ruling,
        ...(ruling === 'upheld' && effect && effect.premiumMinor > 0
          ? [`Without it your term so far costs ${money(effect.premiumMinor, effect.currency)} less.`]
          : []),
      ],
      action: { label: 'See the ruling', path: `/contests?contest=${encodeURIComponent(contestId)}` },
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
