import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTerm } from '@fairmile/contract/http/policies.ts'
import fc from 'fast-check'
import { nextTerm } from './next-term.ts'

const dayMs = 86_400_000
const text = (at: number) => new Date(at).toISOString().slice(0, 10)
const days = fc.integer({ min: Date.UTC(2000, 0, 1) / dayMs, max: Date.UTC(2900, 0, 1) / dayMs })
/** As many months from another day of the year, days: found by trying all terms of eleven years, 2100 among them. */
const mostApart = 4
const lengthOf = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }) =>
  (Date.parse(endsOn) - Date.parse(startsOn)) / dayMs + 1

const followed: [what: string, term: string, next: string][] = [
  ['a year before a leap year', '2027-01-01..2027-12-31', '2028-01-01..2028-12-31'],
  ['a leap year', '2028-01-01..2028-12-31', '2029-01-01..2029-12-31'],
  ['a year to a leap day', '2023-03-01..2024-02-29', '2024-03-01..2025-02-28'],
  ['two years', '2024-01-01..2025-12-31', '2026-01-01..2027-12-31'],
  ['a year from a leap day, to the last of February', '2024-02-29..2025-02-27', '2025-02-28..2026-02-27'],
  ['a year from a leap day, to the first of March', '2024-02-29..2025-02-28', '2025-03-01..2026-02-28'],
  ['a year from 28 February', '2026-02-28..2027-02-27', '2027-02-28..2028-02-27'],
  ['a year within months', '2026-07-20..2027-07-19', '2027-07-20..2028-07-19'],
  ['a month', '2026-01-01..2026-01-31', '2026-02-01..2026-02-28'],
  ['a quarter', '2026-01-15..2026-04-14', '2026-04-15..2026-07-14'],
  ['a month from the last day of a month', '2026-01-31..2026-02-27', '2026-02-28..2026-03-30'],
  ['a month from the last day of a shorter one', '2026-02-28..2026-03-30', '2026-03-31..2026-04-29'],
  ['half a year from the last day of a month', '2026-08-31..2027-02-27', '2027-02-28..2027-08-30'],
  ['a month from a day that the next has not', '2026-01-30..2026-02-27', '2026-02-28..2026-03-27'],
  ['a number of days', '2026-01-01..2026-01-10', '2026-01-11..2026-01-20'],
  ['a day', '2026-02-28..2026-02-28', '2026-03-01..2026-03-01'],
]
for (const [what, term, next] of followed)
  test(`nextTerm follows ${what} by as much`, () => {
    const [startsOn = '', endsOn = ''] = term.split('..')
    const told = nextTerm({ startsOn, endsOn })
    assert.equal(`${told.startsOn}..${told.endsOn}`, next)
  })

test('nextTerm begins on the day after, is a term where the one before is, and as long but for the lengths of months', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 731 }), (from, length) => {
      const term = { startsOn: text(from * dayMs), endsOn: text((from + length - 1) * dayMs) }
      fc.pre(isTerm(term))
      const next = nextTerm(term)
      assert.equal(Date.parse(next.startsOn), Date.parse(term.endsOn) + dayMs)
      assert.ok(isTerm(next), `${next.startsOn}..${next.endsOn}`)
      assert.ok(Math.abs(lengthOf(next) - length) <= mostApart)
    }),
    { numRuns: 5_000 },
  )
})

test('nextTerm keeps years, whatever day they begin on: n of them are n years', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 8 }), (from, years) => {
      const startsOn = text(from * dayMs)
      fc.pre(!startsOn.endsWith('02-29'))
      const after = (n: number) => text(Date.parse(`${Number(startsOn.slice(0, 4)) + n}${startsOn.slice(4)}`) - dayMs)
      let term = { startsOn, endsOn: after(1) }
      for (let n = 1; n < years; n++) term = nextTerm(term)
      assert.equal(term.endsOn, after(years))
    }),
    { numRuns: 2_000 },
  )
})

test('nextTerm refuses days that there are not, and an end before the start', () => {
  for (const [startsOn, endsOn] of [
    ['2026-02-29', '2026-12-31'],
    ['2026-1-1', '2026-12-31'],
    ['2026-12-31', '2026-01-01'],
  ] as const)
    assert.throws(() => nextTerm({ startsOn, endsOn }), RangeError)
})
