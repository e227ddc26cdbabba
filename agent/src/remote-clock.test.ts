import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRemoteClock } from './remote-clock.ts'

/** Messages a second apart, `lagMs(n)` on their way; the remote clock is `aheadMs(n)` ahead. Answers the error of the n-th time. */
function errors(count: number, lagMs: (n: number) => number, aheadMs: (n: number) => number = () => 0): number[] {
  const clock = createRemoteClock()
  return Array.from({ length: count }, (_, n) => {
    const remote = n * 1000 + aheadMs(n)
    clock.observe(remote, n * 1000 + lagMs(n))
    return clock.toAgent(remote) - n * 1000
  })
}

test('createRemoteClock takes a delay that comes and goes out of the times', () => {
  const found = errors(60, (n) => 20 + (n % 3 === 0 ? 400 : 0))
  assert.ok(found.slice(2).every((error) => Math.abs(error - 20) < 1))
})

test('createRemoteClock follows two clocks that run apart', () => {
  const found = errors(
    3600,
    () => 20,
    (n) => -n * 0.05,
  )
  assert.ok(Math.abs((found.at(-1) ?? 0) - 20) < 5)
})

test('createRemoteClock starts anew when the other clock is set forward or back', () => {
  const forward = errors(
    40,
    () => 20,
    (n) => (n < 20 ? 0 : 86_400_000),
  )
  assert.ok(forward.every((error) => Math.abs(error - 20) < 1))
  const back = errors(
    40,
    () => 20,
    (n) => (n < 20 ? 0 : -1800),
  )
  assert.ok(back.slice(31).every((error) => Math.abs(error - 20) < 1))
})
