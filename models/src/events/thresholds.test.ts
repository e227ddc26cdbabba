import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { thresholds, thresholdsHash } from './thresholds.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test('thresholdsHash changes with any threshold and with nothing else', () => {
  const copy = structuredClone(thresholds)
  assert.equal(thresholdsHash(copy, sha256), thresholdsHash(thresholds, sha256))
  copy.harsh.harsh_braking.bandsG.count = 0.51
  assert.notEqual(thresholdsHash(copy, sha256), thresholdsHash(thresholds, sha256))
})
