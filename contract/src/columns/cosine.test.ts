import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cosine } from './cosine.ts'

test('cosine is good to five digits all the way round', () => {
  for (let degrees = -360; degrees <= 360; degrees += 0.1)
    assert.ok(Math.abs(cosine(degrees) - Math.cos((degrees * Math.PI) / 180)) < 1e-5, String(degrees))
})
