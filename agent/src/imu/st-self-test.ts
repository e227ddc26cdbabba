import { setTimeout as sleep } from 'node:timers/promises'
import type { SelfTest } from './chip.ts'
import type { Registers } from './registers.ts'
import { judgeSelfTest, within } from './self-test.ts'
import { stRegisters } from './st-chip.ts'
import { stillMean } from './still-mean.ts'

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
