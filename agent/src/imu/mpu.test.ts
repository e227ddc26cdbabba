import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFakeMpu } from './fake-mpu.ts'
import { mpuFamily } from './mpu.ts'
import { createRegisters } from './registers.ts'

const openFake = async (fake: ReturnType<typeof createFakeMpu>) =>
  mpuFamily.open(createRegisters(fake.bus, 0x68), 'MPU-6050')

test('mpuFamily sets ±16 g, ±1000 °/s, the low-pass and 100 Hz', async () => {
  const fake = createFakeMpu()
  await openFake(fake)
  assert.deepEqual(
    [0x19, 0x1a, 0x1b, 0x1c, 0x23, 0x6b, 0x6a].map((register) => fake.registers[register]),
    [9, 0x03, 0x10, 0x18, 0x78, 0x01, 0x40],
  )
})

test('mpuFamily reads a burst of any length in the chip’s steps', async () => {
  const fake = createFakeMpu()
  const chip = await openFake(fake)
  for (let i = 0; i < 11; i++) fake.feel([i, -2048, 2048, 328, 0, -328])
  assert.equal(await chip.look(), false)
  assert.equal(await chip.take(), 11)
  assert.deepEqual([...chip.words.subarray(60, 66)], [10, -2048, 2048, 328, 0, -328])
  assert.ok(Math.abs(chip.scale.mps2 * 2048 - 9.80665) < 1e-9)
  assert.ok(Math.abs(chip.scale.rps * 328 - (10 * Math.PI) / 180) < 1e-9)
  assert.equal(await chip.look(), false)
  assert.equal(await chip.take(), 0)
})

test('mpuFamily says when its FIFO ran over, and goes on after a restart', async () => {
  const fake = createFakeMpu()
  const chip = await openFake(fake)
  for (let i = 0; i < 90; i++) fake.feel([1, 2, 3, 4, 5, 6])
  assert.equal(await chip.look(), true)
  await chip.restart()
  fake.feel([2048, 0, 0, 0, 0, 0])
  assert.equal(await chip.look(), false)
  assert.equal(await chip.take(), 1)
  assert.equal(chip.words[0], 2048)
})

test('mpuFamily tells the temperature of the first generation', async () => {
  const fake = createFakeMpu()
  const chip = await openFake(fake)
  Buffer.from(fake.registers.buffer).writeInt16BE(-3920, 0x41)
  assert.ok(Math.abs((await chip.temperatureC()) - 25) < 0.01)
})
