import assert from 'node:assert/strict'
import { it } from 'node:test'
import { eventKinds } from '@fairmile/contract/driving-event.ts'
import { notificationLanguages } from '@fairmile/contract/http/notification-kinds.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { policyChangeKinds } from '@fairmile/contract/http/policies.ts'
import { mailBody } from '../mail/mail-body.ts'
import { writeLinkWords, writeWords } from './write-words.ts'

const at = Date.UTC(2026, 5, 1, 10)
const hostile = 'A\r\nBcc: all@example.org\u2028<script>alert(1)</script>'
const alert = {
  eventId: 'EVT-1',
  tripId: 'TRP-1',
  band: 'count' as const,
  at,
  value: 1,
  speedMps: null,
  lat: null,
  lon: null,
}
const premium = { policyId: 'POL-1', receiptId: 'RCP-1', premiumMinor: 123_456, currency: 'EUR' }
const ruling = {
  kind: 'contest_ruled' as const,
  data: {
    ...{ contestId: 'CON-1', eventId: 'EVT-1', ruling: 'upheld' },
    event: { kind: 'harsh_braking' as const, band: 'count' as const, startAt: new Date(at).toISOString() },
    effect: { premiumMinor: 52, currency: 'EUR' },
  },
}
const all: Told[] = [
  { kind: 'welcome', data: {} },
  { kind: 'high_risk', data: { risk: 71.6, limit: 70 } },
  { kind: 'premium_updated', data: { ...premium, beforeMinor: null } },
  {
    kind: 'premium_updated',
    data: { ...premium, beforeMinor: 100, payableMinor: 148_813, ...{ monthMinor: 9_900, beforeMonthMinor: 11_000 } },
  },
  { kind: 'safety_alert', data: { ...alert, kind: 'crash' } },
  { kind: 'safety_alert', data: { ...alert, kind: 'speeding' } },
  { kind: 'device_silent', data: { deviceId: hostile, heardAt: new Date(at).toISOString(), days: 7 } },
  { kind: 'trip_assigned', data: { tripId: hostile, startAt: new Date(at).toISOString(), distanceM: 12_345 } },
  {
    kind: 'redemption_settled',
    data: { redemptionId: 'RDM-1', title: 'A car wash', points: 1600, state: 'refused', reason: hostile },
  },
  {
    kind: 'redemption_settled',
    data: { redemptionId: 'RDM-1', title: 'A car wash', points: 1600, state: 'fulfilled', reason: null },
  },
  ...policyChangeKinds
    .filter((change) => change !== 'bound')
    .flatMap((change): Told[] => {
      const told = { policyId: 'POL-1', vehicleName: hostile, change, onDay: '2026-07-01', reason: hostile }
      const next = { policyId: 'POL-2', planId: 'fairmile-2', endsOn: '2026-12-31', vehicleName: hostile }
      return [null, next].map((next) => ({ kind: 'policy_changed', data: { ...told, next } }))
    }),
  { kind: 'points_corrected', data: { points: -200, balance: 0, reason: hostile } },
  { kind: 'points_corrected', data: { points: 1_200, balance: 1_300, reason: hostile } },
  ...(ruling ? [ruling] : []),
]

