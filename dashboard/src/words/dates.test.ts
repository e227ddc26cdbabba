import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { calendarDay, clock, day, greeting, when } from './dates.ts'

const now = new Date(2026, 10, 24, 9, 30).getTime()
const local = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime()

describe('dates', () => {
  it('day goes from today to the year', () => {
    const days = [
      local(2026, 10, 24, 0, 1),
      local(2026, 10, 23, 23, 59),
      local(2026, 10, 21),
      local(2026, 10, 3),
      local(2025, 10, 3),
    ].map((at) => day(at, now))
    assert.deepEqual(days, ['Today', 'Yesterday', 'Saturday', '3 November', '3 November 2025'])
  })

  it('when adds the time of day, of 24 hours', () => {
    assert.equal(when(local(2026, 10, 23, 17, 42), now), 'Yesterday 17:42')
    assert.equal(clock(local(2026, 10, 23, 0, 5)), '00:05')
  })

  it('calendarDay names the year where it is another one', () => {
    assert.deepEqual([calendarDay('2026-12-31', now), calendarDay('2027-03-31', now)], ['31 December', '31 March 2027'])
  })

  it('greeting follows the hour', () => {
    const words = [2, 9, 13, 20].map((hour) => greeting(local(2026, 10, 24, hour)))
    assert.deepEqual(words, ['Good night', 'Good morning', 'Good afternoon', 'Good evening'])
  })
})
