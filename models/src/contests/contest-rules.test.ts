import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contestableUntil, contestRules, needsSecond } from './contest-rules.ts'

test('an event may be contested for thirty days after it was told', () => {
  const told = Date.UTC(2026, 5, 1, 12)
  assert.equal(new Date(contestableUntil(told, contestRules)).toISOString(), '2026-07-01T12:00:00.000Z')
})

test('an event may be contested for a week after what an admin contested for its driver was taken back, and not for less than thirty days', () => {
  const told = Date.UTC(2026, 5, 1, 12)
  const until = (undoneAtMs: number) => new Date(contestableUntil(told, contestRules, { undoneAtMs })).toISOString()
  assert.equal(until(Date.UTC(2026, 6, 10)), '2026-07-17T00:00:00.000Z')
  assert.equal(until(Date.UTC(2026, 5, 10)), '2026-07-01T12:00:00.000Z')
})

test('two admins rule on crashes and tampering, from an amount on, where nobody knows the amount, on limits, and on who drove instead', () => {
  const asks = (kind: 'crash' | 'tamper' | 'speeding', premiumMinor: number | null, currency = 'EUR') =>
    needsSecond(
      {
        ...{ kind, effect: premiumMinor === null ? null : { premiumMinor, currency } },
        ...{ correctsLimit: false, namesDriver: false },
      },
      contestRules,
    )
  assert.deepEqual(
    [asks('crash', 0), asks('tamper', 0), asks('speeding', 5_000), asks('speeding', null), asks('speeding', 1, 'CHF')],
    [true, true, true, true, true],
  )
  const free = { kind: 'speeding', effect: { premiumMinor: 0, currency: 'EUR' } } as const
  assert.equal(needsSecond({ ...free, correctsLimit: true, namesDriver: false }, contestRules), true)
  assert.equal(needsSecond({ ...free, correctsLimit: false, namesDriver: true }, contestRules), true)
  assert.deepEqual([asks('speeding', 4_999), asks('speeding', 0)], [false, false])
})
