import assert from 'node:assert/strict'
import { test } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { createDrive } from '../drive.ts'
import { createRandom } from '../random.ts'
import { drawDoorSlam, drawDrop, drawKnock } from './box-jolts.ts'
import { collisionJolt, drawCollision } from './collision.ts'
import { drawCrashScene } from './crash-scene.ts'
import { createJoltPlayer, type Jolt } from './jolt.ts'
import { drawPothole } from './road-jolts.ts'

/** Sum of force × time in each axis (m/s) and the largest magnitude (g), as a sensor at that rate feels them. */
function played(jolt: Jolt, rateHz: number) {
  const player = createJoltPlayer(rateHz)
  player.start(jolt)
  const change = [0, 0, 0]
  let peakG = 0
  let looseS = 0
  while (player.playing) {
    const { x, y, z, loose } = player.step()
    for (const [axis, force] of [x, y, z].entries()) change[axis]! += force / rateHz
    peakG = Math.max(peakG, Math.hypot(x, y, z) / G_MPS2)
    looseS += loose / rateHz
  }
  return { change, peakG, looseS }
}

test('collisionJolt changes the velocity by ΔV, away from where the force came from, at any rate', () => {
  for (const rateHz of [50, 100, 200])
    for (let seed = 1; seed <= 20; seed++) {
      const collision = { ...drawCollision(createRandom(seed)), deltaVKmh: 15, ringShare: 0 }
      const { change } = played(collisionJolt(collision), rateHz)
      const angle = (collision.directionDeg * Math.PI) / 180
      assert.ok(Math.abs(change[0]! + (15 / 3.6) * Math.cos(angle)) < 0.1, `${rateHz} Hz, seed ${seed}: ${change}`)
      assert.ok(Math.abs(change[1]! - (15 / 3.6) * Math.sin(angle)) < 0.1)
      assert.equal(collisionJolt(collision).change(1).toFixed(3), '1.000')
    }
})

test('drawCollision stays between 8 and 60 km/h and 60 and 150 ms', () => {
  const drawn = Array.from({ length: 500 }, (_, seed) => drawCollision(createRandom(seed)))
  assert.ok(
    drawn.every(({ deltaVKmh, seconds }) => deltaVKmh >= 8 && deltaVKmh < 60 && seconds >= 0.06 && seconds < 0.15),
  )
  assert.ok(drawn.some(({ deltaVKmh }) => deltaVKmh > 50) && drawn.some(({ deltaVKmh }) => deltaVKmh < 9))
})

test('potholes, slammed doors and knocks hit hard and leave no velocity', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const pothole = played(drawPothole(createRandom(seed), 14), 100)
    assert.ok(pothole.peakG > 1 && Math.hypot(pothole.change[0]!, pothole.change[1]!) < 1.5, `pothole ${seed}`)
    const door = played(drawDoorSlam(createRandom(seed)), 200)
    assert.ok(door.peakG > 0.5 && Math.hypot(...door.change) < 0.8, `door ${seed}`)
    const knock = played(drawKnock(createRandom(seed)), 200)
    assert.ok(Math.hypot(...knock.change) < 0.5, `knock ${seed}: ${knock.change}`)
  }
})

test('a dropped box is weightless for the time that its height takes', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { looseS, peakG } = played(drawDrop(createRandom(seed)), 100)
    assert.ok(looseS > 0.1 && looseS < 2 && peakG > 1, `${looseS} s, ${peakG} g`)
  }
})

test('drawCrashScene plays the same readings for the same seed', () => {
  const sums = [1, 2].map(() => {
    let sum = 0
    drawCrashScene({ seed: 5, rateHz: 50 }).play((timeS, { ax, gz }) => {
      sum += timeS * (ax + gz)
    })
    return sum
  })
  assert.equal(sums[0], sums[1])
})

test('createDrive with a crash slows the car by it, stands, and says so in the truth', () => {
  const collision = { ...drawCollision(createRandom(3)), deltaVKmh: 20, directionDeg: 0, seconds: 0.1 }
  const drive = createDrive({
    seed: 4,
    driverSeed: 4,
    durationS: 300,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 0 },
    imuRateHz: 100,
    crash: { atS: 60, collision },
  })
  let before = 0
  let after = Number.NaN
  let leastX = 0
  while (
    drive.step({
      imu(timeS, { ax }) {
        if (timeS < 60) before = drive.car.vx
        if (timeS >= 60.2 && Number.isNaN(after)) after = drive.car.vx
        leastX = Math.min(leastX, ax)
      },
    })
  );
  assert.ok(before > 8 && after < before - 5, `${before} to ${after} m/s`)
  assert.ok(leastX < -5 * G_MPS2)
  assert.equal(drive.car.vx < 0.2, true)
  assert.deepEqual(drive.fate.crashes, [{ kind: 'crash', start_s: 60, end_s: 60.1, delta_v_kmh: 20, direction_deg: 0 }])
})
