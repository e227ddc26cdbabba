import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driftFrom, driftOf, psi } from './drift.ts'
import { manifestExample } from './manifest-example.ts'

const close = (found: number | null, expected: number) =>
  assert.ok(Math.abs((found ?? Number.NaN) - expected) < 1e-9, `${found}`)
const deciles = Array.from({ length: 11 }, (_, n) => n)
/** `count` values in each of the ten bins between 0 and 10, or as many as told. */
const spread = (counts: readonly number[]): number[] =>
  counts.flatMap((count, bin) => new Array<number>(count).fill(bin + 0.5))
const even = spread(new Array(10).fill(100))

test('psi is that of hand-computed examples', () => {
  close(psi([0.5, 0.5], [0.5, 0.5]), 0)
  // (0.4 − 0.5) ln(0.4 ÷ 0.5) + (0.6 − 0.5) ln(0.6 ÷ 0.5) = 0.0223144 + 0.0182322
  close(psi([0.5, 0.5], [0.4, 0.6]), 0.1 * Math.log(1.5))
  // An empty bin counts as 0.0001: (0.0001 − 0.5) ln(0.0002) + (1 − 0.5) ln 2
  close(psi([0.5, 0.5], [0, 1]), -0.4999 * Math.log(0.0002) + 0.5 * Math.log(2))
})

test('driftOf finds none in the reference itself, and judges by the thresholds', () => {
  assert.deepEqual(driftOf(even, { quantiles: deciles }), { psi: 0, observations: 1000, verdict: 'stable' })
  // Half of the lowest bin moved to the highest: (0.05 − 0.1) ln 0.5 + (0.15 − 0.1) ln 1.5 = 0.05 ln 3
  const moved = driftOf(spread([50, ...new Array(8).fill(100), 150]), { quantiles: deciles })
  close(moved.psi, 0.05 * Math.log(3))
  assert.equal(moved.verdict, 'stable')
  // The upper half has three times the lower half: 5 × (0.05 − 0.1) ln 0.5 + 5 × (0.15 − 0.1) ln 1.5 = 0.25 ln 3
  const shifted = driftOf(spread([...new Array(5).fill(50), ...new Array(5).fill(150)]), { quantiles: deciles })
  close(shifted.psi, 0.25 * Math.log(3))
  assert.equal(shifted.verdict, 'act')
  // 5 × (0.07 − 0.1) ln 0.7 + 5 × (0.13 − 0.1) ln 1.3 = 0.15 ln(13 ÷ 7)
  const watched = driftOf(spread([...new Array(5).fill(65), ...new Array(5).fill(135)]), { quantiles: deciles })
  close(watched.psi, 0.175 * Math.log(135 / 65))
  assert.equal(watched.verdict, 'watch')
})

test('driftOf takes values beyond the reference into its outer bins, and unknown ones into their own', () => {
  const beyond = even.map((value) => (value < 1 ? -50 : value > 9 ? 50 : value))
  close(driftOf(beyond, { quantiles: deciles }).psi, 0)
  const unknown = [...even, ...new Array<number>(1000).fill(Number.NaN)]
  close(driftOf(unknown, { quantiles: deciles, unknownShare: 0.5 }).psi, 0)
  // Known bins 0.05 each instead of 0.09, unknown 0.5 instead of 0.1.
  const expected = 10 * (0.05 - 0.09) * Math.log(0.05 / 0.09) + 0.4 * Math.log(5)
  close(driftOf(unknown, { quantiles: deciles, unknownShare: 0.1 }).psi, expected)
})

test('driftOf raises no alarm where a shared value has the share that the deciles let it have', () => {
  const quantiles = [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
  const withZeros = (zeros: number) => [
    ...new Array<number>(zeros).fill(0),
    ...Array.from({ length: 1000 - zeros }, (_, n) => 0.001 + (n / (1000 - zeros)) * 6.99),
  ]
  // All of them have these deciles: 40 % up to 1, of which 31 to 39 % are zero.
  for (const zeros of [310, 350, 390]) {
    const same = [...new Array<number>(zeros).fill(0), ...spread([400 - zeros, ...new Array<number>(6).fill(100)])]
    close(driftOf(same, { quantiles }).psi, 0)
  }
  assert.equal(driftOf(withZeros(900), { quantiles }).verdict, 'act')
  assert.equal(driftOf(withZeros(0), { quantiles }).verdict, 'act')
  // Of a thing that is as good as never: 97 % zeros are, and half are not.
  const rare = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]
  close(driftOf(withZeros(970), { quantiles: rare }).psi, 0)
  assert.equal(driftOf(withZeros(500), { quantiles: rare }).verdict, 'act')
})

test('driftOf says nothing of a few', () => {
  assert.deepEqual(driftOf([1, 2], { quantiles: deciles }), { psi: null, observations: 2, verdict: 'too few' })
})

test('driftFrom goes through the score and the features of the reference', () => {
  const features = { a: { quantiles: deciles, unknownShare: 0 } }
  const manifest = { ...manifestExample(['a', 'b']), reference: { scoreQuantiles: deciles, features } }
  const found = driftFrom(manifest, { margins: even, features: (name) => (name === 'a' ? [] : assert.fail()) })
  assert.deepEqual([found?.score.verdict, found?.features.a?.verdict], ['stable', 'too few'])
  assert.equal(driftFrom(manifestExample(['a']), { margins: even, features: () => [] }), null)
})
