import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSweep } from './sweep.ts'

const mib = 1024 * 1024

test('createSweep collects whenever 8 MiB gathered since there was least, and looks anew how many are left', () => {
  let bytes = 40 * mib
  let collected = 0
  const sweep = createSweep({ externalBytes: () => bytes, collect: () => void collected++ })
  const found = [40, 20, 28, 29, 22, 30, 31, 31, 39, 40].map((mibs) => {
    bytes = mibs * mib
    sweep()
    return collected
  })
  assert.deepEqual(found, [0, 0, 0, 1, 1, 1, 2, 2, 2, 3])
})

test('createSweep lets things be where there is nothing to collect with', () => {
  let bytes = 0
  const sweep = createSweep({ externalBytes: () => bytes })
  sweep()
  bytes = 99 * mib
  sweep()
})
