import type { SelfTest } from './chip.ts'
import type { StillMean } from './still-mean.ts'

const axes = ['x', 'y', 'z'] as const

/** Says of one axis what is wrong with its response (g or °/s); null for nothing, undefined where nothing can be compared. */
export type JudgeAxis = (sensor: 'accel' | 'gyro', axis: number, response: number) => string | null | undefined

/** Judges what a chip's outputs changed by when its self-test was switched on. */
export function judgeSelfTest(before: StillMean, during: StillMean, judge: JudgeAxis): SelfTest {
  if (!before.still || !during.still)
    return { result: 'moving', detail: 'it was moved meanwhile: ask again when the car stands' }
  const wrong: string[] = []
  let compared = false
  for (let i = 0; i < 6; i++) {
    const sensor = i < 3 ? 'accel' : 'gyro'
    const problem = judge(sensor, i % 3, during.values[i]! - before.values[i]!)
    if (problem !== undefined) compared = true
    if (problem) wrong.push(`${sensor === 'accel' ? 'accelerometer' : 'gyroscope'} ${axes[i % 3]} ${problem}`)
  }
  if (!compared) return { result: 'unknown', detail: 'its maker stored no values to compare with, as in copies' }
  if (wrong.length > 0) return { result: 'failed', detail: wrong.join(', ') }
  return { result: 'passed', detail: 'all six axes answer as they should' }
}

/** A response whose size must lie between two limits. */
export function within(response: number, least: number, most: number, unit: string): string | null {
  const size = Math.abs(response)
  if (size >= least && size <= most) return null
  return `answers with ${size.toPrecision(3)} ${unit} instead of ${least} to ${most}`
}
