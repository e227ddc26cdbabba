import { setTimeout as sleep } from 'node:timers/promises'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { type Chip, type ChipFamily, limitsOf } from './chip.ts'
import { judgeByFactoryTrim } from './factory-trim.ts'
import { judgeMpu6050 } from './mpu6050-trim.ts'
import type { Registers } from './registers.ts'
import { judgeSelfTest } from './self-test.ts'
import { stillMean } from './still-mean.ts'

/**
 * Registers of InvenSense's MPU-6000, 6050 and 9150 (RM-MPU-6000A-00 revision 4.2), 6500 (RM-MPU-6500A-00 revision 2.1), 9250 and 9255
 * (RM-MPU-9250A-00 revision 1.6). In brackets the sections of the first; they are the same in the others where nothing is said.
 */
const registers = {
  /** 6500 and later: factory codes of the gyroscope's self-test, x, y, z (RM-MPU-9250A-00, 4.1). */
  gyroTrim: 0x00,
  /** 6050: factory codes of all six axes, four registers [4.1]. 6500 and later: of the accelerometer (RM-MPU-9250A-00, 4.2). */
  trim: 0x0d,
  /** Sample rate = 1 kHz ÷ (1 + value) with the low-pass on [4.2 and 4.3]. */
  sampleRateDivider: 0x19,
  /** Low-pass, of the gyroscope alone on the 6500 and later [4.3]. */
  config: 0x1a,
  /** [4.4] */
  gyroConfig: 0x1b,
  /** [4.5] */
  accelConfig: 0x1c,
  /** 6500 and later: low-pass of the accelerometer (RM-MPU-9250A-00, 4.8). */
  accelConfig2: 0x1d,
  /** What goes into the FIFO [4.6]. */
  fifoEnable: 0x23,
  /** [4.16] */
  interruptStatus: 0x3a,
  /** Accelerometer, temperature, gyroscope: seven words, high byte first [4.17 to 4.19]. */
  outputs: 0x3b,
  /** [4.18] */
  temperature: 0x41,
  /** [4.26] */
  signalPathReset: 0x68,
  /** [4.27] */
  userControl: 0x6a,
  /** [4.28] */
  powerManagement1: 0x6b,
  /** [4.30] */
  fifoCount: 0x72,
  /** [4.31] */
  fifoData: 0x74,
  /** [4.32] */
  whoAmI: 0x75,
} as const

const bits = {
  /** PWR_MGMT_1: all registers to their defaults. */
  deviceReset: 0x80,
  /** PWR_MGMT_1: awake, clocked by the PLL with the X gyro (6050) or by the best source that is ready (6500). */
  clockPll: 0x01,
  /** SIGNAL_PATH_RESET: gyroscope, accelerometer, temperature. */
  resetSignalPaths: 0x07,
  /** CONFIG and ACCEL_CONFIG_2: 44 Hz (6050) or 41 Hz, below half of 100 Hz; 92 to 98 Hz for the self-test. */
  lowPass44Hz: 0x03,
  lowPass92Hz: 0x02,
  /** GYRO_CONFIG FS_SEL 2: ±1000 °/s; 0: ±250 °/s. ACCEL_CONFIG AFS_SEL 3: ±16 g; 2: ±8 g; 0: ±2 g. */
  gyro1000: 0x10,
  accel16g: 0x18,
  accel8g: 0x10,
  /** GYRO_CONFIG and ACCEL_CONFIG: self-test of x, y and z. */
  selfTest: 0xe0,
  /** FIFO_EN: gyroscope x, y, z and accelerometer. */
  fifoMotion: 0x78,
  /** USER_CTRL. */
  fifoReset: 0x04,
  fifoOn: 0x40,
  /** INT_STATUS FIFO_OFLOW_INT. */
  fifoOverflow: 0x10,
} as const

/** Steps a g at ±16 g, and a °/s at ±1000 °/s (PS-MPU-6000A-00 revision 3.4, 6.1 and 6.2; the same in PS-MPU-9250A-01, 3.1 and 3.2). */
const stepsPerG = 2048
const stepsPerDps = 32.8
/** 1 kHz ÷ (1 + 9). */
const divider = 9
const sampleBytes = 12
/** Start-up after a reset [4.26 and 4.28]: 100 ms each; the gyroscope needs 35 ms more at most. */
const resetMs = 100
/** Self-test: time for the masses to settle. AN-MPU-9250A-03 asks for 20 ms; the 6050's manual says nothing. */
const settleMs = 50

