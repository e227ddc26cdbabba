import { type JudgeAxis, within } from './self-test.ts'

/**
 * Judges the self-test of InvenSense's MPU-6500 die by the codes that its maker stored: AN-MPU-9250A-03 revision 1.0, section 3.2. The
 * responses were measured at ±2 g and ±250 °/s.
 *
 * @param codes the registers XG_ST_DATA … ZG_ST_DATA and XA_ST_DATA … ZA_ST_DATA
 */
export function judgeByFactoryTrim(codes: { accel: readonly number[]; gyro: readonly number[] }): JudgeAxis {
  return (sensor, axis, response) => {
    const code = codes[sensor][axis]!
    // Without a code the absolute limits hold (section 3.2, 3 b).
    if (code === 0) return sensor === 'gyro' ? within(response, 60, 250, '°/s') : within(response, 0.225, 0.675, 'g')
    const steps = 2620 * 1.01 ** (code - 1)
    const ratio = response / (steps / (sensor === 'gyro' ? 131 : 16_384))
    if (ratio > 0.5 && (sensor === 'gyro' || ratio < 1.5)) return null
    return `answers with ${(ratio * 100).toFixed(0)} % of its factory trim`
  }
}
