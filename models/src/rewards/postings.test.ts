import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type PostingAccount, postingsFor } from './postings.ts'

/** What one cause has seen: it became worth so much, or the driver spent what they have. */
const step = fc.oneof(
  fc.record({ target: fc.integer({ min: 0, max: 200 }) }),
  fc.record({ spend: fc.double({ min: 0, max: 1, noNaN: true }) }),
)

test('postingsFor adds up to zero, never takes more than there is, and never gives what was given twice', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const sums = { issuer: 0, goodwill: 0, driver: 0 }
      let spent = 0
      let most = 0
      for (const next of steps) {
        const balance = sums.driver - spent
        if ('spend' in next) spent += Math.floor(balance * next.spend)
        else {
          const state = () => ({ issued: -sums.issuer, borne: -sums.goodwill, balance: sums.driver - spent })
          const postings = postingsFor({ target: next.target, ...state() })
          assert.equal(
            postings.reduce((sum, { points }) => sum + points, 0),
            0,
          )
          for (const { account, points } of postings) sums[account as PostingAccount] += points
          most = Math.max(most, next.target)
          assert.deepEqual(postingsFor({ target: next.target, ...state() }), [])
        }
        assert.ok(sums.driver - spent >= 0)
        assert.ok(sums.driver <= most, 'a cause pays what it was worth at most, however often it changes')
      }
    }),
    { seed: 43, numRuns: 500 },
  )
})

test('postingsFor lets goodwill bear what was spent, and be paid back first', () => {
  assert.deepEqual(postingsFor({ target: 84, issued: 98, borne: 0, balance: 4 }), [
    { account: 'issuer', points: 14 },
    { account: 'goodwill', points: -10 },
    { account: 'driver', points: -4 },
  ])
  assert.deepEqual(postingsFor({ target: 98, issued: 84, borne: 10, balance: 0 }), [
    { account: 'issuer', points: -14 },
    { account: 'goodwill', points: 10 },
    { account: 'driver', points: 4 },
  ])
})
