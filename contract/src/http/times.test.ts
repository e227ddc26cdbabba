import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Day, Moment } from './times.ts'

test('Day and Moment are of the years 2000 to 2999', () => {
  for (const day of ['2000-01-01', '2999-12-31']) assert.equal(Day.parse(day), day)
  for (const day of ['0000-01-01', '1999-12-31', '3000-01-01', '2026-02-30', '+275760-09-13', 'x'])
    assert.equal(Day.safeParse(day).success, false, day)
  assert.equal(Moment.parse('2026-06-01T10:00:00.123Z'), '2026-06-01T10:00:00.123Z')
  for (const moment of ['0000-01-01T00:00:00Z', '1999-12-31T23:59:59Z', '9999-01-01T00:00:00Z', '2026-06-01'])
    assert.equal(Moment.safeParse(moment).success, false, moment)
})
