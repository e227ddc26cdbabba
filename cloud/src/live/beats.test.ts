import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBeats } from './beats.ts'

const turnMs = 30_000

test('Beats gives each member one beat a turn, a few at a time, and none to who was taken out', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const beats = new Map<number, number>()
  let now = 0
  const { add, stop } = createBeats<number>({
    turnMs,
    beat: (member) => {
      beats.set(member, (beats.get(member) ?? 0) + 1)
      now++
    },
  })
  const takeOut = Array.from({ length: 2_000 }, (_, member) => add(member))
  takeOut[7]?.()
  takeOut[7]?.()
  let most = 0
  for (let ms = 0; ms < 2 * turnMs; ms += 100) {
    now = 0
    t.mock.timers.tick(100)
    most = Math.max(most, now)
  }
  assert.equal(most, 7)
  assert.deepEqual([beats.size, beats.has(7), new Set(beats.values())], [1_999, false, new Set([2])])
  stop()
  t.mock.timers.tick(turnMs)
  assert.deepEqual(new Set(beats.values()), new Set([2]))
})
