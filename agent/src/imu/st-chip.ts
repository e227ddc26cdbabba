import { setTimeout as sleep } from 'node:timers/promises'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { limitsOf } from './chip.ts'
import type { Registers } from './registers.ts'

/** Registers that the LSM6DS3 (DocID026899 revision 8, chapter 9), LSM6DSL (DocID028475) and LSM6DSO (DS12140 revision 2) share. */
export const stRegisters = {
  whoAmI: 0x0f,
  /** Accelerometer: rate, range. */
  ctrl1Xl: 0x10,
  /** Gyroscope: rate, range. */
  ctrl2G: 0x11,
  ctrl3C: 0x12,
  /** Self-test: accelerometer in bits 1 and 0, gyroscope in bits 3 and 2. */
  ctrl5C: 0x14,
  /** Two bytes, low first. */
  temperature: 0x20,
  /** Gyroscope and accelerometer: six words, low byte first. */
  outputs: 0x22,
  /** FIFO_STATUS1 and what follows. */
  fifoStatus: 0x3a,
} as const

const stBits = {
  /** CTRL3_C: SW_RESET; then BDU (both bytes of a word are of one sample) and IF_INC (registers count up in a burst). */
  reset: 0x01,
  blocks: 0x44,
  /** CTRL1_XL: 104 Hz, ±16 g, low-pass at half the rate. CTRL2_G: 104 Hz, ±1000 °/s. */
  accel104Hz16g: 0x44,
  gyro104Hz1000: 0x48,
} as const

/** g a step at ±16 g, and °/s a step at ±1000 °/s (chapter 4.1, mechanical characteristics: 0.488 mg, 35 mdps). */
const stScale = { g: 0.488e-3, dps: 35e-3 } as const
/** Boot after SW_RESET, and the gyroscope's turn-on time of 80 ms at most. */
const stStartMs = 100

/** What the samples of each are like. */
export const stSamples = {
  sampleHz: 104,
  scale: { mps2: stScale.g * G_MPS2, rps: (stScale.dps * Math.PI) / 180 },
  limits: limitsOf({ accel: 16 / stScale.g, gyro: 1000 / stScale.dps }),
} as const

/**
 * Resets a chip and sets its rates and ranges.
 *
 * @param settings its own registers and values, written before the rates
 */
export async function startSt({ write }: Registers, settings: readonly (readonly [number, number])[]): Promise<void> {
  await write(stRegisters.ctrl3C, stBits.reset)
  await sleep(stStartMs)
  await write(stRegisters.ctrl3C, stBits.blocks)
  for (const [register, value] of settings) await write(register, value)
  await write(stRegisters.ctrl1Xl, stBits.accel104Hz16g)
  await write(stRegisters.ctrl2G, stBits.gyro104Hz1000)
  await sleep(stStartMs)
}
