import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDrive } from './drive.ts'

const level = { rollDeg: 0, pitchDeg: 0, yawDeg: 0 }

function driveThrough(driverSeed: number, seed: number, durationS = 900) {
  const drive = createDrive({ seed, driverSeed, durationS, mount: level, imuRateHz: 10 })
  let fastest = 0
  let furthest = 0
  while (drive.step({})) {
    fastest = Math.max(fastest, drive.car.vx)
    furthest = Math.max(furthest, Math.abs(drive.car.offsetM))
  }
  return { drive, fastest, furthest, events: drive.trueEvents() }
}

test('createDrive starts and ends at a standstill, stays on the road and near its time', () => {
  for (const seed of [1, 2, 3]) {
    const { drive, fastest, furthest } = driveThrough(seed, seed * 17)
    assert.equal(drive.car.vx, 0)
    assert.ok(fastest > 8 && fastest < 45, `${fastest} m/s`)
    assert.ok(furthest < 9.5, `${furthest} m beside the middle of the first lane`)
    assert.ok(Math.abs(drive.timeS - 900) < 45, `${drive.timeS} s`)
    assert.ok(drive.distanceM > 3000)
  }
})

test('createDrive goes where its position goes: the path is as long as the way', () => {
  const drive = createDrive({ seed: 5, driverSeed: 5, durationS: 300, mount: level, imuRateHz: 10 })
  let { lat, lon } = drive.position
  let pathM = 0
  while (drive.step({})) {
    pathM += Math.hypot(
      (drive.position.lat - lat) * 111_200,
      (drive.position.lon - lon) * 111_320 * Math.cos((lat * Math.PI) / 180),
    )
    lat = drive.position.lat
    lon = drive.position.lon
  }
  assert.ok(Math.abs(pathM / drive.distanceM - 1) < 0.02, `${pathM} of ${drive.distanceM}`)
})

test('createDrive: hasty drivers have more harsh events than calm ones', () => {
  const people = Array.from({ length: 24 }, (_, index) => driveThrough(index + 100, index, 600))
  people.sort((a, b) => a.drive.temperament.haste - b.drive.temperament.haste)
  const count = (some: typeof people): number => some.reduce((total, { events }) => total + events.length, 0)
  assert.ok(count(people.slice(16)) > 3 * count(people.slice(0, 8)))
})
