import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { windowFeatures } from '@fairmile/models/features/window.ts'
import { motionExample } from '@fairmile/models/motion-example.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'
import { createLiveScore } from './live-score.ts'

const score = { risk: 50, margin: 0, relativity: 1, source: 'model' as const }
const scorer: Scorer = {
  manifest: {} as Scorer['manifest'],
  failures: 0,
  lastFailure: null,
  score: async () => score,
  scoreRows: async (_rows, n) => Array.from({ length: n }, () => score),
}

test('createLiveScore scores every full window, and has one a second explained', async () => {
  const speeds: number[] = []
  const mean = windowFeatures.findIndex(({ name }) => name === 'speed_mean')
  const live = createLiveScore(scorer, { push: (row) => void speeds.push(row[mean]!), top: () => [] })
  let scored = 0
  for (let n = 0; n < 300; n += 50) {
    const samples = Array.from({ length: 50 }, (_, i) => motionExample({ tMs: (n + i) * 100 }))
    for (const risk of (await live.score(samples)).subarray(0, 50)) if (risk === 50) scored++
  }
  assert.equal(scored, 201)
  assert.deepEqual(speeds, new Array(21).fill(20))
})

test('createLiveScore gives no risk and marks the sample where the model has none of its own', async () => {
  const held = { ...score, source: 'last_good' as const }
  const failing: Scorer = {
    ...scorer,
    score: async () => held,
    scoreRows: async (_rows, n) => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? held : score)),
  }
  const live = createLiveScore(failing)
  const samples = Array.from({ length: 104 }, (_, i) => motionExample({ tMs: i * 100 }))
  const risks: number[] = []
  for (const some of [samples.slice(0, 50), samples.slice(50, 99), samples.slice(99, 103), samples.slice(103)])
    risks.push(...(await live.score(some)).subarray(0, some.length))
  const marked = samples.map(({ quality: bits }) => (bits & quality.riskHeld) !== 0)
  assert.deepEqual(marked.slice(99), [true, false, true, false, true])
  assert.deepEqual(
    risks.slice(99).map((risk) => Number.isNaN(risk)),
    [true, false, true, false, true],
  )
  assert.ok(!marked.slice(0, 99).includes(true))
})
