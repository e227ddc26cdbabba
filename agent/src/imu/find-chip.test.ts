import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFakeMpu } from './fake-mpu.ts'
import { findChip } from './find-chip.ts'
import type { I2cBus } from './i2c.ts'

/** A bus where reading a register gives what `chips` has for the address, an error where that is a number of one. */
const busOf = (chips: Record<number, Record<number, number> | { errno: number }>) => {
  const written: number[] = []
  const bus: I2cBus = {
    async readByte(address, register) {
      const chip = chips[address] ?? { errno: 121 }
      if ('errno' in chip) throw Object.assign(new Error('no'), chip)
      return (chip as Record<number, number>)[register] ?? 0
    },
    async writeByte(address) {
      written.push(address)
    },
    readBlock: async () => {},
    close: async () => {},
  }
  return { bus, written }
}

test('findChip finds and sets up the chip wherever it is', async () => {
  const { chip, address } = await findChip(createFakeMpu().bus, 1, null)
  assert.deepEqual([chip.name, address], ['MPU-6050', 0x68])
})

test('findChip looks only where it is told to', async () => {
  await assert.rejects(
    findChip(createFakeMpu().bus, 1, 0x69),
    /no IMU of MPU-6050, .*BMI160.*: nobody answers at 0x69; check its wiring/,
  )
})

test('findChip says what an unknown chip says, and writes nothing to it', async () => {
  const { bus, written } = busOf({ 105: { 117: 0x12, 0: 0x34 } })
  await assert.rejects(
    findChip(bus, 1, null),
    /MPU-6050, .*ICM-20948, .*LSM6DSO.*the chip at 0x69 is another one: it says 0x12 in register 0x75 and 0x34 in register 0x00/,
  )
  assert.deepEqual(written, [])
})

test('findChip passes a clock by that the kernel holds, and finds the chip behind it', async () => {
  await assert.rejects(findChip(busOf({ 104: { errno: 16 } }).bus, 1, null), /0x68 belongs to a driver of the kernel/)
  const { bus, written } = busOf({ 104: { errno: 16 }, 106: { 15: 0x6c } })
  const { chip } = await findChip(bus, 1, null)
  assert.equal(chip.name, 'LSM6DSO')
  assert.deepEqual([...new Set(written)], [0x6a])
})

test('findChip frees an ICM-20948 that was left in another bank, and leaves a clock alone that looks a little like one', async () => {
  const left = (bank2: number[]) => {
    let bank = 0x20
    const written: number[][] = []
    const { bus } = busOf({})
    bus.readByte = async (address, register) => {
      if (address !== 0x69) throw Object.assign(new Error('no'), { errno: 121 })
      if (register === 0x7f) return bank
      return bank === 0 ? ({ 0: 0xea, 6: 0x41 }[register] ?? 0) : (bank2[register] ?? 0)
    }
    bus.writeByte = async (_address, register, value) => {
      written.push([register, value])
      if (register === 0x7f) bank = value
    }
    return { bus, written }
  }
  const bank2 = Array<number>(0x80).fill(0)
  bank2[0x01] = 0x1d
  bank2[0x14] = 0x01
  assert.equal((await findChip(left(bank2).bus, 1, null)).chip.name, 'ICM-20948')
  bank2[0x14] = 0x02
  const other = left(bank2)
  await assert.rejects(findChip(other.bus, 1, null), /another one/)
  assert.deepEqual(other.written, [])
})

test('findChip says how to switch a missing bus on, and hands on what it does not know', async () => {
  await assert.rejects(findChip(busOf({ 104: { errno: -2 } }).bus, 7, null), /there is no I²C bus 7: switch it on/)
  await assert.rejects(findChip(busOf({ 104: { errno: 13 } }).bus, 1, null), { errno: 13 })
})
