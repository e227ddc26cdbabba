import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createClock } from '../clock.ts'
import type { ImuSample } from '../sensors.ts'
import { createFakeMpu } from './fake-mpu.ts'
import { createImuSource } from './source.ts'

/** A source on a fake chip, running until the returned function is called. */
function start(fake: ReturnType<typeof createFakeMpu>) {
  const samples: ImuSample[] = []
  const troubles: (string | null)[] = []
  const abort = new AbortController()
  const real = createClock()
  let skippedMs = 0
  const clock = { ...real, monotonicMs: () => real.monotonicMs() + skippedMs }
  const source = createImuSource({ bus: 1, address: null, clock, open: async () => fake.bus })
  const sink = {
    imu: (sample: ImuSample) => void samples.push(sample),
    trouble: (_source: string, message: string | null) => void troubles.push(message),
    fix() {},
    board() {},
  }
  const running = source.run(sink, abort.signal)
  return {
    samples,
    troubles,
    counts: source.counts,
    skip: (ms: number) => {
      skippedMs += ms
    },
    async stop() {
      abort.abort()
      await running
    },
  }
}

/** Waits until something holds; the test runner's time limit is the end of patience. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(10)
}

test('createImuSource gives samples in SI units, and flags those at the end of a range', async () => {
  const fake = createFakeMpu()
  const { samples, troubles, counts, stop } = start(fake)
  await until(() => troubles.includes(null))
  fake.feel([0, -2048, 2048, 328, 0, -328])
  fake.feel([32767, 0, 0, 0, 0, 0])
  fake.feel([0, 0, 0, 0, -32768, 0])
  await until(() => samples.length === 3)
  await stop()
  const [first, second] = samples
  assert.ok(Math.abs(first!.ay + 9.80665) < 1e-9 && Math.abs(first!.gx - (10 * Math.PI) / 180) < 1e-9)
  assert.ok(Math.abs(second!.tMs - first!.tMs - 10) < 2)
  assert.deepEqual(
    samples.map(({ saturated }) => saturated),
    [false, true, true],
  )
  assert.deepEqual([counts.chip, counts.samples, counts.saturated], ['MPU-6050 at 0x68', 3, 2])
})

test('createImuSource counts a FIFO that ran over and what it lost', async () => {
  const fake = createFakeMpu()
  const { samples, counts, troubles, skip, stop } = start(fake)
  await until(() => troubles.includes(null))
  fake.feel([1, 0, 0, 0, 0, 0])
  await until(() => samples.length === 1)
  for (let i = 0; i < 100; i++) fake.feel([2, 0, 0, 0, 0, 0])
  await until(() => counts.overflows === 1)
  skip(1000)
  fake.feel([3, 0, 0, 0, 0, 0])
  await until(() => samples.length === 2)
  await stop()
  assert.ok(counts.lostSamples >= 100, `${counts.lostSamples} lost in more than a second`)
})

test('createImuSource drops what it read while the FIFO ran over, as its axes are mixed up', async () => {
  const fake = createFakeMpu()
  const { samples, counts, troubles, stop } = start(fake)
  await until(() => troubles.includes(null))
  fake.beforeReading(() => {
    for (let i = 0; i < 100; i++) fake.feel([2, 3, 4, 5, 6, 7])
  })
  fake.feel([1, 0, 0, 0, 0, 0])
  await until(() => counts.overflows === 1 || samples.length > 0)
  fake.feel([8, 0, 0, 0, 0, 0])
  await until(() => samples.length > 0)
  await stop()
  assert.deepEqual([samples.length, counts.overflows, counts.failedReads], [1, 1, 0])
  assert.ok(Math.abs(samples[0]!.ax - (8 / 2048) * 9.80665) < 1e-9)
})

test('createImuSource bears a disturbed reading without setting the chip up anew', async () => {
  const fake = createFakeMpu()
  const { samples, counts, troubles, stop } = start(fake)
  await until(() => troubles.includes(null))
  fake.disturb()
  fake.feel([1, 0, 0, 0, 0, 0])
  await until(() => counts.failedReads === 1)
  fake.feel([2, 0, 0, 0, 0, 0])
  await until(() => samples.length === 1)
  await stop()
  assert.deepEqual(troubles, [null])
})

test('createImuSource says what is wrong with the bus, and tries again', async () => {
  const fake = createFakeMpu()
  const { troubles, stop } = start(fake)
  await until(() => troubles.includes(null))
  fake.unplug()
  await until(() => troubles.some((message) => message?.includes('Remote I/O error') ?? false))
  await until(() => troubles.some((message) => /nobody answers .* trying again in/.test(message ?? '')))
  await stop()
})
