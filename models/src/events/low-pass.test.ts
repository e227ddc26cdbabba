import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLowPass } from './low-pass.ts'

/** Amplitude that comes out of a sine of amplitude one, after the filter has settled. */
function gainAt(hz: number): number {
  const filter = createLowPass(2, 10, 'rest')
  let most = 0
  for (let n = 0; n < 2000; n++) {
    const out = filter.push(Math.sin((2 * Math.PI * hz * n) / 10))
    if (n > 200) most = Math.max(most, Math.abs(out))
  }
  return most
}

test('createLowPass lets slow signals through and halves the power at its corner', () => {
  assert.ok(Math.abs(gainAt(0.1) - 1) < 0.001)
  assert.ok(Math.abs(gainAt(2) - Math.SQRT1_2) < 0.01)
  assert.ok(gainAt(4) < 0.1)
})

test('createLowPass has the coefficients of the bilinear transform at 2 Hz and 10 Hz', () => {
  const filter = createLowPass(2, 10, 'rest')
  const response = [1, 0, 0].map((value) => filter.push(value))
  // b0; b1 − a1·b0; b0 − a1·h1 − a2·h0 with K = tan(0.2π), from the formula in the docstring.
  assert.deepEqual(
    response.map((value) => Number(value.toFixed(5))),
    [0.20657, 0.48948, 0.347],
  )
})

test('createLowPass starts anew after an unknown value', () => {
  const filter = createLowPass(2, 10, 'rest')
  const first = filter.push(1)
  filter.push(1)
  assert.ok(Number.isNaN(filter.push(Number.NaN)))
  assert.equal(filter.push(1), first)
})

test('createLowPass that begins with a value takes it as having been there for ever', () => {
  const filter = createLowPass(2, 10, 'value')
  for (let n = 0; n < 5; n++) assert.ok(Math.abs(filter.push(3) - 3) < 1e-12)
})
