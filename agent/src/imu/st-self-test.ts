import { setTimeout as sleep } from 'node:timers/promises'
import type { SelfTest } from './chip.ts'
import type { Registers } from './registers.ts'
import { judgeSelfTest, within } from './self-test.ts'
import { stillMean } from './still-mean.ts'

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

export const stBits = {
  /** CTRL3_C: SW_RESET; then BDU (both bytes of a word are of one sample) and IF_INC (registers count up in a burst). */
  reset: 0x01,
  blocks: 0x44,
  /** CTRL1_XL: 104 Hz, ±16 g, low-pass at half the rate. CTRL2_G: 104 Hz, ±1000 °/s. */
  accel104Hz16g: 0x44,
  gyro104Hz1000: 0x48,
} as const

/** g a step at ±16 g, and °/s a step at ±1000 °/s (chapter 4.1, mechanical characteristics: 0.488 mg, 35 mdps). */
export const stScale = { g: 0.488e-3, dps: 35e-3 } as const
/** Boot after SW_RESET, and the gyroscope's turn-on time of 80 ms at most. */
export const stStartMs = 100

/** The self-test's settings, as ST's own program has them: 52 Hz at ±4 g (0.122 mg a step), 208 Hz at ±2000 °/s (70 mdps). */
const test = {
  ctrl1Xl: 0x38,
  ctrl2G: 0x5c,
  g: 0.122e-3,
  dps: 70e-3,
  accelUp: 0x01,
  gyroUp: 0x04,
  settleMs: 200,
} as const

/**
 * Runs the self-test of one of ST's LSM6DS chips; its caller sets the chip up again.
 * @param leastG the least change of the accelerometer by its data sheet, g
 */
export async function runStSelfTest({ write, block }: Registers, leastG: number): Promise<SelfTest> {
  const bytes = Buffer.alloc(12)
  const read = async (into: Float64Array): Promise<void> => {
    await block(stRegisters.outputs, 12, bytes)
    for (let axis = 0; axis < 3; axis++) {
      into[axis] = bytes.readInt16LE(6 + axis * 2) * test.g
      into[axis + 3] = bytes.readInt16LE(axis * 2) * test.dps
    }
  }
  const mean = async (ctrl5C: number) => {
    await write(stRegisters.ctrl5C, ctrl5C)
    await sleep(test.settleMs)
    return stillMean(read)
  }
  await write(stRegisters.ctrl1Xl, test.ctrl1Xl)
  await write(stRegisters.ctrl2G, test.ctrl2G)
  const before = await mean(0)
  const accel = await mean(test.accelUp)
  const gyro = await mean(test.gyroUp)
  const during = { values: [...accel.values.slice(0, 3), ...gyro.values.slice(3)], still: accel.still && gyro.still }
  return judgeSelfTest(before, during, (sensor, _axis, response) =>
    sensor === 'accel' ? within(response, leastG, 1.7, 'g') : within(response, 150, 700, '°/s'),
  )
}
