import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dueAt } from './due-at.ts'

const berlin = { timeZone: 'Europe/Berlin', quietHours: { from: '22:00', to: '07:00' }, digest: 'off' as const }
const due = (now: string, wishes: Parameters<typeof dueAt>[1] = berlin, message = {}) => {
  const { atMs, digest } = dueAt({ nowMs: Date.parse(now), urgent: false, digestible: true, ...message }, wishes)
  return `${new Date(atMs).toISOString().replace('.000', '')}${digest ? ' digest' : ''}`
}

describe('dueAt', () => {
  it('lets through by day, and what is urgent at any hour', () => {
    assert.equal(due('2026-06-01T10:00:00Z'), '2026-06-01T10:00:00Z')
    assert.equal(due('2026-06-01T19:59:59Z'), '2026-06-01T19:59:59Z')
    assert.equal(due('2026-06-01T23:00:00Z', berlin, { urgent: true }), '2026-06-01T23:00:00Z')
  })

  it('waits for the end of quiet hours, before midnight and after it', () => {
    assert.equal(due('2026-06-01T20:00:00Z'), '2026-06-02T05:00:00Z')
    assert.equal(due('2026-06-02T04:59:59Z'), '2026-06-02T05:00:00Z')
    assert.equal(due('2026-06-02T05:00:00Z'), '2026-06-02T05:00:00Z')
    assert.equal(
      due('2026-06-01T10:30:00Z', { ...berlin, quietHours: { from: '12:00', to: '14:00' } }),
      '2026-06-01T12:00:00Z',
    )
    assert.equal(due('2026-06-01T23:00:00Z', { ...berlin, quietHours: null }), '2026-06-01T23:00:00Z')
  })

  it('goes by the clock of the night in which it changes', () => {
    assert.equal(due('2026-03-28T22:00:00Z'), '2026-03-29T05:00:00Z') // eight hours long
    assert.equal(due('2026-10-24T21:00:00Z'), '2026-10-25T06:00:00Z') // ten hours long
  })

  it('ends quiet hours when the clocks pass over their end, and each time that it comes', () => {
    const wishes = { ...berlin, quietHours: { from: '22:00', to: '02:30' } }
    assert.equal(due('2026-03-29T00:10:00Z', wishes), '2026-03-29T01:00:00Z') // 02:00 is 03:00
    assert.equal(due('2026-10-24T23:50:00Z', wishes), '2026-10-25T00:30:00Z') // 02:30 of summer
    assert.equal(due('2026-10-25T01:10:00Z', wishes), '2026-10-25T01:30:00Z') // 02:10 once more: quiet again
  })

  it('knows zones of half hours, of the other side of the date line, and those that change at midnight', () => {
    const at = (timeZone: string) => due('2026-06-01T20:00:00Z', { ...berlin, timeZone })
    assert.equal(at('Asia/Kathmandu'), '2026-06-02T01:15:00Z')
    assert.equal(at('Pacific/Kiritimati'), '2026-06-01T20:00:00Z')
    assert.equal(at('Pacific/Pago_Pago'), '2026-06-01T20:00:00Z')
    // Beirut has no 00:00 to 01:00 on the last Sunday of March.
    const beirut = { ...berlin, timeZone: 'Asia/Beirut', quietHours: { from: '22:00', to: '00:30' } }
    assert.equal(due('2026-03-28T21:00:00Z', beirut), '2026-03-28T22:00:00Z')
  })

  it('keeps for the digest what may wait, but not what has no digest', () => {
    const daily = { ...berlin, digest: 'daily' as const }
    assert.equal(due('2026-06-01T10:00:00Z', daily), '2026-06-02T06:00:00Z digest')
    assert.equal(due('2026-06-01T05:59:00Z', daily), '2026-06-01T06:00:00Z digest')
    assert.equal(due('2026-06-01T10:00:00Z', daily, { digestible: false }), '2026-06-01T10:00:00Z')
    assert.equal(due('2026-06-01T10:00:00Z', daily, { urgent: true }), '2026-06-01T10:00:00Z')
    assert.equal(
      due('2026-06-01T10:00:00Z', { ...daily, quietHours: { from: '22:00', to: '09:30' } }),
      '2026-06-02T07:30:00Z digest',
    )
    assert.equal(due('2026-10-24T10:00:00Z', daily), '2026-10-25T07:00:00Z digest')
  })

  it('never gives a moment in quiet hours, nor one before now, through a year of both hemispheres', () => {
    for (const timeZone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Africa/Casablanca',
    ])
      for (let nowMs = Date.UTC(2026, 0, 1); nowMs < Date.UTC(2027, 0, 1); nowMs += 25_200_000) {
        const { atMs } = dueAt({ nowMs, urgent: false, digestible: false }, { ...berlin, timeZone })
        const hour = Number(new Date(atMs).toLocaleString('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }))
        assert.ok(
          atMs >= nowMs && atMs - nowMs <= 10 * 3_600_000 && hour >= 7 && hour < 22,
          `${timeZone} ${nowMs} ${atMs}`,
        )
      }
  })
})
