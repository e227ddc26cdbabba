import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSampleClock } from './sample-clock.ts'

/** Random numbers from 0 to 1 (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

interface Run {
  /** Share by which the chip's period is longer than its data sheet says. */
  error: number
  /** By how much that grows in ten minutes. */
  drift?: number
  /** How late the computer is, times the usual; 0 never. */
  jitter?: number
  durationMs?: number
  /** Samples that the FIFO holds. */
  fifo?: number
  /** The process sleeps for so long at so many milliseconds. */
  sleep?: { atMs: number; forMs: number }
}

/** A chip of nominally 100 Hz, read every 50 ms by a computer that is late now and then. */
function run({ error, drift = 0, jitter = 1, durationMs = 120_000, fifo = 40, sleep }: Run) {
  const random = seeded(7)
  const late = (meanMs: number, oneIn: number, worstMs: number): number =>
    jitter * (-Math.log(1 - random()) * meanMs + (random() * oneIn < 1 ? random() * worstMs : 0))
  const taken: number[] = []
  for (let t = 3.3; t < durationMs; t += 10 * (1 + error + (drift * t) / 600_000)) taken.push(t)
  const clock = createSampleClock({ nominalHz: 100 })
  const given: { trueMs: number; ms: number }[] = []
  let missed = 0
  let read = 0
  let slept = false
  for (let nowMs = 0; nowMs < durationMs - 1000; ) {
    nowMs += 50 + late(2, 100, 200)
    if (sleep && !slept && nowMs > sleep.atMs) {
      slept = true
      nowMs += sleep.forMs
    }
    const beforeMs = nowMs
    const latchMs = beforeMs + 0.3 + late(0.2, 200, 20)
    const afterMs = latchMs + 0.4 + late(0.2, 100, 30)
    nowMs = afterMs + 4
    let level = read
    while (level < taken.length && taken[level]! <= latchMs) level++
    if (level - read > fifo) {
      clock.gap()
      read = level
      continue
    }
    missed += clock.observe(level - read, beforeMs, afterMs)
    for (; read < level; read++) given.push({ trueMs: taken[read]!, ms: clock.next() })
  }
  const within = (fromMs: number) => given.filter(({ trueMs }) => trueMs >= fromMs)
  return {
    clock,
    given,
    missed,
    worstMs: (fromMs: number) => Math.max(...within(fromMs).map(({ ms, trueMs }) => Math.abs(ms - trueMs))),
    /** Largest share by which the time between two neighbours is off. */
    unevenness(fromMs: number): number {
      const samples = within(fromMs)
      return samples.slice(1).reduce((worst, { ms, trueMs }, i) => {
        const before = samples[i]!
        return Math.max(worst, Math.abs((ms - before.ms) / (trueMs - before.trueMs) - 1))
      }, 0)
    },
  }
}

for (const error of [-0.05, -0.001, 0, 0.01, 0.05])
  test(`createSampleClock finds an oscillator that is ${error * 100} % off, and shows no jitter of the reading`, () => {
    const { clock, missed, worstMs, unevenness } = run({ error })
    assert.ok(Math.abs(clock.hz * (1 + error) - 100) < 0.01, `${clock.hz} Hz`)
    assert.equal(missed, 0)
    assert.ok(worstMs(0) < 30, `${worstMs(0)} ms at worst from the start`)
    assert.ok(worstMs(10_000) < 2, `${worstMs(10_000)} ms at worst after ten seconds`)
    assert.ok(unevenness(20_000) < 0.002, `steps up to ${unevenness(20_000)} off`)
  })

test('createSampleClock follows a chip that warms up', () => {
  const { worstMs } = run({ error: 0.02, drift: 0.002, durationMs: 600_000 })
  assert.ok(worstMs(20_000) < 3, `${worstMs(20_000)} ms`)
})

test('createSampleClock bears a computer that is three times as late', () => {
  const { worstMs } = run({ error: 0.01, jitter: 3, fifo: 600 })
  assert.ok(worstMs(20_000) < 3, `${worstMs(20_000)} ms`)
})

test('createSampleClock never goes back, from the first sample on', () => {
  for (const error of [-0.05, 0.05]) {
    const { given } = run({ error })
    assert.ok(given.every(({ ms }, i) => i === 0 || ms > given[i - 1]!.ms))
  }
})

test('createSampleClock counts what a FIFO that ran over lost, and is right again after it', () => {
  const { missed, given, worstMs } = run({ error: 0.03, sleep: { atMs: 60_000, forMs: 2000 } })
  const at = given.findIndex(({ trueMs }, i) => i > 0 && trueMs - given[i - 1]!.trueMs > 100)
  const lost = Math.round((given[at]!.trueMs - given[at - 1]!.trueMs) / 10.3) - 1
  assert.ok(Math.abs(missed - lost) <= 1, `${missed} counted, ${lost} lost`)
  assert.ok(worstMs(given[at]!.trueMs) < 8, `${worstMs(given[at]!.trueMs)} ms at the gap`)
  assert.ok(worstMs(given[at]!.trueMs + 5000) < 2, `${worstMs(given[at]!.trueMs + 5000)} ms after it`)
})

test('createSampleClock tells of samples that are missing without a word', () => {
  const clock = createSampleClock({ nominalHz: 100 })
  let missed = 0
  for (let i = 0; i < 200; i++) {
    const nowMs = i * 50
    // A burst that was swallowed.
    if (i < 100 || i >= 104) missed += clock.observe(5, nowMs, nowMs + 1)
    for (let n = 0; n < 5 && (i < 100 || i >= 104); n++) clock.next()
  }
  assert.equal(missed, 20)
})
