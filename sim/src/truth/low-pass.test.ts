import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLowPass } from './low-pass.ts'

/** Amplitude of a sine behind the filter, after it has settled. */
function gainAt(hz: number): number {
  const filter = createLowPass(2, 100)
  let most = 0
  for (let step = 0; step < 2000; step++) {
    const out = filter(Math.sin((2 * Math.PI * hz * step) / 100))
    if (step > 1000) most = Math.max(most, Math.abs(out))
  }
  return most
}

test('createLowPass leaves slow changes, halves the power at 2 Hz and kills 20 Hz', () => {
  assert.ok(Math.abs(gainAt(0.2) - 1) < 0.01)
  assert.ok(Math.abs(gainAt(2) - Math.SQRT1_2) < 0.01)
  assert.ok(gainAt(20) < 0.01)
})