/** What differs between the first generation and the later dies. */
const generations = {
  first: { fifoBytes: 1024, toC: (raw: number) => raw / 340 + 36.53, testAccel: bits.accel8g, testStepsPerG: 4096 },
  later: { fifoBytes: 512, toC: (raw: number) => raw / 333.87 + 21, testAccel: 0, testStepsPerG: 16_384 },
} as const

async function openMpu({ read, write, block, fifo }: Registers, name: string): Promise<Chip> {
  const isFirst = name === 'MPU-6050'
  const { fifoBytes, toC, testAccel, testStepsPerG } = generations[isFirst ? 'first' : 'later']
  const maxSamples = Math.floor(fifoBytes / sampleBytes)
  const bytes = Buffer.alloc(maxSamples * sampleBytes)
  const words = new Int16Array(maxSamples * 6)
  let waiting = 0

  const restart = async (): Promise<void> => {
    await write(registers.userControl, bits.fifoReset)
    await write(registers.userControl, bits.fifoOn)
    // Reading the status clears an old overflow.
    await read(registers.interruptStatus)
  }

  const configure = async (): Promise<void> => {
    await write(registers.powerManagement1, bits.deviceReset)
    await sleep(resetMs)
    await write(registers.signalPathReset, bits.resetSignalPaths)
    await sleep(resetMs)
    await write(registers.powerManagement1, bits.clockPll)
    await write(registers.config, bits.lowPass44Hz)
    if (!isFirst) await write(registers.accelConfig2, bits.lowPass44Hz)
    await write(registers.sampleRateDivider, divider)
    await write(registers.gyroConfig, bits.gyro1000)
    await write(registers.accelConfig, bits.accel16g)
    await write(registers.fifoEnable, bits.fifoMotion)
    await sleep(resetMs)
    await restart()
  }
  await configure()

  /** In the ranges of the self-test: ±8 or ±2 g, ±250 °/s (131 steps a °/s). */
  const readTest = async (into: Float64Array): Promise<void> => {
    await block(registers.outputs, 14, bytes)
    for (let axis = 0; axis < 3; axis++) {
      into[axis] = bytes.readInt16BE(axis * 2) / testStepsPerG
      into[axis + 3] = bytes.readInt16BE(8 + axis * 2) / 131
    }
  }

  const trim = async () => {
    await block(registers.trim, 4, bytes)
    if (isFirst) return judgeMpu6050([...bytes.subarray(0, 4)])
    const accel = [...bytes.subarray(0, 3)]
    await block(registers.gyroTrim, 3, bytes)
    return judgeByFactoryTrim({ accel, gyro: [...bytes.subarray(0, 3)] })
  }

  return {
    name,
    sampleHz: 100,
    scale: { mps2: G_MPS2 / stepsPerG, rps: Math.PI / 180 / stepsPerDps },
    limits: limitsOf(),
    words,
    restart,
    async look() {
      await block(registers.fifoCount, 2, bytes)
      waiting = Math.floor(bytes.readUInt16BE(0) / sampleBytes)
      // Full is overrun: the next sample writes over the start of the oldest, and the bytes mean nothing.
      return waiting >= maxSamples || ((await read(registers.interruptStatus)) & bits.fifoOverflow) !== 0
    },
    async take() {
      await fifo(registers.fifoData, waiting * sampleBytes, sampleBytes, bytes)
      for (let i = 0; i < waiting * 6; i++) words[i] = bytes.readInt16BE(i * 2)
      return waiting
    },
    async temperatureC() {
      await block(registers.temperature, 2, bytes)
      return toC(bytes.readInt16BE(0))
    },
    async selfTest() {
      await write(registers.config, bits.lowPass92Hz)
      if (!isFirst) await write(registers.accelConfig2, bits.lowPass92Hz)
      await write(registers.gyroConfig, 0)
      await write(registers.accelConfig, testAccel)
      await sleep(settleMs)
      const before = await stillMean(readTest)
      await write(registers.gyroConfig, bits.selfTest)
      await write(registers.accelConfig, bits.selfTest | testAccel)
      await sleep(settleMs)
      const during = await stillMean(readTest)
      const verdict = judgeSelfTest(before, during, await trim())
      await configure()
      return verdict
    },
  }
}

/** InvenSense's MPU-6050 and what followed it with the same registers. */
export const mpuFamily: ChipFamily = {
  idRegister: registers.whoAmI,
  names: { 104: 'MPU-6050', 112: 'MPU-6500', 113: 'MPU-9250', 115: 'MPU-9255' },
  addresses: [0x68, 0x69],
  open: openMpu,
}
