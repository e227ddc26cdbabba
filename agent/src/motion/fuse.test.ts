import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Fix, ImuSample } from '../sensors.ts'
import { rotationOf } from './axes.ts'
import { createFuse, defaultSensorFacts } from './fuse.ts'
import { syntheticDrive } from './synthetic-drive.ts'

const play = (imu: readonly ImuSample[], fixes: readonly Fix[], hasGyro = true) => {
  const motion: MotionSample[] = []
  const fuse = createFuse({ sensors: { ...defaultSensorFacts, hasGyro }, onMotion: (sample) => motion.push(sample) })
  let next = 0
  for (const fix of fixes) {
    while (next < imu.length && imu[next]!.tMs <= fix.tMs) fuse.imu(imu[next++]!)
    fuse.fix(fix)
  }
  return { motion, calibration: fuse.calibration, counts: fuse.counts }
}
const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180)
const distance = (motion: readonly MotionSample[]): number =>
  motion.reduce((sum, { speedMps }) => sum + (Number.isNaN(speedMps) ? 0 : speedMps * 0.1), 0)

for (const [imuHz, fixHz, lagMs] of [
  [100, 1, 0],
  [50, 10, 300],
  [10, 1, 1000],
  [10, 0.5, 500],
] as const) {
  test(`createFuse finds the mount and the lag at ${imuHz} Hz IMU, ${fixHz} Hz fixes and ${lagMs} ms lag`, () => {
    const mount = { rollDeg: 170, pitchDeg: -12, yawDeg: 115 }
    const drive = syntheticDrive({ seconds: 240, imuHz, fixHz, lagMs, mount })
    const { motion, calibration } = play(drive.imu, drive.fixes)
    assert.ok(apart(calibration.yawDeg, mount.yawDeg) < 3, `yaw ${calibration.yawDeg}`)
    assert.ok(apart(calibration.rollDeg, mount.rollDeg) < 2, `roll ${calibration.rollDeg}`)
    assert.ok(apart(calibration.pitchDeg, mount.pitchDeg) < 2, `pitch ${calibration.pitchDeg}`)
    assert.ok(calibration.confidence > 0.8)
    assert.ok(Math.abs(calibration.lagMs - lagMs) <= 200, `lag ${calibration.lagMs}`)
    // Until the axes are known the speed is the receiver's last, which is late.
    const settled = motion.filter(({ tMs }) => tMs > 60_000)
    const truth = settled.reduce((sum, { tMs }) => sum + drive.speedAt(tMs / 1000) * 0.1, 0)
    assert.ok(Math.abs(distance(settled) / truth - 1) < 0.03, `distance ${distance(settled)} of ${truth}`)
    const late = motion.filter(({ tMs }) => tMs > 150_000)
    const error = late.reduce((sum, s) => sum + Math.abs(s.aLong - drive.aLongAt(s.tMs / 1000 - 0.05)), 0) / late.length
    assert.ok(error < 0.25, `mean error of aLong ${error}`)
  })
}

test('createFuse finds the mount without a gyro, by the courses of the fixes', () => {
  const mount = { rollDeg: 5, pitchDeg: 10, yawDeg: -80 }
  const drive = syntheticDrive({ seconds: 240, imuHz: 50, fixHz: 1, lagMs: 0, mount, hasGyro: false })
  const { motion, calibration } = play(drive.imu, drive.fixes, false)
  assert.ok(apart(calibration.yawDeg, mount.yawDeg) < 6, `yaw ${calibration.yawDeg}`)
  assert.ok(motion.every(({ yawRate }) => Number.isNaN(yawRate)))
})

test('createFuse gives no accelerations before it is calibrated, and says so', () => {
  const drive = syntheticDrive({
    seconds: 25,
    imuHz: 50,
    fixHz: 1,
    lagMs: 0,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 0 },
  })
  const { motion } = play(drive.imu, drive.fixes)
  const early = motion.filter(({ quality: bits }) => (bits & quality.uncalibrated) !== 0)
  assert.ok(early.length > 200)
  assert.ok(early.every(({ aLong, sigmaG }) => Number.isNaN(aLong) && Number.isNaN(sigmaG)))
})

