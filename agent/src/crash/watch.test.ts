import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maxCrashRows } from '@fairmile/contract/columns/crash-columns.ts'
import type { CrashRecord } from '@fairmile/contract/crash.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { rotationOf } from '../motion/axes.ts'
import type { Calibration } from '../motion/calibration.ts'
import { createCrashWatch } from './watch.ts'

const mount = { rollDeg: 20, pitchDeg: -10, yawDeg: 120 }
const calibrated: Calibration = { ...mount, confidence: 1, tiltSigmaDeg: 0.5, yawSigmaDeg: 2, lagMs: 300 }
const crashMs = 60_000

/** Plays 80 s with a blow of 20 km/h from an angle (degrees clockwise from the front) in the 60th. */
function play(options: { fromDeg?: number; rateHz?: number; calibration?: Calibration; untilMs?: number } = {}) {
  const { fromDeg = 0, rateHz = 100, calibration = calibrated, untilMs = 80_000 } = options
  const told: string[] = []
  const batches: (readonly CrashRecord[])[] = []
  const troubles: string[] = []
  const watch = createCrashWatch({
    threshold: thresholds.crash,
    rangeMps2: 16 * G_MPS2,
    calibration: () => calibration,
    crash: ({ deltaVMps }) => {
      told.push(`crash ${deltaVMps > 1}`)
      return { eventId: 'EVT-1', tripId: 'TRP-1', utcOffsetMs: 1e12 }
    },
    over: ({ deltaVMps }) => told.push(`over ${(deltaVMps * 3.6).toFixed(0)}`),
    records(records) {
      told.push(`${records.length} records`)
      batches.push(records)
    },
    trouble: (message) => troubles.push(message),
  })
  const r = rotationOf(mount)
  const angle = (fromDeg * Math.PI) / 180
  for (let tMs = 0; tMs < untilMs; tMs += 1000 / rateHz) {
    const t = (tMs - crashMs) / 100
    const force = t >= 0 && t <= 1 ? (((20 / 3.6) * Math.PI * 10) / 2) * Math.sin(Math.PI * t) : 0
    const [x, y] = [-force * Math.cos(angle), force * Math.sin(angle)]
    const [ax, ay, az] = [0, 1, 2].map((i) => r[i]! * x + r[3 + i]! * y + r[6 + i]! * G_MPS2) as [
      number,
      number,
      number,
    ]
    watch.imu({ tMs, ax, ay, az, gx: 0, gy: Number.NaN, gz: 0.01 })
  }
  return { told, batches, troubles, watch, records: batches.flat() }
}

test('createCrashWatch tells the crash, then the stretch before it, then the rest, then what came after', () => {
  const { told, batches } = play({ rateHz: 200 })
  assert.deepEqual(told, ['crash true', '1 records', '1 records', 'over 20', '1 records'])
  const [[newest], [older], [after]] = batches as [CrashRecord[], CrashRecord[], CrashRecord[]]
  assert.ok(Math.abs(newest!.at - (1e12 + 60_000)) <= 20)
  assert.equal(newest!.imu.ax.length, maxCrashRows)
  // 30 s before, without a hole or an overlap, and 10 s after.
  assert.equal(older!.fromMs, -30_000)
  assert.equal(older!.fromMs + older!.imu.offsetMs.at(-1)! + 5, newest!.fromMs)
  assert.equal(newest!.fromMs + newest!.imu.offsetMs.at(-1)! + 5, after!.fromMs)
  assert.equal(after!.fromMs + after!.imu.offsetMs.at(-1)!, 10_000)
  assert.ok(Math.abs(after!.deltaVMps - 20 / 3.6) < 0.3)
  assert.deepEqual([newest!.imu.gx[0], newest!.imu.gy[0]], [0, null])
})

test('createCrashWatch says where the blow came from, in a box mounted at any angle', () => {
  for (const fromDeg of [0, 45, 90, 180, 270, 330]) {
    const found = play({ fromDeg }).records.at(-1)!.directionDeg!
    assert.ok(Math.abs(((found - fromDeg + 540) % 360) - 180) < 3, `${found} for ${fromDeg}`)
  }
})

test('createCrashWatch finds a crash before it knows how the box is mounted, and no direction of it', () => {
  const { records } = play({ fromDeg: 90, calibration: { ...calibrated, confidence: 0, yawSigmaDeg: 180 } })
  assert.equal(records.at(-1)!.directionDeg, null)
  assert.ok(records.at(-1)!.deltaVMps > 5)
})

test('createCrashWatch tells what is left when the data ends', () => {
  const { told, watch, batches } = play({ untilMs: crashMs + 1500 })
  assert.deepEqual(told, ['crash true', '1 records'])
  watch.end()
  assert.deepEqual(told.slice(2), ['over 20', '1 records'])
  const [after] = batches.at(-1)!
  assert.equal(after!.fromMs + after!.imu.offsetMs.at(-1)!, 1500)
})

test('createCrashWatch knows what a crash shakes, and does not call it driving', () => {
  const { watch } = play()
  assert.equal(watch.shaken(crashMs + 2000), true)
  assert.equal(watch.shaken(crashMs + 4000), false)
})

test('createCrashWatch says once that an IMU is too slow for crashes', () => {
  const { told, troubles } = play({ rateHz: 10 })
  assert.deepEqual(told, [])
  assert.equal(troubles.length, 1)
  assert.match(troubles[0]!, /fewer than 40 samples a second/)
})
