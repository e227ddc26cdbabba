import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Notification } from '@fairmile/contract/http/notifications.ts'
import { notificationWords } from './notification-words.ts'

const now = new Date(2026, 10, 24, 9, 30).getTime()
const common = { id: '1', createdAt: new Date(now).toISOString(), readAt: null }
const startAt = new Date(2026, 10, 23, 17, 42).toISOString()

describe('notificationWords', () => {
  const ruled = (data: object) =>
    notificationWords(
      {
        ...common,
        kind: 'contest_ruled',
        data: { contestId: 'CON-1', eventId: 'EVT-1', ruling: 'upheld', ...data },
      } as Notification,
      now,
    )

  it('say of a ruling which event it was about and what it does to the price, and lead to it', () => {
    const event = { kind: 'harsh_braking', band: 'count', startAt }
    assert.deepEqual(ruled({ event, effect: { premiumMinor: 52, currency: 'EUR' } }), {
      title: 'Contest upheld',
      text: 'Hard brake, Yesterday 17:42: it does not count. Your term so far costs €0.52 less.',
      path: '/contests?contest=CON-1',
    })
    const rejected = ruled({ event, ruling: 'rejected', effect: { premiumMinor: 52, currency: 'EUR' } })
    assert.deepEqual(
      [rejected.title, rejected.text],
      ['Contest rejected', 'Hard brake, Yesterday 17:42: it counts as before.'],
    )
  })

  it('say of a limit that was put right whether the event still counts, and of money only where it is none', () => {
    const event = { kind: 'speeding', band: 'count', startAt }
    const textOf = (limit: object) =>
      ruled({ event, effect: { premiumMinor: 11, currency: 'EUR' }, limit: { limitKmh: 60, ...limit } }).text
    const start = 'Speeding, Yesterday 17:42: it is'
    assert.deepEqual(
      [
        textOf({ isSpeeding: true, counts: true }),
        textOf({ isSpeeding: true, counts: false }),
        textOf({ isSpeeding: false, counts: false }),
      ],
      [
        `${start} still speeding by the true limit of 60 km/h, and counts.`,
        `${start} still speeding by the true limit of 60 km/h, and does not count.`,
        `${start} no speeding by the true limit of 60 km/h, and does not count. Your term so far costs €0.11 less.`,
      ],
    )
  })

  it('say of a ruling that was told before its event was, that it was', () => {
    assert.deepEqual([ruled({}).text, ruled({}).path], ['The event does not count.', '/contests?contest=CON-1'])
  })

  it('say of what is refused how many points came back, and that the rest was no longer due', () => {
    const textOf = (more: object): string => {
      const data = {
        redemptionId: 'RDM-1',
        title: 'A car wash',
        points: 1600,
        state: 'refused',
        reason: 'Closed.',
      } as const
      return notificationWords(
        { ...common, kind: 'redemption_settled', data: { ...data, ...more } },
        now,
      ).text.replaceAll('\u00a0', ' ')
    }
    for (const more of [{}, { backPoints: 1600 }])
      assert.equal(textOf(more), 'A car wash: 1,600 points came back. Closed.')
    assert.equal(
      textOf({ backPoints: 386 }),
      'A car wash: 386 points of 1,600 came back; the rest was no longer due. Closed.',
    )
  })

  it('say of a premium that it is the one of the term so far', () => {
    const data = { policyId: 'POL-1', receiptId: 'RCP-1', premiumMinor: 484, beforeMinor: 22, currency: 'EUR' }
    const told = notificationWords({ ...common, kind: 'premium_updated', data }, now)
    assert.deepEqual([told.title, told.text], ['Price changed', 'Your term so far costs €4.84.'])
    const month = { payableMinor: 576, monthMinor: 1_000, beforeMonthMinor: 1_100 }
    const taxed = notificationWords({ ...common, kind: 'premium_updated', data: { ...data, ...month } }, now)
    assert.equal(
      taxed.text,
      'Your term so far costs €5.76, with fees and tax. A month costs €10.00 at this price; it was €11.00, before fees and tax.',
    )
    const back = { ...data, givenBackMinor: 110, monthMinor: 1_000 }
    const ended = notificationWords({ ...common, kind: 'premium_updated', data: back }, now)
    const refund = { ...data, refundedMinor: 20 }
    assert.deepEqual(
      notificationWords({ ...common, kind: 'premium_updated', data: refund }, now).text,
      'You get €0.20 back of what was billed: it costs less as your trips are judged now. Your term so far costs €4.84.',
    )
    assert.equal(
      notificationWords({ ...common, kind: 'premium_updated', data: { ...refund, payableMinor: 576 } }, now).text,
      'You get €0.20 back, before fees and tax, of what was billed: it costs less as your trips are judged now. Your term so far costs €5.76, with fees and tax.',
    )
    assert.deepEqual(
      [ended.title, ended.text],
      [
        'Money back',
        'You get €1.10 back for days that were billed and on which this policy no longer runs. Your term so far costs €4.84.',
      ],
    )
  })
})