test('createFuse without an IMU interpolates between fixes and leaves accelerations unknown', () => {
  const drive = syntheticDrive({
    seconds: 120,
    imuHz: 10,
    fixHz: 1,
    lagMs: 0,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 0 },
  })
  const { motion } = play([], drive.fixes)
  assert.ok(motion.length > 1100)
  assert.ok(motion.every((s) => (s.quality & quality.noImu) !== 0 && Number.isNaN(s.aLong)))
  assert.ok(Math.abs(distance(motion) / drive.distanceM - 1) < 0.02)
})

test('createFuse carries speed and place over an outage of the receiver, and marks it', () => {
  const drive = syntheticDrive({
    seconds: 240,
    imuHz: 50,
    fixHz: 1,
    lagMs: 0,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 30 },
  })
  const { motion } = play(
    drive.imu,
    drive.fixes.filter(({ tMs }) => tMs < 180_000 || tMs > 200_000),
  )
  const bridged = motion.filter(({ tMs }) => tMs > 184_000 && tMs < 200_000)
  assert.ok(bridged.every((s) => (s.quality & quality.bridged) !== 0 && !Number.isNaN(s.lat)))
  for (const s of bridged) assert.ok(Math.abs(s.speedMps - drive.speedAt(s.tMs / 1000)) < 3, `${s.tMs} ${s.speedMps}`)
})

test('createFuse drops repeated fixes of a moving car', () => {
  const drive = syntheticDrive({
    seconds: 60,
    imuHz: 10,
    fixHz: 1,
    lagMs: 0,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 0 },
  })
  const motion: MotionSample[] = []
  const fuse = createFuse({ sensors: defaultSensorFacts, onMotion: (sample) => motion.push(sample) })
  for (const fix of drive.fixes) {
    fuse.fix(fix)
    fuse.fix({ ...fix, tMs: fix.tMs + 200 })
  }
  assert.equal(fuse.counts.repeatedFixes, drive.fixes.length)
})

test('createFuse finds the mount without a receiver, by gravity and the push in bends', () => {
  const mount = { rollDeg: -8, pitchDeg: 14, yawDeg: -150 }
  const drive = syntheticDrive({ seconds: 400, imuHz: 50, fixHz: 1, lagMs: 0, mount })
  const motion: MotionSample[] = []
  const fuse = createFuse({ sensors: defaultSensorFacts, onMotion: (sample) => motion.push(sample) })
  for (const sample of drive.imu) fuse.imu(sample)
  assert.ok(apart(fuse.calibration.yawDeg, mount.yawDeg) < 6, `yaw ${fuse.calibration.yawDeg}`)
  assert.ok(motion.every(({ speedMps }) => Number.isNaN(speedMps)))
})

test('createFuse notices that the device was moved in the drive, drops the axes and finds them anew', () => {
  const before = syntheticDrive({
    seconds: 300,
    imuHz: 50,
    fixHz: 1,
    lagMs: 0,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 20 },
  })
  const mount = { rollDeg: 5, pitchDeg: -30, yawDeg: 140 }
  const after = syntheticDrive({ seconds: 600, imuHz: 50, fixHz: 1, lagMs: 0, mount })
  const imu = [...before.imu, ...after.imu.slice(before.imu.length)]
  const motion: MotionSample[] = []
  const movedMs: number[] = []
  const fuse = createFuse({
    sensors: defaultSensorFacts,
    onMotion: (sample) => motion.push(sample),
    onMountMoved: (tMs) => movedMs.push(tMs),
  })
  let next = 0
  for (const fix of after.fixes) {
    while (next < imu.length && imu[next]!.tMs <= fix.tMs) fuse.imu(imu[next++]!)
    fuse.fix(fix)
  }
  assert.ok(movedMs.length >= 1 && movedMs[0]! > 300_000 && movedMs[0]! < 320_000, `${movedMs}`)
  assert.ok(motion.some(({ tMs, aLong }) => tMs > movedMs[0]! && Number.isNaN(aLong)))
  assert.ok(apart(fuse.calibration.yawDeg, mount.yawDeg) < 3, `yaw ${fuse.calibration.yawDeg}`)
  assert.ok(apart(fuse.calibration.pitchDeg, mount.pitchDeg) < 2, `pitch ${fuse.calibration.pitchDeg}`)
})

