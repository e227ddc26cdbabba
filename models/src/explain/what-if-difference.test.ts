import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { credibleMargin, z90 } from '../scoring/credible-risk.ts'
import { manifestExample } from '../scoring/manifest-example.ts'
import { credibleDifference } from './what-if-difference.ts'

const manifest = manifestExample([])
const deltas = fc.double({ min: -3, max: 3, noNaN: true })
const kilometres = fc.double({ min: 0, max: 1e5, noNaN: true })
const halfOf = (delta: number, judgedKm: number): number => {
  const { low, high } = credibleDifference(manifest, { delta, judgedKm })
  return (high - low) / 2
}

test('credibleDifference of no change is nothing, surely', () => {
  assert.deepEqual(credibleDifference(manifest, { delta: 0, judgedKm: 20 }), { mean: 0, low: 0, high: 0 })
})

test('credibleDifference believes its part of a change, the same both ways, and is surer than of two drivers', () => {
  fc.assert(
    fc.property(deltas, kilometres, (delta, judgedKm) => {
      const { mean, low, high } = credibleDifference(manifest, { delta, judgedKm })
      const { credibility, sd } = credibleMargin(manifest, { margin: 0, judgedKm })
      assert.ok(Math.abs(mean - credibility * delta) < 1e-12)
      assert.ok(low <= mean && mean <= high)
      const back = credibleDifference(manifest, { delta: -delta, judgedKm })
      assert.ok(Math.abs(back.low + high) < 1e-12 && Math.abs(back.high + low) < 1e-12)
      assert.ok(halfOf(delta, judgedKm) <= z90 * sd * Math.SQRT2 + 1e-12)
    }),
    { seed: 1 },
  )
})

test('credibleDifference is surer of smaller changes, and with more kilometres', () => {
  fc.assert(
    fc.property(deltas, deltas, kilometres, kilometres, (a, b, near, far) => {
      const [small, large] = [a, b].map(Math.abs).sort((x, y) => x - y) as [number, number]
      assert.ok(halfOf(small, near) <= halfOf(large, near) + 1e-12)
      assert.ok(halfOf(a, Math.max(near, far)) <= halfOf(a, Math.min(near, far)) + 1e-12)
    }),
    { seed: 2 },
  )
})

test('credibleDifference of a small change is as sure as a share of it', () => {
  // 150 of 200 km: Z = 3/4, and the half width is z √(1 − Z) δ.
  assert.ok(Math.abs(halfOf(0.01, 150) / (z90 * 0.5 * 0.01) - 1) < 1e-3)
})

test('credibleDifference holds nine of ten changes of drivers drawn as it says', () => {
  const random = seeded(7)
  for (const [delta, judgedKm] of [
    [0.1, 20],
    [-0.5, 50],
    [1.2, 300],
  ] as const) {
    const { mean, sd, credibility, portfolioSd } = credibleMargin(manifest, { margin: 0.3, judgedKm })
    const alike = Math.exp(-((delta / portfolioSd) ** 2) / 2)
    const { low, high } = credibleDifference(manifest, { delta, judgedKm })
    let within = 0
    const drawn = 20_000
    for (let n = 0; n < drawn; n++) {
      const unseen = normal(random)
      const before = mean + sd * unseen
      const after = mean + credibility * delta + sd * (alike * unseen + Math.sqrt(1 - alike * alike) * normal(random))
      if (low <= after - before && after - before <= high) within++
    }
    assert.ok(Math.abs(within / drawn - 0.9) < 0.01, `${within} of ${drawn} at ${delta} and ${judgedKm} km`)
  }
})

/** Numbers in (0, 1), the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

/** A draw of the standard normal distribution (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
}
