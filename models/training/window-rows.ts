import { quality } from '@fairmile/contract/telematics.ts'
import { createWindow, windowFeatures } from '../src/features/window.ts'
import type { MotionSample } from '../src/motion.ts'
import type { TableWriter } from './table-writer.ts'
import { limitAt, type Truth } from './truth.ts'

/** A row each second keeps neighbours from being copies of each other. */
const everyMs = 1000
/** One row in five is also written without the IMU, so that the model knows a car that has none. */
const blindEvery = 5
/** Every second row is of a car without a map, so that the model knows that too. */
const mapEvery = 2
const limitColumn = windowFeatures.findIndex(({ name }) => name === 'over_limit_mean')
/** How far the window model looks ahead. */
const aheadS = 60

/** Labels of the window table. */
export const windowLabels = ['driver', 'eventAhead'] as const

/**
 * Collects window rows of one drive: features of the last 100 samples, and whether a true event of the count band begins, or a conflict
 * (braking came too late, and the driver swerved) happens, within the next 60 s. Windows that reach into the last 60 s are left out: what follows them is unknown.
 */
export function collectWindowRows(
  table: TableWriter,
  driver: number,
  truth: Truth,
  endS: number,
): (sample: MotionSample) => void {
  const window = createWindow()
  const blind = createWindow()
  const features = new Float32Array(windowFeatures.length)
  const counted = truth.events.filter(({ level }) => level === 'count').map(({ start_s }) => start_s)
  const starts = [...counted, ...truth.nearCrashes_s]
  let nextMs = Number.NEGATIVE_INFINITY
  let rows = 0
  return (sensed) => {
    const nowS = sensed.tMs / 1000
    // The true limit, as a map would have it.
    const sample = { ...sensed, limitKmh: limitAt(truth, nowS) }
    window.push(sample)
    blind.push({ ...sample, quality: quality.noImu })
    if (!window.full || sample.tMs < nextMs || nowS > endS - aheadS) return
    nextMs = sample.tMs + everyMs
    const hasMap = rows % mapEvery === 0
    window.write(features)
    if (!hasMap) features[limitColumn] = Number.NaN
    const ahead = starts.some((start) => start > nowS && start <= nowS + aheadS)
    const labels = [driver, ahead ? 1 : 0]
    table.row(features, labels)
    const isBlindToo = rows % blindEvery === 0
    rows++
    if (!isBlindToo) return
    blind.write(features)
    if (!hasMap) features[limitColumn] = Number.NaN
    table.row(features, labels)
  }
}