test('createFuse finds the mount where gravity was removed, whichever way the device looks', () => {
  const mount = { rollDeg: 150, pitchDeg: 20, yawDeg: -70 }
  const drive = syntheticDrive({ seconds: 240, imuHz: 50, fixHz: 1, lagMs: 300, mount })
  const up = rotationOf(mount).slice(6, 9)
  const fuse = createFuse({ sensors: { ...defaultSensorFacts, gravityIncluded: false }, onMotion: () => {} })
  let next = 0
  for (const fix of drive.fixes) {
    for (; next < drive.imu.length && drive.imu[next]!.tMs <= fix.tMs; next++) {
      const { ax, ay, az, ...rest } = drive.imu[next]!
      fuse.imu({ ...rest, ax: ax - up[0]! * G_MPS2, ay: ay - up[1]! * G_MPS2, az: az - up[2]! * G_MPS2 })
    }
    fuse.fix(fix)
  }
  assert.ok(apart(fuse.calibration.yawDeg, mount.yawDeg) < 3, `yaw ${fuse.calibration.yawDeg}`)
  assert.ok(apart(fuse.calibration.rollDeg, mount.rollDeg) < 3, `roll ${fuse.calibration.rollDeg}`)
})

test('createFuse goes on with positions alone: speed and course are the way between fixes', () => {
  const mount = { rollDeg: 3, pitchDeg: -6, yawDeg: 75 }
  const drive = syntheticDrive({ seconds: 300, imuHz: 50, fixHz: 1, lagMs: 200, mount })
  const { motion, calibration } = play(
    drive.imu,
    drive.fixes.map((fix) => ({ ...fix, speedMps: null, courseDeg: null, hdop: null })),
  )
  assert.ok(apart(calibration.yawDeg, mount.yawDeg) < 3, `yaw ${calibration.yawDeg}`)
  const late = motion.filter(({ tMs }) => tMs > 200_000)
  const error =
    late.reduce((sum, s) => sum + Math.abs(s.speedMps - drive.speedAt(s.tMs / 1000 - 0.05)), 0) / late.length
  assert.ok(error < 0.5, `mean error of speed ${error}`)
})

test('createFuse does not follow a fix that jumps, and counts it', () => {
  const drive = syntheticDrive({
    seconds: 200,
    imuHz: 50,
    fixHz: 1,
    lagMs: 0,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 30 },
  })
  const jumping = drive.fixes.map((fix, i) => (i % 40 === 39 ? { ...fix, lat: fix.lat! + 0.002 } : fix))
  const far = (motion: readonly MotionSample[], s: MotionSample): boolean =>
    Math.abs(s.lat - motion.find(({ tMs }) => tMs === s.tMs)!.lat) * 111_200 > 20
  const clean = play(drive.imu, drive.fixes)
  const { motion, counts } = play(drive.imu, jumping)
  assert.equal(counts.jumpedFixes, 5)
  assert.ok(!motion.some((s) => far(clean.motion, s)))
})

test('createFuse fills a pause of the IMU with samples that say what is unknown, and the way is whole', () => {
  const drive = syntheticDrive({
    seconds: 240,
    imuHz: 50,
    fixHz: 1,
    lagMs: 0,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 30 },
  })
  const inPause = (tMs: number) => (tMs > 150_000 && tMs < 151_000) || (tMs > 180_000 && tMs < 185_000)
  const { motion } = play(
    drive.imu.filter(({ tMs }) => !inPause(tMs)),
    drive.fixes,
  )
  const filled = motion.filter(({ tMs }) => tMs > 150_200 && tMs < 150_800)
  assert.ok(filled.length >= 5 && filled.every((s) => Number.isNaN(s.aLong) && (s.quality & quality.bridged) !== 0))
  const steps = motion.slice(1).map((s, i) => s.tMs - motion[i]!.tMs)
  assert.ok(
    steps.every((step) => Math.abs(step - 100) < 1),
    `${steps.filter((step) => Math.abs(step - 100) >= 1)}`,
  )
  const whole = distance(play(drive.imu, drive.fixes).motion)
  assert.ok(Math.abs(distance(motion) / whole - 1) < 0.005, `${distance(motion)} of ${whole} m`)
})
