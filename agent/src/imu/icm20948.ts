import { setTimeout as sleep } from 'node:timers/promises'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { type Chip, type ChipFamily, limitsOf } from './chip.ts'
import { judgeByFactoryTrim } from './factory-trim.ts'
import type { Registers } from './registers.ts'
import { judgeSelfTest } from './self-test.ts'
import { stillMean } from './still-mean.ts'

/** Registers of TDK InvenSense's ICM-20948 by user bank (DS-000189 revision 1.3: chapter 8 is bank 0, 9 bank 1, 10 bank 2). */
const bank0 = {
  whoAmI: 0x00,
  userControl: 0x03,
  powerManagement1: 0x06,
  /** INT_STATUS_2: one overflow bit a FIFO. */
  overflows: 0x1b,
  /** Accelerometer and gyroscope: six words, high byte first. */
  outputs: 0x2d,
  temperature: 0x39,
  /** FIFO_EN_2: what goes into the FIFO. */
  fifoEnable: 0x67,
  fifoReset: 0x68,
  fifoMode: 0x69,
  fifoCount: 0x70,
  fifoData: 0x72,
} as const
/** SELF_TEST_X_GYRO … and SELF_TEST_X_ACCEL …: the factory's codes. */
const bank1 = { gyroTrim: 0x02, accelTrim: 0x0e } as const
const bank2 = {
  gyroDivider: 0x00,
  gyroConfig1: 0x01,
  gyroConfig2: 0x02,
  /** ODR_ALIGN_EN: both sensors sample together. */
  align: 0x09,
  /** Two registers, high part first. */
  accelDivider: 0x10,
  accelConfig: 0x14,
  accelConfig2: 0x15,
} as const
/** REG_BANK_SEL, in every bank: the bank in bits 5 and 4. */
const bankSelect = 0x7f

const bits = {
  /** PWR_MGMT_1: all registers to their defaults. */
  deviceReset: 0x80,
  /** PWR_MGMT_1: awake, the best clock that is ready. */
  clockBest: 0x01,
  /** GYRO_CONFIG_1: low-pass 51 Hz, ±1000 °/s. ACCEL_CONFIG: low-pass 50 Hz, ±16 g. Both below half of 102 Hz. */
  gyro1000: 0x1d,
  accel16g: 0x1f,
  /** The self-test's ranges and filters, as its maker's own program has them: ±250 °/s, ±2 g. */
  gyro250: 0x01,
  accel2g: 0x39,
  gyroAverage: 0x03,
  accelAverage: 0x02,
  /** GYRO_CONFIG_2 and ACCEL_CONFIG_2: self-test of x, y and z. */
  gyroTest: 0x38,
  accelTest: 0x1c,
  /** FIFO_EN_2: accelerometer and gyroscope x, y, z. */
  fifoMotion: 0x1e,
  /** FIFO_RST: all five, set and cleared again. */
  fifoReset: 0x1f,
  /** USER_CTRL. */
  fifoOn: 0x40,
  /** INT_STATUS_2. */
  fifoOverflow: 0x1f,
} as const

/** 1.125 kHz ÷ (1 + 10) = 102.27 Hz. */
const divider = 10
const sampleHz = 1125 / (1 + divider)
/** Steps a g at ±16 g, and a °/s at ±1000 °/s (tables 1 and 2). */
const stepsPerG = 2048
const stepsPerDps = 32.8
const sampleBytes = 12
/** FIFO of 512 bytes (4.16). */
const maxSamples = Math.floor(512 / sampleBytes)
/** Start-up after a reset; the gyroscope needs 35 ms (table 1). */
const resetMs = 100
const settleMs = 50

