import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isSameCar } from './last-car.ts'

test('isSameCar remembers the car that the agent was in', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-car-'))
  t.after(() => rmSync(folder, { recursive: true }))
  assert.equal(isSameCar(folder, 'simulated 140'), true)
  assert.equal(isSameCar(folder, 'simulated 140'), true)
  assert.equal(isSameCar(folder, 'monday'), false)
  assert.equal(isSameCar(folder, 'monday'), true)
})
