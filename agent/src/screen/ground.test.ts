import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGround } from './ground.ts'
import { sunHeightDeg } from './sun.ts'

test('sunHeightDeg agrees with almanacs', () => {
  // Height at the equinox over the equator at noon, at solstices over Berlin, and at a pole in its summer.
  assert.ok(sunHeightDeg(0, 0, Date.UTC(2026, 2, 20, 12, 7)) > 89.5)
  assert.ok(Math.abs(sunHeightDeg(52.52, 13.405, Date.UTC(2026, 5, 21, 11, 8)) - 60.9) < 0.2)
  assert.ok(Math.abs(sunHeightDeg(52.52, 13.405, Date.UTC(2026, 11, 21, 11, 4)) - 14.05) < 0.2)
  assert.ok(Math.abs(sunHeightDeg(90, 0, Date.UTC(2026, 5, 21, 0)) - 23.4) < 0.1)
  // Sunset in Berlin on 23 November 2026 is at 16:02 (upper edge, refraction: -0.83°).
  assert.ok(Math.abs(sunHeightDeg(52.52, 13.405, Date.UTC(2026, 10, 23, 15, 2)) + 0.83) < 0.3)
})

test('createGround is white by day and black by night where the car is', () => {
  const ground = createGround({ timeZone: 'UTC' })
  ground.at(52.52, 13.405)
  assert.equal(ground.ground(Date.UTC(2026, 10, 23, 11)), 'white')
  assert.equal(ground.ground(Date.UTC(2026, 10, 23, 17)), 'black')
  ground.at(-33.87, 151.2)
  assert.equal(ground.ground(Date.UTC(2026, 10, 23, 23)), 'white')
  ground.at(Number.NaN, Number.NaN)
  assert.equal(ground.ground(Date.UTC(2026, 10, 23, 23)), 'white')
})

test('createGround goes by the local clock where no place is known', () => {
  const ground = createGround({ timeZone: 'America/New_York' })
  assert.equal(ground.ground(Date.UTC(2026, 10, 23, 13)), 'white')
  assert.equal(ground.ground(Date.UTC(2026, 10, 23, 2)), 'black')
})

test('createGround does not flicker at dusk', () => {
  const ground = createGround({ timeZone: 'UTC' })
  const changes: string[] = []
  for (let minute = 0; minute < 120; minute++) {
    // Places to and fro by half a degree, as on a winding road at dusk would be far less.
    ground.at(52.52 + (minute % 2) * 0.3, 13.405)
    const now = ground.ground(Date.UTC(2026, 10, 23, 14, 30) + minute * 60_000)
    if (now !== changes.at(-1)) changes.push(now)
  }
  assert.deepEqual(changes, ['white', 'black'])
})
