import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifestExample } from './manifest-example.ts'
import { createScorer, type Infer } from './scorer.ts'

/** A model whose margin is its first feature. */
const first: Infer = async (rows, n) => Float32Array.from({ length: n }, (_, index) => rows[index * 2] ?? Number.NaN)
const manifest = manifestExample(['a', 'b'])

test('createScorer gives risk, margin and relativity', async () => {
  const scorer = createScorer({ manifest, infer: first })
  assert.deepEqual(await scorer.score(Float32Array.of(0.5, 1)), {
    risk: 75,
    margin: 0.5,
    relativity: Math.exp(0.5),
    source: 'model',
  })
  assert.deepEqual(
    (await scorer.scoreRows(Float32Array.of(-2, 0, 2, 0), 2)).map(({ risk }) => risk),
    [0, 100],
  )
})

test('createScorer lets no NaN out: neutral before a good score, then the last good one', async () => {
  const scorer = createScorer({ manifest, infer: first })
  const unknown = Float32Array.of(Number.NaN, 0)
  assert.deepEqual(await scorer.score(unknown), { risk: 50, margin: 0, relativity: 1, source: 'neutral' })
  await scorer.score(Float32Array.of(0.5, 1))
  assert.deepEqual(await scorer.score(unknown), {
    risk: 75,
    margin: 0.5,
    relativity: Math.exp(0.5),
    source: 'last_good',
  })
  assert.equal(scorer.failures, 2)
})

test('createScorer answers although the engine fails, and says why', async () => {
  const scorer = createScorer({ manifest, infer: () => Promise.reject(new Error('session closed')) })
  assert.equal((await scorer.score(Float32Array.of(1, 1))).source, 'neutral')
  assert.match(scorer.lastFailure ?? '', /"driver-example" 1.0.0: session closed/)
  assert.equal(scorer.failures, 1)
})

test('createScorer makes a failed row of a batch neutral and no other', async () => {
  const scorer = createScorer({ manifest, infer: first })
  const scores = await scorer.scoreRows(Float32Array.of(1, 0, Number.NaN, 0, -1, 0), 3)
  assert.deepEqual(
    scores.map(({ risk, source }) => [risk, source]),
    [
      [100, 'model'],
      [50, 'neutral'],
      [0, 'model'],
    ],
  )
  assert.deepEqual(
    (await scorer.scoreRows(new Float32Array(2), 2)).map(({ source }) => source),
    ['neutral', 'neutral'],
  )
})