it('writeWords has words for every kind in every language, other ones in each, on single lines', () => {
  const written = notificationLanguages.map((language) =>
    all.map((told) => writeWords(told, { language, timeZone: 'Europe/Berlin' })),
  )
  for (const words of written)
    for (const { subject, lines } of words) {
      assert.ok(subject.length > 5 && lines.length > 0)
      for (const line of [subject, ...lines]) assert.doesNotMatch(line, /undefined|NaN|[\p{Cc}\u2028]/u)
    }
  const [english = [], german = []] = written
  for (const [n, words] of english.entries()) assert.notEqual(words.subject, german[n]?.subject)
  assert.equal(english[2]?.lines[0], 'Your term has cost €1,234.56 so far.')
  assert.deepEqual(english[3]?.lines.slice(0, 2), [
    'Your term has cost €1,488.13 so far, with fees and tax.',
    'A month costs €99.00 at your present price; it was €110.00, before fees and tax.',
  ])
  assert.deepEqual(german[3]?.lines.slice(0, 2), [
    'Ihr Vertragsjahr hat bisher 1.488,13\u00a0€ gekostet, mit Gebühren und Steuer.',
    'Ein Monat kostet zu Ihrem jetzigen Preis 99,00\u00a0€; bisher waren es 110,00\u00a0€, vor Gebühren und Steuer.',
  ])
  const low = (risk: number, limit: number, isFirst: boolean) =>
    notificationLanguages.map((language) => {
      const told: Told = { kind: 'high_risk', data: { risk, limit, isFirst } }
      const { subject: title, lines: words } = writeWords(told, { language, timeZone: 'UTC' })
      return `${title}: ${words[0]}`
    })
  assert.deepEqual(low(70.3, 70, false), [
    'Your safety score has fallen: Your safety score is 30 of 100. We tell you when it is 30 or less.',
    'Ihr Sicherheitswert ist gesunken: Ihr Sicherheitswert ist 30 von 100. Wir melden uns, wenn er 30 oder weniger ist.',
  ])
  assert.deepEqual(low(70.45, 70.4, true), [
    'Your first safety score is low: Your first safety score is 30 of 100. We tell you when it is 30 or less.',
    'Ihr erster Sicherheitswert ist niedrig: Ihr erster Sicherheitswert ist 30 von 100. Wir melden uns, wenn er 30 oder weniger ist.',
  ])
  const billed = { ...premium, beforeMinor: 100, payableMinor: null, monthMinor: 9_900, beforeMonthMinor: 9_900 }
  const bill: Told = { kind: 'premium_updated', data: { ...billed, billedTo: '2026-06-30' } }
  const { subject, lines } = writeWords(bill, { language: 'en', timeZone: 'America/New_York' })
  assert.deepEqual(
    [subject, ...lines.slice(0, 3)],
    [
      'Your premium was billed',
      'Your term was billed to 30 Jun 2026.',
      'Your term has cost €1,234.56 so far.',
      'A month costs €99.00 at your present price.',
    ],
  )
  const back: Told = { kind: 'premium_updated', data: { ...billed, givenBackMinor: 110 } }
  assert.match(writeWords(back, { language: 'en', timeZone: 'UTC' }).lines[0] ?? '', /^You get €1\.10 back for days/)
  assert.match(writeWords(back, { language: 'de', timeZone: 'UTC' }).lines[0] ?? '', /^Sie erhalten 1,10\u00a0€ zurück/)
  const refund: Told = { kind: 'premium_updated', data: { ...billed, refundedMinor: 20 } }
  const refunded = writeWords(refund, { language: 'en', timeZone: 'UTC' })
  assert.deepEqual(refunded.subject, 'You get money back')
  assert.match(refunded.lines[0] ?? '', /^You get €0\.20 back of what was billed/)
  assert.match(writeWords(refund, { language: 'de', timeZone: 'UTC' }).lines[0] ?? '', /^Sie erhalten 0,20\u00a0€ von/)
  const taxed = (language: 'en' | 'de', returned: object): string =>
    writeWords(
      { kind: 'premium_updated', data: { ...billed, payableMinor: 150_000, ...returned } },
      { language, timeZone: 'UTC' },
    ).lines[0] ?? ''
  assert.match(taxed('en', { givenBackMinor: 110 }), /^You get €1\.10 back, before fees and tax, for days/)
  assert.match(taxed('en', { refundedMinor: 20 }), /^You get €0\.20 back, before fees and tax, of what was billed: it/)
  assert.match(taxed('de', { givenBackMinor: 110 }), /^Sie erhalten 1,10\u00a0€ zurück, vor Gebühren und Steuer: für/)
  assert.match(taxed('de', { refundedMinor: 20 }), /abgerechnet war, vor Gebühren und Steuer: So,/)
  const refused = (language: 'en' | 'de', more: object): string | undefined => {
    const common = { redemptionId: 'RDM-1', title: 'A car wash', points: 1600, state: 'refused', reason: null } as const
    return writeWords({ kind: 'redemption_settled', data: { ...common, ...more } }, { language, timeZone: 'UTC' })
      .lines[1]
  }
  const named = (language: 'en' | 'de', more: object): string | undefined => {
    const common = {
      redemptionId: 'RDM-1',
      title: 'A car wash',
      points: 600,
      state: 'fulfilled',
      reason: null,
    } as const
    return writeWords({ kind: 'redemption_settled', data: { ...common, ...more } }, { language, timeZone: 'UTC' })
      .lines[0]
  }
  const titles = { de: 'Eine Autowäsche' }
  assert.match(named('de', { titles }) ?? '', /^Für 600 Punkte: Eine Autowäsche\. /)
  assert.match(named('de', {}) ?? '', /^Für 600 Punkte: A car wash\. /)
  assert.match(named('en', { titles }) ?? '', /^For 600 points: A car wash\. /)
  const points = ['Points that are back on your account', 'Punkte, die wieder auf Ihrem Konto sind']
  for (const more of [{}, { backPoints: 1600 }])
    assert.deepEqual([refused('en', more), refused('de', more)], [`${points[0]}: 1,600.`, `${points[1]}: 1.600.`])
  assert.deepEqual(
    [refused('en', { backPoints: 386 }), refused('de', { backPoints: 0 })],
    [`${points[0]}: 386. The rest was no longer due.`, `${points[1]}: 0. Der Rest stand Ihnen nicht mehr zu.`],
  )
  assert.match(english[4]?.lines[0] ?? '', /a crash, 1 Jun 2026, 12:00/)
  assert.deepEqual(english.at(-1)?.lines, [
    'What you contested: harsh braking, 1 Jun 2026, 12:00.',
    'Your contest was upheld. The event does not count; score and premium are calculated again.',
    'Without it your term so far costs €0.52 less.',
  ])
  assert.equal(english.at(-1)?.action?.path, '/contests?contest=CON-1')
  const told = { ...ruling, data: { contestId: 'CON-1', eventId: 'EVT-1', ruling: 'upheld' } }
  assert.equal(writeWords(told, { language: 'en', timeZone: 'UTC' }).lines.length, 1)
})

