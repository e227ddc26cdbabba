import { setTimeout as sleep } from 'node:timers/promises'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { I2cBus } from './i2c.ts'

/** Registers, from InvenSense RM-MPU-6000A-00 revision 4.2; its section in brackets. */
const registers = {
  /** Sample rate = gyro rate ÷ (1 + value) [4.4]. */
  sampleRateDivider: 0x19,
  /** Digital low-pass [4.5]. */
  config: 0x1a,
  gyroConfig: 0x1b,
  accelConfig: 0x1c,
  /** What goes into the FIFO [4.8]. */
  fifoEnable: 0x23,
  interruptStatus: 0x3a,
  signalPathReset: 0x68,
  userControl: 0x6a,
  powerManagement1: 0x6b,
  fifoCount: 0x72,
  fifoData: 0x74,
  whoAmI: 0x75,
} as const

/** Bits, with the sections that define them. */
const bits = {
  /** PWR_MGMT_1 [4.30]: all registers to their defaults. */
  deviceReset: 0x80,
  /** PWR_MGMT_1 [4.30]: awake, clocked by the PLL with the X gyro, as the manual recommends. */
  clockGyroX: 0x01,
  resetSignalPaths: 0x07,
  /** CONFIG [4.5]: 44 Hz accelerometer, 42 Hz gyro, below half of 100 Hz; the gyro then runs at 1 kHz. */
  lowPass44Hz: 0x03,
  /** GYRO_CONFIG [4.6] FS_SEL 2: ±1000 °/s. */
  gyro1000: 0x10,
  /** ACCEL_CONFIG [4.7] AFS_SEL 3: ±16 g. */
  accel16g: 0x18,
  /** FIFO_EN [4.8]: gyro x, y, z and accelerometer. */
  fifoMotion: 0x78,
  /** USER_CTRL [4.29]. */
  fifoReset: 0x04,
  fifoOn: 0x40,
  /** INT_STATUS [4.17] FIFO_OFLOW_INT. */
  fifoOverflow: 0x10,
} as const

const chipId = 0x68
/** 1 kHz ÷ (1 + 9). */
const divider = 9
export const sampleHz = 100
/** Steps a g at ±16 g, and a degree per second at ±1000 °/s (PS-MPU-6000A-00, 6.1 and 6.2). */
const mps2PerStep = G_MPS2 / 2048
const rpsPerStep = Math.PI / 180 / 32.8
/** Two bytes of six axes. */
const sampleBytes = 12
const fifoBytes = 1024
const maxSamples = Math.floor(fifoBytes / sampleBytes)
/** Start-up after a reset (manual, 4.30 and the power-on procedure): 100 ms each. */
const resetMs = 100

/** Samples of one burst, six numbers each: ax ay az (m/s²) gx gy gz (rad/s). One object, written anew each time. */
export interface Burst {
  values: Float64Array
  count: number
  /** The FIFO ran over before this burst: older samples are lost, and how many is not known. */
  overflowed: boolean
}

/**
 * Sets an MPU-6050 up: ±16 g, ±1000 °/s, 44 Hz low-pass, 100 samples a second into its FIFO.
 *
 * @throws Error when another chip answers at the address.
 */
export const openMpu6050 = async (bus: I2cBus, address: number) => {
  const write = (register: number, value: number): Promise<void> => bus.writeByte(address, register, value)
  const id = await bus.readByte(address, registers.whoAmI)
  if (id !== chipId) {
    throw new Error(
      `the chip at I²C address 0x${address.toString(16)} says 0x${id.toString(16)}, an MPU-6050 says 0x68`,
    )
  }
  await write(registers.powerManagement1, bits.deviceReset)
  await sleep(resetMs)
  await write(registers.signalPathReset, bits.resetSignalPaths)
  await sleep(resetMs)
  await write(registers.powerManagement1, bits.clockGyroX)
  await write(registers.config, bits.lowPass44Hz)
  await write(registers.sampleRateDivider, divider)
  await write(registers.gyroConfig, bits.gyro1000)
  await write(registers.accelConfig, bits.accel16g)
  await write(registers.fifoEnable, bits.fifoMotion)

  const restart = async (): Promise<void> => {
    await write(registers.userControl, bits.fifoReset)
    await write(registers.userControl, bits.fifoOn)
    // Reading the status clears an old overflow.
    await bus.readByte(address, registers.interruptStatus)
  }
  await restart()

  const bytes = Buffer.alloc(fifoBytes)
  const burst: Burst = { values: new Float64Array(maxSamples * 6), count: 0, overflowed: false }

  return {
    /** Takes what the FIFO holds, in one transfer. */
    async read(): Promise<Burst> {
      await bus.readFrom(address, registers.fifoCount, 2, bytes)
      const count = bytes.readUInt16BE(0)
      const status = await bus.readByte(address, registers.interruptStatus)
      burst.overflowed = (status & bits.fifoOverflow) !== 0 || count >= maxSamples * sampleBytes
      burst.count = 0
      if (burst.overflowed) {
        // An overrun FIFO starts within a sample, so its bytes mean nothing.
        await restart()
        return burst
      }
      const samples = Math.floor(count / sampleBytes)
      if (samples === 0) return burst
      await bus.readFrom(address, registers.fifoData, samples * sampleBytes, bytes)
      for (let i = 0; i < samples * 6; i++) {
        const axis = i % 6
        burst.values[i] = bytes.readInt16BE(i * 2) * (axis < 3 ? mps2PerStep : rpsPerStep)
      }
      burst.count = samples
      return burst
    },
  }
}
