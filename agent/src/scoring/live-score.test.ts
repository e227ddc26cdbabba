import assert from 'node:assert/strict'
import { test } from 'node:test'
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