async function openIcm20948({ read, write, block, fifo }: Registers, name: string): Promise<Chip> {
  const bytes = Buffer.alloc(maxSamples * sampleBytes)
  const words = new Int16Array(maxSamples * 6)
  let waiting = 0
  const bank = (number: number): Promise<void> => write(bankSelect, number << 4)

  const restart = async (): Promise<void> => {
    await write(bank0.userControl, 0)
    await write(bank0.fifoReset, bits.fifoReset)
    await write(bank0.fifoReset, 0)
    await write(bank0.userControl, bits.fifoOn)
    // Reading the status clears an old overflow.
    await read(bank0.overflows)
  }

  const configure = async (): Promise<void> => {
    await write(bank0.powerManagement1, bits.deviceReset)
    await sleep(resetMs)
    await write(bank0.powerManagement1, bits.clockBest)
    await sleep(resetMs)
    await bank(2)
    await write(bank2.gyroDivider, divider)
    await write(bank2.gyroConfig1, bits.gyro1000)
    await write(bank2.align, 1)
    await write(bank2.accelDivider, 0)
    await write(bank2.accelDivider + 1, divider)
    await write(bank2.accelConfig, bits.accel16g)
    await bank(0)
    await write(bank0.fifoMode, 0)
    await write(bank0.fifoEnable, bits.fifoMotion)
    await sleep(resetMs)
    await restart()
  }
  await configure()

  /** In the ranges of the self-test: ±2 g and ±250 °/s. */
  const readTest = async (into: Float64Array): Promise<void> => {
    await block(bank0.outputs, 12, bytes)
    for (let i = 0; i < 6; i++) into[i] = bytes.readInt16BE(i * 2) / (i < 3 ? 16_384 : 131)
  }

  const setTest = async (gyroTest: number, accelTest: number): Promise<void> => {
    await bank(2)
    await write(bank2.gyroConfig1, bits.gyro250)
    await write(bank2.gyroConfig2, gyroTest | bits.gyroAverage)
    await write(bank2.accelConfig, bits.accel2g)
    await write(bank2.accelConfig2, accelTest | bits.accelAverage)
    await bank(0)
    await sleep(settleMs)
  }

  const trim = async () => {
    await bank(1)
    await block(bank1.gyroTrim, 3, bytes)
    const gyro = [...bytes.subarray(0, 3)]
    await block(bank1.accelTrim, 3, bytes)
    await bank(0)
    return judgeByFactoryTrim({ accel: [...bytes.subarray(0, 3)], gyro })
  }

  return {
    name,
    sampleHz,
    scale: { mps2: G_MPS2 / stepsPerG, rps: Math.PI / 180 / stepsPerDps },
    limits: limitsOf(),
    words,
    restart,
    async look() {
      await block(bank0.fifoCount, 2, bytes)
      waiting = Math.floor((bytes.readUInt16BE(0) & 0x1fff) / sampleBytes)
      return waiting >= maxSamples || ((await read(bank0.overflows)) & bits.fifoOverflow) !== 0
    },
    async take() {
      await fifo(bank0.fifoData, waiting * sampleBytes, sampleBytes, bytes)
      for (let i = 0; i < waiting * 6; i++) words[i] = bytes.readInt16BE(i * 2)
      return waiting
    },
    async temperatureC() {
      await block(bank0.temperature, 2, bytes)
      return bytes.readInt16BE(0) / 333.87 + 21
    },
    async selfTest() {
      await setTest(0, 0)
      const before = await stillMean(readTest)
      await setTest(bits.gyroTest, bits.accelTest)
      const during = await stillMean(readTest)
      const verdict = judgeSelfTest(before, during, await trim())
      await configure()
      return verdict
    },
  }
}

/** Bank 2 is selected, and two of its registers hold what only this chip's do: their defaults, or what is set above. */
async function freeIcm20948({ read, write }: Registers): Promise<boolean> {
  const inBank2 = (await read(bankSelect)) === 2 << 4
  const gyros: readonly number[] = [0x01, bits.gyro1000, bits.gyro250]
  const accels: readonly number[] = [0x01, bits.accel16g, bits.accel2g]
  if (!inBank2 || !gyros.includes(await read(bank2.gyroConfig1)) || !accels.includes(await read(bank2.accelConfig)))
    return false
  await write(bankSelect, 0)
  return true
}

/** TDK InvenSense's ICM-20948; its magnetometer is not used. */
export const icm20948Family: ChipFamily = {
  idRegister: bank0.whoAmI,
  names: { 234: 'ICM-20948' },
  addresses: [0x68, 0x69],
  open: openIcm20948,
  free: freeIcm20948,
}
