import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { syntheticDrive } from '../motion/synthetic-drive.ts'
import { createPipeline } from '../pipeline.ts'
import type { Fix, ImuSample } from '../sensors.ts'

const mount = { rollDeg: 0, pitchDeg: 0, yawDeg: 90 }
const drive = syntheticDrive({ seconds: 400, imuHz: 50, fixHz: 1, lagMs: 0, mount })
const beginS = 120

/** Drives with fixes that are changed from the second minute on, or readings: what is marked, why, and how far the trip went. */
const run = async (change: (fix: Fix, tS: number) => Fix, feel = (sample: ImuSample) => sample) => {
  const troubles: string[] = []
  const markedS: number[] = []
  let distanceM = 0
  const pipeline = createPipeline({
    device: 'DEV-1',
    boot: 7,
    thresholds,
    scorer: null,
    timeZone: 'UTC',
    nextSeq: () => 1,
    wallMs: () => 0,
    mount,
    output: {
      motion: ({ tMs, quality: bits }) => void ((bits & quality.implausible) !== 0 && markedS.push(tMs / 1000)),
      trouble: (message) => void troubles.push(message),
      trip({ statistics }) {
        distanceM = statistics.distanceM
      },
    },
  })
  let next = 0
  for (const fix of drive.fixes) {
    while (next < drive.imu.length && drive.imu[next]!.tMs <= fix.tMs) pipeline.imu(feel(drive.imu[next++]!))
    pipeline.fix(fix.tMs < beginS * 1000 ? fix : change(fix, fix.tMs / 1000 - beginS))
  }
  await pipeline.end('recording_end')
  return { markedS, distanceM, troubles, reasons: Object.keys(pipeline.counts.implausible) }
}

test('createPlausibility marks nothing in a drive', async () => {
  assert.deepEqual((await run((fix) => fix)).markedS, [])
})

test('createPlausibility marks a position that is dragged away at 2 m/s, and credits no distance from then on', async () => {
  const { markedS, distanceM, reasons } = await run((fix, tS) => ({
    ...fix,
    lat: fix.lat! + ((2 * tS) / EARTH_RADIUS_M) * DEG_PER_RAD,
  }))
  assert.deepEqual(reasons, ['position_drift'])
  assert.ok(markedS[0]! > beginS && markedS[0]! < beginS + 120, `${markedS[0]}`)
  assert.ok(distanceM < drive.distanceM * ((beginS + 120) / 400))
})

test('createPlausibility marks speeds and courses that are those of another drive', async () => {
  const forged = await run((fix) => {
    const other = drive.fixes[Math.round(fix.tMs / 1000) - 105]!
    return { ...fix, speedMps: other.speedMps, courseDeg: other.courseDeg }
  })
  assert.ok(forged.reasons.includes('speed_mismatch'), `${forged.reasons}`)
  assert.ok(forged.markedS[0]! > beginS && forged.markedS[0]! < beginS + 20)
})

test('createPlausibility marks a course that turns while the car does not', async () => {
  const turned = await run((fix, tS) => ({ ...fix, courseDeg: (fix.courseDeg! + Math.min(60, tS / 2)) % 360 }))
  assert.ok(turned.reasons.some((reason) => reason === 'course_drift' || reason === 'position_drift'))
})

test('createPlausibility marks nothing where a receiver among houses tells noisy courses', async () => {
  const noisy = await run((fix) => {
    const tS = fix.tMs / 1000
    const noise = 1.6 * Math.sin((2 * Math.PI * tS) / 30) + 5 * (Math.round(tS) % 2 === 0 ? 1 : -1)
    return { ...fix, courseDeg: (fix.courseDeg! + noise + 360) % 360 }
  })
  assert.deepEqual(noisy.reasons, [])
})

test('createPlausibility leaves out a number that is none now and then, and the drive goes on', async () => {
  const { markedS, distanceM } = await run(
    (fix) => fix,
    (sample) => (sample.tMs % 1000 === 300 ? { ...sample, ax: Number.NaN } : sample),
  )
  assert.deepEqual(markedS, [])
  assert.ok(Math.abs(distanceM / drive.distanceM - 1) < 0.02, `${distanceM} of ${drive.distanceM}`)
})

for (const [what, broken] of [
  ['tells no number', { ax: Number.NaN }],
  ['is dead', { ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0 }],
] as const)
  test(`createPlausibility gives up an IMU that ${what}, says so, and goes on by the receiver`, async () => {
    const { markedS, distanceM, troubles } = await run(
      (fix) => fix,
      (sample) => ({ ...sample, ...broken }),
    )
    assert.ok(markedS.length > 0 && markedS.every((atS) => atS < 30), `${markedS.at(-1)}`)
    assert.ok(Math.abs(distanceM / drive.distanceM - 1) < 0.05, `${distanceM} of ${drive.distanceM}`)
    assert.equal(troubles.filter((message) => /the IMU .*going on without it/.test(message)).length, 1)
  })
