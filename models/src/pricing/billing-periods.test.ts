import assert from 'node:assert/strict'
import { test } from 'node:test'
import { billingPeriods } from './billing-periods.ts'

const days = (from: string, to: string): string[] =>
  billingPeriods({ startsAt: Date.parse(from), endsAt: Date.parse(to) }).map(({ endsAt }) =>
    new Date(endsAt).toISOString().slice(0, 10),
  )

test('billingPeriods are months from the start, the last as short as the term leaves it', () => {
  assert.deepEqual(days('2026-06-15', '2026-08-20'), ['2026-07-15', '2026-08-15', '2026-08-20'])
  assert.deepEqual(days('2026-06-01', '2026-08-01'), ['2026-07-01', '2026-08-01'])
  assert.deepEqual(days('2026-06-01', '2026-06-01'), [])
})

test('billingPeriods of a term from the 31st end with shorter months', () => {
  assert.deepEqual(days('2027-12-31', '2028-04-15'), ['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-15'])
})
