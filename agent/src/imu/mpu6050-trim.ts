import type { JudgeAxis } from './self-test.ts'

/** Largest change of the response since the factory: PS-MPU-6000A-00 revision 3.4, 6.1 and 6.2. */
const largestChange = 0.14

/**
 * Judges the self-test of an MPU-6050 by its factory trim: RM-MPU-6000A-00 revision 4.2, 4.1. The responses were measured at ±8 g and
 * ±250 °/s.
 *
 * @param codes the registers SELF_TEST_X, Y, Z and A
 */
export function judgeMpu6050(codes: readonly number[]): JudgeAxis {
  const low = codes[3]!
  return (sensor, axis, response) => {
    const code = codes[axis]!
    // Five bits each: the gyroscope's in one register, the accelerometer's three high bits above them, its two low ones in SELF_TEST_A.
    const trim = sensor === 'gyro' ? code & 0x1f : ((code >> 3) & 0x1c) | ((low >> (4 - axis * 2)) & 0x03)
    if (trim === 0) return undefined
    const expected =
      sensor === 'gyro'
        ? (axis === 1 ? -25 : 25) * 1.046 ** (trim - 1)
        : 0.34 * (0.92 / 0.34) ** ((trim - 1) / (2 ** 5 - 2))
    const change = (response - expected) / expected
    if (Math.abs(change) <= largestChange) return null
    return `answers ${(change * 100).toFixed(0)} % off its factory trim`
  }
}
