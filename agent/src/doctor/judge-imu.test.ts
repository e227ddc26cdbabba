import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImuSample } from '../sensors.ts'
import { hear } from './hear.ts'
import { judgeImu } from './judge-imu.ts'

/** Four seconds of an IMU at 100 Hz at rest, each reading changed as a test wants; noise is a fixed pattern. */
async function judged(change: (sample: ImuSample, n: number) => Partial<ImuSample> = () => ({}), count = 400) {
  const heard = await hear(
    async (sink) => {
      for (let n = 0; n < count; n++) {
        const noise = (share: number) => share * Math.sin(n * 12.9898 + share * 1e3)
        const rest: ImuSample = {
          tMs: n * 10,
          ax: 0.3 + noise(0.04),
          ay: -0.2 + noise(0.041),
          az: 9.8 + noise(0.06),
          gx: 0.01 + noise(0.002),
          gy: noise(0.0021),
          gz: -0.02 + noise(0.0022),
        }
        sink.imu({ ...rest, ...change(rest, n) })
      }
    },
    { wallMs: () => 0, monotonicMs: () => 0 },
  )
  return judgeImu(heard, 'chip')
}

const results = (findings: Awaited<ReturnType<typeof judged>>) =>
  Object.fromEntries(findings.map(({ name, result }) => [name, result]))

test('judgeImu finds a good chip at rest well, and says what it measures', async () => {
  const findings = await judged()
  assert.deepEqual(results(findings), { imu: 'ok', 'imu axes': 'ok', 'imu noise': 'ok' })
  assert.match(findings[0]!.detail, /100 readings a second/)
  assert.match(findings[1]!.detail, /gravity is felt as 9\.8\d m\/s²/)
})

for (const [what, change, name, result, says] of [
  ['a stuck axis', () => ({ ay: 0 }), 'imu axes', 'failed', /ay never changes/],
  ['a wrong range', ({ az }: ImuSample) => ({ az: az * 2 }), 'imu axes', 'failed', /19\.\d+ m\/s² instead of 9\.81/],
  ['an offset', ({ az }: ImuSample) => ({ az: az + 0.9 }), 'imu axes', 'warning', /instead of 9\.81/],
  [
    'an engine',
    ({ az }: ImuSample, n: number) => ({ az: az + (n % 2 ? 0.3 : -0.3) }),
    'imu noise',
    'warning',
    /engine off/,
  ],
  ['a gyro bias', ({ gz }: ImuSample) => ({ gz: gz + 0.5 }), 'imu noise', 'failed', /replace it/],
  ['readings at the end of the range', () => ({ saturated: true }), 'imu', 'warning', /end of its range/],
] as const)
  test(`judgeImu tells of ${what}`, async () => {
    const findings = await judged(change)
    const finding = findings.find((one) => one.name === name)
    assert.equal(finding?.result, result)
    assert.match(finding?.detail ?? '', says)
    assert.equal(findings.filter((one) => one.result === 'ok').length, 2)
  })

test('judgeImu says nothing of axes and noise while the car moves', async () => {
  const findings = await judged(({ ax }, n) => ({ ax: ax + 2 * Math.sin(n / 30) }))
  assert.deepEqual(results(findings), { imu: 'ok', 'imu axes': 'skipped', 'imu noise': 'skipped' })
})

test('judgeImu judges a chip without a gyro by its accelerometer', async () => {
  const findings = await judged(() => ({ gx: Number.NaN, gy: Number.NaN, gz: Number.NaN }))
  assert.deepEqual(results(findings), { imu: 'ok', 'imu axes': 'ok', 'imu noise': 'ok' })
  assert.match(findings[2]!.detail, /no gyro/)
})

test('judgeImu fails one that is slow or silent', async () => {
  assert.equal((await judged(({ tMs }) => ({ tMs: tMs * 10 })))[0]!.result, 'failed')
  assert.match((await judged(undefined, 0))[0]!.detail, /nothing heard/)
})
