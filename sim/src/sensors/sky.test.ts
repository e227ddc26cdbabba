import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { createSky } from './sky.ts'

/** Six hours of a sky, a second at a time. */
function watch(speedMps: number, builtUp: boolean) {
  const sky = createSky(createRandom(8))
  const tunnels: number[] = []
  const firstAfter: number[] = []
  let blockedS = 0
  let shifted = 0
  for (let second = 0; second < 21_600; second++) {
    sky.step(1, speedMps, builtUp)
    const metres = Math.hypot(sky.northM, sky.eastM)
    if (sky.blocked) blockedS++
    else {
      if (blockedS > 0) {
        tunnels.push(blockedS)
        firstAfter.push(metres)
      }
      blockedS = 0
      if (metres > 9) shifted++
    }
  }
  return { tunnels, firstAfter, shifted }
}

test('createSky: tunnels last 10 to 60 s and the first fix behind them is off by tens of metres', () => {
  const { tunnels, firstAfter } = watch(20, false)
  assert.ok(tunnels.length > 10 && tunnels.length < 40, `${tunnels.length}`)
  assert.ok(Math.min(...tunnels) >= 9 && Math.max(...tunnels) <= 61)
  assert.ok(firstAfter.every((metres) => metres > 5 && metres < 61))
})

test('createSky: houses shift the position, open country hardly does, and a parked car meets no tunnel', () => {
  assert.ok(watch(10, true).shifted > 10 * watch(10, false).shifted)
  assert.equal(watch(0, false).tunnels.length, 0)
})
