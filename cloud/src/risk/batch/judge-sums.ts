import { explainerOf } from '@fairmile/models/explain/explainer-of.ts'
import type { TreeModel } from '@fairmile/models/explain/trees.ts'
import { driverFeaturesNamed, writeDriverFeatures } from '@fairmile/models/features/driver.ts'
import { unpackStatistics } from '@fairmile/models/trips/packed-statistics.ts'
import { messageOf } from '../../errors.ts'

/** A driver model as far as a batch is judged by it; it goes to another thread. */
export interface JudgingModel {
  readonly names: readonly string[]
  readonly trees: TreeModel
}

/** Packed statistics of drivers, one after the other. */
export interface PackedDrivers {
  readonly bytes: Uint8Array
  /** Where each driver's end. */
  readonly ends: readonly number[]
}

/** What a model says of drivers, in their order. */
export interface Judged {
  /** The model's features, a row a driver; NaN where unknown. */
  rows: Float32Array<ArrayBuffer>
  /** Their exact parts of the margin, as many. */
  shap: Float64Array<ArrayBuffer>
  /** What the parts add up to with the base: the margin by the trees, but for rounding. */
  margins: Float64Array<ArrayBuffer>
  exposureKm: Float64Array<ArrayBuffer>
  judgedKm: Float64Array<ArrayBuffer>
  /** Who cannot be judged, by place, and why; their numbers mean nothing. */
  failures: Map<number, string>
}

/** Makes features of statistics and explains them: to the bit what `judge` makes of the same trips. */
export function judgeSums({ names, trees }: JudgingModel, { bytes, ends }: PackedDrivers): Judged {
  const features = driverFeaturesNamed(names)
  const width = features.length
  const count = ends.length
  const rows = new Float32Array(count * width)
  const shap = new Float64Array(count * width)
  const [margins, exposureKm, judgedKm] = [
    new Float64Array(count),
    new Float64Array(count),
    new Float64Array(count),
  ] as const
  const failures = new Map<number, string>()
  for (let place = 0; place < count; place++) {
    const row = rows.subarray(place * width, (place + 1) * width)
    try {
      const statistics = unpackStatistics(bytes.subarray(ends[place - 1] ?? 0, ends[place]))
      writeDriverFeatures(statistics, row, features)
      exposureKm[place] = statistics.total.distanceM / 1000
      judgedKm[place] = statistics.total.gradableM / 1000
    } catch (error) {
      row.fill(Number.NaN)
      failures.set(place, messageOf(error))
    }
  }
  const explainer = explainerOf(trees)
  explainer.explainRows(rows, count, shap)
  for (let place = 0; place < count; place++) {
    let margin = explainer.base
    for (let column = 0; column < width; column++) margin += shap[place * width + column]!
    margins[place] = margin
  }
  return { rows, shap, margins, exposureKm, judgedKm, failures }
}
