import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFakeMpu6050 } from './fake-mpu6050.ts'
import { openMpu6050 } from './mpu6050.ts'

test('openMpu6050 sets ±16 g, ±1000 °/s, the low-pass and 100 Hz', async () => {
  const { bus, registers } = createFakeMpu6050()
  await openMpu6050(bus, 0x68)
  assert.deepEqual(
    [0x19, 0x1a, 0x1b, 0x1c, 0x23, 0x6b, 0x6a].map((register) => registers[register]),
    [9, 0x03, 0x10, 0x18, 0x78, 0x01, 0x40],
  )
})

test('openMpu6050 reads a burst in SI units', async () => {
  const { bus, feel } = createFakeMpu6050()
  const chip = await openMpu6050(bus, 0x68)
  for (let i = 0; i < 10; i++) feel([0, -2048, 2048, 328, 0, -328])
  const { values, count, overflowed } = await chip.read()
  assert.equal(count, 10)
  assert.equal(overflowed, false)
  assert.ok(Math.abs((values[55] as number) + 9.80665) < 1e-9)
  assert.ok(Math.abs((values[57] as number) - (10 * Math.PI) / 180) < 1e-9)
  assert.equal((await chip.read()).count, 0)
})

test('openMpu6050 throws away a FIFO that ran over, says so, and goes on', async () => {
  const { bus, feel } = createFakeMpu6050()
  const chip = await openMpu6050(bus, 0x68)
  for (let i = 0; i < 90; i++) feel([1, 2, 3, 4, 5, 6])
  const burst = await chip.read()
  assert.deepEqual([burst.overflowed, burst.count], [true, 0])
  feel([2048, 0, 0, 0, 0, 0])
  const next = await chip.read()
  assert.deepEqual([next.overflowed, next.count], [false, 1])
})

test('openMpu6050 refuses another chip by name', async () => {
  await assert.rejects(openMpu6050(createFakeMpu6050(0x71).bus, 0x68), /says 0x71, an MPU-6050 says 0x68/)
})
