import { setTimeout as sleep } from 'node:timers/promises'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { type Chip, type ChipFamily, limitsOf } from './chip.ts'
import type { Registers } from './registers.ts'
import { judgeSelfTest, within } from './self-test.ts'
import { stillMean } from './still-mean.ts'

/** Registers of Bosch's BMI160 (BST-BMI160-DS000-07 revision 0.8, chapter 2.11, where each stands under its address). */
const registers = {
  chipId: 0x00,
  /** Power modes: accelerometer in bits 5 and 4, gyroscope in bits 3 and 2. */
  pmuStatus: 0x03,
  /** Gyroscope and accelerometer: six words, low byte first. */
  outputs: 0x0c,
  status: 0x1b,
  temperature: 0x20,
  fifoLength: 0x22,
  fifoData: 0x24,
  accelConfig: 0x40,
  accelRange: 0x41,
  gyroConfig: 0x42,
  gyroRange: 0x43,
  /** FIFO_DOWNS: filtered or raw samples into the FIFO. */
  fifoDowns: 0x45,
  /** FIFO_CONFIG, its second byte: what goes into the FIFO, and whether with headers. */
  fifoConfig1: 0x47,
  selfTest: 0x6d,
  command: 0x7e,
} as const

const bits = {
  /** CMD: soft reset; normal mode of either sensor; empty the FIFO. */
  softReset: 0xb6,
  accelNormal: 0x11,
  gyroNormal: 0x15,
  fifoFlush: 0xb0,
  /** PMU_STATUS when both run. */
  bothNormal: 0x14,
  /** ACC_CONF and GYR_CONF: 100 Hz, their normal low-pass, about 40 Hz. */
  normal100Hz: 0x28,
  accel16g: 0x0c,
  gyro1000: 0x01,
  /** FIFO_DOWNS: both filtered. */
  filtered: 0x88,
  /** FIFO_CONFIG: gyroscope and accelerometer, no headers, which both having one rate allows (2.5.1.2). */
  fifoMotion: 0xc0,
  /** Self-test of the accelerometer (2.8.1): ±8 g, ACC_CONF for 1600 Hz; force up, down, both with the large amplitude. */
  accel8g: 0x08,
  accel1600Hz: 0x2c,
  accelUp: 0x0d,
  accelDown: 0x09,
  /** Self-test of the gyroscope (2.8.2), and STATUS when it went well. */
  gyroTest: 0x10,
  gyroOk: 0x02,
} as const

/** Steps a g at ±16 g, and a °/s at ±1000 °/s (table 1). */
const stepsPerG = 2048
const stepsPerDps = 32.8
const sampleBytes = 12
/** FIFO of 1,024 bytes (2.5). */
const maxSamples = Math.floor(1024 / sampleBytes)
/** Start-up: 1 ms after a reset, 3.8 ms of the accelerometer, 80 ms of the gyroscope (table 1 and 2.2.4). */
const resetMs = 10
const startMs = 100
/** The self-test wants 50 ms; the least change of the accelerometer is that of Bosch's own program, 8192 steps at ±8 g. */
const settleMs = 60
const leastG = 2

async function openBmi160({ read, write, block, fifo }: Registers, name: string): Promise<Chip> {
  const bytes = Buffer.alloc(maxSamples * sampleBytes)
  const words = new Int16Array(maxSamples * 6)
  let waiting = 0
  let taken = 0

  const restart = (): Promise<void> => write(registers.command, bits.fifoFlush)

  const configure = async (): Promise<void> => {
    await write(registers.command, bits.softReset)
    await sleep(resetMs)
    await write(registers.command, bits.accelNormal)
    await sleep(resetMs)
    await write(registers.command, bits.gyroNormal)
    await sleep(startMs)
    const power = await read(registers.pmuStatus)
    if ((power & 0x3c) !== bits.bothNormal)
      throw new Error(
        `starting a BMI160: its power modes are 0x${power.toString(16)} instead of 0x14; is its supply good?`,
      )
    await write(registers.accelConfig, bits.normal100Hz)
    await write(registers.accelRange, bits.accel16g)
    await write(registers.gyroConfig, bits.normal100Hz)
    await write(registers.gyroRange, bits.gyro1000)
    await write(registers.fifoDowns, bits.filtered)
    await write(registers.fifoConfig1, bits.fifoMotion)
    await restart()
  }
  await configure()

  /** The accelerometer at ±8 g; the gyroscope's answer is one bit. */
  const readTest = async (into: Float64Array): Promise<void> => {
    await block(registers.outputs, 12, bytes)
    for (let axis = 0; axis < 3; axis++) {
      into[axis] = bytes.readInt16LE(6 + axis * 2) / 4096
      into[axis + 3] = 0
    }
  }
  const push = async (force: number) => {
    await write(registers.selfTest, force)
    await sleep(settleMs)
    return stillMean(readTest)
  }

  return {
    name,
    sampleHz: 100,
    scale: { mps2: G_MPS2 / stepsPerG, rps: Math.PI / 180 / stepsPerDps },
    limits: limitsOf(),
    words,
    restart,
    async look() {
      await block(registers.fifoLength, 2, bytes)
      waiting = Math.floor((bytes.readUInt16LE(0) & 0x07ff) / sampleBytes)
      // It has no flag of its own: a full FIFO may have lost samples, and so may one that was full while it was read.
      const ranOver = waiting + taken >= maxSamples
      taken = 0
      return ranOver
    },
    async take() {
      await fifo(registers.fifoData, waiting * sampleBytes, sampleBytes, bytes)
      for (let i = 0; i < waiting; i++) {
        for (let axis = 0; axis < 3; axis++) {
          words[i * 6 + axis] = bytes.readInt16LE(i * sampleBytes + 6 + axis * 2)
          words[i * 6 + 3 + axis] = bytes.readInt16LE(i * sampleBytes + axis * 2)
        }
      }
      taken = waiting
      return waiting
    },
    async temperatureC() {
      await block(registers.temperature, 2, bytes)
      return bytes.readInt16LE(0) / 512 + 23
    },
    async selfTest() {
      await write(registers.accelRange, bits.accel8g)
      await write(registers.accelConfig, bits.accel1600Hz)
      const up = await push(bits.accelUp)
      const down = await push(bits.accelDown)
      await write(registers.selfTest, bits.gyroTest)
      await sleep(settleMs)
      const gyroOk = ((await read(registers.status)) & bits.gyroOk) !== 0
      const verdict = judgeSelfTest(up, down, (sensor, _axis, response) => {
        if (sensor === 'accel') return within(response, leastG, 16, 'g')
        return gyroOk ? null : 'failed its own test'
      })
      await configure()
      return verdict
    },
  }
}

/** Bosch's BMI160. */
export const bmi160Family: ChipFamily = {
  idRegister: registers.chipId,
  names: { 209: 'BMI160' },
  addresses: [0x68, 0x69],
  open: openBmi160,
}
