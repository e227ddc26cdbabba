import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { endOfWorkingDay, isWorkingDay, workingDaysBetween } from './working-days.ts'

const end = (at: string, days: number): string => new Date(endOfWorkingDay(Date.parse(at), days, 'DE')).toISOString()

test('endOfWorkingDay counts ten days from the day after, without weekends, to midnight of the place', () => {
  // Monday 1 June; Corpus Christi is no holiday of the whole country. In summer midnight of Berlin is 22:00 UTC.
  assert.equal(end('2026-06-01T09:00:00Z', 10), '2026-06-15T22:00:00.000Z')
  assert.equal(end('2026-06-05T09:00:00Z', 1), '2026-06-08T22:00:00.000Z')
})

test('endOfWorkingDay goes over the end of a year: Christmas and New Year do not count', () => {
  // From Friday 18 December: 21–24, 28–31 December, 4 and 5 January.
  assert.equal(end('2026-12-18T12:00:00Z', 10), '2027-01-05T23:00:00.000Z')
})

test('endOfWorkingDay takes the day by the clock of the place, and the clock change on the way', () => {
  // 22:30 UTC on Thursday is Friday 00:30 in Berlin: Monday is the first day.
  assert.equal(end('2026-06-04T22:30:00Z', 1), '2026-06-08T22:00:00.000Z')
  // Summer time ends on 25 October 2026.
  assert.equal(end('2026-10-23T12:00:00Z', 1), '2026-10-26T23:00:00.000Z')
})

test('isWorkingDay knows the feasts that move with Easter', () => {
  const free = ['2026-04-03', '2026-04-06', '2026-05-14', '2026-05-25', '2027-03-26', '2028-04-17', '2038-04-26']
  for (const date of free) assert.equal(isWorkingDay(Date.parse(date), 'DE'), false, date)
  for (const date of ['2026-04-02', '2026-04-07', '2026-06-04', '2026-12-24'])
    assert.equal(isWorkingDay(Date.parse(date), 'DE'), true, date)
  assert.equal(isWorkingDay(Date.parse('2026-06-04'), 'AT'), false)
})

test('workingDaysBetween counts the days that endOfWorkingDay counts', () => {
  const between = (from: string, to: string) => workingDaysBetween(Date.parse(from), Date.parse(to), 'DE')
  assert.equal(between('2026-06-01T09:00:00Z', '2026-06-01T20:00:00Z'), 0)
  // Friday to Monday, and to the night from Sunday to Monday in Berlin.
  assert.equal(between('2026-06-05T09:00:00Z', '2026-06-08T09:00:00Z'), 1)
  assert.equal(between('2026-06-05T09:00:00Z', '2026-06-07T22:30:00Z'), 1)
  assert.equal(between('2026-06-05T09:00:00Z', '2026-06-07T21:30:00Z'), 0)
  const moment = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2030, 0) })
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 30 }), (at, days) => {
      const until = endOfWorkingDay(at, days, 'DE')
      assert.equal(workingDaysBetween(at, until - 1, 'DE'), days)
    }),
  )
})
