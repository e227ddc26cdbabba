import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driverFeatures, writeDriverFeatures } from '../../src/features/driver.ts'
import { drive } from './drive.ts'
import { drawPerson } from './person.ts'
import { createRandom } from './random.ts'

function featuresOf(seed: number, km = 300): Float32Array {
  const random = createRandom(seed, 7)
  const row = new Float32Array(driverFeatures.length)
  writeDriverFeatures(drive(drawPerson(random), km, random), row)
  return row
}

test('drive gives the same kilometres for the same seed and others for another', () => {
  assert.deepEqual(featuresOf(1), featuresOf(1))
  assert.notDeepEqual(featuresOf(1), featuresOf(2))
})

test('drive goes as far as it is asked, and counts no more than there is', () => {
  const random = createRandom(3)
  for (let n = 0; n < 20; n++) {
    const { total, trips } = drive(drawPerson(random), 200, random)
    assert.ok(total.distanceM >= 200_000 && trips > 0)
    assert.ok(total.gradableM <= total.distanceM && total.imuS <= total.movingS)
    assert.ok(Math.abs(total.hourHistS.reduce((a, b) => a + b, 0) - total.movingS) < 1e-3)
  }
})

test('drive leaves unknown what the box cannot see', () => {
  const random = createRandom(11)
  const person = { ...drawPerson(random), box: { hasImu: false, gradable: 0.9, limitKnown: 0 } }
  const { total } = drive(person, 100, random)
  assert.equal(total.imuS + total.gradableM + total.limitKnownS, 0)
  assert.deepEqual(total.events, [])
})