it('writeWords says of a trip that was put down to somebody whether it counts for their premium', () => {
  const linesOf = (isOnOwnPolicy: boolean | undefined) =>
    notificationLanguages.map((language) => {
      const data = { tripId: 'TRP-1', startAt: new Date(at).toISOString(), distanceM: 12_345 }
      const told: Told = {
        kind: 'trip_assigned',
        data: { ...data, ...(isOnOwnPolicy !== undefined && { isOnOwnPolicy }) },
      }
      return writeWords(told, { language, timeZone: 'UTC' }).lines[0] ?? ''
    })
  const inEach = (isOnOwnPolicy: boolean | undefined, [english, german]: [RegExp, RegExp]) => {
    const [inEnglish = '', inGerman = ''] = linesOf(isOnOwnPolicy)
    assert.match(inEnglish, english)
    assert.match(inGerman, german)
  }
  inEach(true, [/counts for your score and your premium now\.$/, /zählt jetzt für Ihren Wert und Ihren Beitrag\.$/])
  inEach(false, [/for your score now, but not for your premium/, /für Ihren Wert, aber nicht für Ihren Beitrag/])
  inEach(undefined, [/counts for your score now\.$/, /zählt jetzt für Ihren Wert\.$/])
})

it('writeWords says in whole German sentences what an event by the true limit is, and what a car has reported', () => {
  const german = (told: Told) => writeWords(told, { language: 'de', timeZone: 'UTC' }).lines
  const ofLimit = (limit: { isSpeeding: boolean; counts: boolean }) =>
    german({ ...ruling, data: { ...ruling.data, limit: { limitKmh: 60, ...limit } } }).slice(1)
  const upheld = 'Ihrem Einspruch wurde stattgegeben. Dort gelten 60 km/h; das wurde berichtigt.'
  const anew = 'Wert und Beitrag werden neu berechnet.'
  assert.deepEqual(ofLimit({ isSpeeding: true, counts: true }), [
    `${upheld} Auch danach war es zu schnell, und das Ereignis zählt; ${anew}`,
  ])
  assert.deepEqual(ofLimit({ isSpeeding: true, counts: false }), [
    `${upheld} Auch danach war es zu schnell, aber das Ereignis zählt nicht; ${anew}`,
  ])
  assert.deepEqual(ofLimit({ isSpeeding: false, counts: false }), [
    `${upheld} Danach war es nicht zu schnell, und das Ereignis zählt nicht; ${anew}`,
    'Ohne das Ereignis kostet Ihr Vertragsjahr bisher 0,52\u00a0€ weniger.',
  ])
  const reported = (kind: (typeof eventKinds)[number]) => german({ kind: 'safety_alert', data: { ...alert, kind } })[0]
  const whats = [
    ...['starkes Bremsen', 'starkes Beschleunigen', 'eine scharf gefahrene Kurve', 'einen abrupten Spurwechsel'],
    ...['zu hohe Geschwindigkeit', 'die Nutzung eines Telefons', 'einen Unfall'],
    'einen Eingriff am Gerät (bewegt oder getrennt)',
  ]
  assert.deepEqual(
    eventKinds.map(reported),
    whats.map((what) => `Das Gerät in Ihrem Auto hat ${what} gemeldet, 01.06.2026, 10:00.`),
  )
})

it('writeLinkWords says in every language what the link is for and until when, and where it leads', () => {
  const path = '/set-password#token'
  for (const kind of ['invitation', 'reset'] as const) {
    const link = { kind, path, expiresAt: new Date(at) }
    const [inEnglish, inGerman] = notificationLanguages.map((language) =>
      writeLinkWords(link, { language, timeZone: 'Europe/Berlin' }),
    )
    assert.notEqual(inEnglish?.subject, inGerman?.subject)
    assert.match(inEnglish?.lines[1] ?? '', /works once, until 1 Jun 2026, 12:00\./)
    assert.match(inGerman?.lines[1] ?? '', /gilt einmal, bis 01\.06\.2026, 12:00\./)
    assert.deepEqual([inEnglish?.action?.path, inGerman?.action?.path], [path, path])
  }
})

it('mailBody escapes all that it is given', () => {
  const words = [writeWords(all[6] as Told, { language: 'en', timeZone: 'UTC' })]
  const { text, html } = mailBody({ greeting: hostile, words, footer: '&', unsubscribe: null, publicUrl: null })
  assert.doesNotMatch(html, /<script|<a /)
  assert.ok(html.includes('&#60;script&#62;') && text.includes('<script>'))
})
