import assert from 'node:assert/strict'
import { test } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import { rotationOf } from './axes.ts'
import type { MountState } from './calibration.ts'
import { createFuse, defaultSensorFacts } from './fuse.ts'
import { createMountReturn } from './mount-return.ts'
import { syntheticDrive } from './synthetic-drive.ts'

const level = { rollDeg: 0, pitchDeg: 0, yawDeg: 0 }
const stateOf = (confidence: number): MountState => ({
  rotation: rotationOf(level),
  rest: Float64Array.of(0, 0, G_MPS2),
  up: Float64Array.of(0, 0, 1),
  calibration: { ...level, confidence, tiltSigmaDeg: 1, yawSigmaDeg: 1, lagMs: 0 },
  lagSigmaMs: 30,
})
const home = Float64Array.of(1, -2, G_MPS2)
const lying = Float64Array.of(G_MPS2, 0, 1)

test('createMountReturn tells of a device that is back, after six seconds of it, whatever the car does', () => {
  const back = createMountReturn<string>()
  assert.equal(back.push(home, 1, -2), false)
  back.leave(stateOf(0.9), 'evidence')
  for (let s = 0; s < 20; s++) assert.equal(back.push(lying, 1, -2), false)
  let seconds = 1
  while (!back.push(home, 1, -2)) seconds++
  assert.ok(seconds >= 6 && seconds < 30, `${seconds}`)
  assert.equal(back.seat?.evidence, 'evidence')
})

test('createMountReturn keeps the better known of two positions, and none where the axes were unknown', () => {
  const back = createMountReturn<string>()
  back.leave({ ...stateOf(0), rotation: null }, 'unknown')
  assert.equal(back.seat?.evidence, undefined)
  back.leave(stateOf(0.9), 'holder')
  back.leave(stateOf(0.1), 'floor')
  assert.equal(back.seat?.evidence, 'holder')
  back.forget()
  assert.equal(back.seat?.evidence, undefined)
})

test('createFuse knows a device again that fell and was put back, and tells since when it was elsewhere', () => {
  const mount = { rollDeg: 4, pitchDeg: -8, yawDeg: 60 }
  const shape = { seconds: 360, imuHz: 50, fixHz: 1, lagMs: 0 }
  const drive = syntheticDrive({ ...shape, mount })
  const fallen = syntheticDrive({ ...shape, mount: { rollDeg: 95, pitchDeg: 20, yawDeg: -30 } })
  const motion: MotionSample[] = []
  const moves: [number, number][] = []
  const returns: number[] = []
  const fuse = createFuse({
    sensors: defaultSensorFacts,
    onMotion: (sample) => motion.push(sample),
    onMountMoved: (tMs, fromMs) => moves.push([tMs, fromMs]),
    onMountReturned: (tMs) => returns.push(tMs),
  })
  let next = 0
  for (const fix of drive.fixes) {
    for (; next < drive.imu.length && drive.imu[next]!.tMs <= fix.tMs; next++) {
      const { tMs } = drive.imu[next]!
      fuse.imu((tMs > 250_000 && tMs < 270_000 ? fallen : drive).imu[next]!)
    }
    fuse.fix(fix)
  }
  assert.equal(moves.length, 1)
  const [tMs, fromMs] = moves[0]!
  assert.ok(tMs > 250_000 && tMs < 262_000, `found at ${tMs}`)
  assert.ok(fromMs >= 247_000 && fromMs <= 251_000, `elsewhere from ${fromMs}`)
  assert.equal(returns.length, 1)
  assert.ok(returns[0]! > 270_000 && returns[0]! < 300_000, `back at ${returns}`)
  const late = motion.filter((sample) => sample.tMs > 305_000)
  assert.ok(late.every(({ aLong }) => Number.isFinite(aLong)))
  const { yawDeg, pitchDeg } = fuse.calibration
  assert.ok(Math.abs(yawDeg - 60) < 3 && Math.abs(pitchDeg + 8) < 1.5, `yaw ${yawDeg}, pitch ${pitchDeg}`)
})
