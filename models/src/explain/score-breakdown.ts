import type { ReceiptFeature } from '@fairmile/contract/receipt.ts'
import { type Manifest, riskOfMargin } from '../scoring/manifest.ts'
import { explainerOf } from './explainer-of.ts'
import { type FeatureFamily, familyOf, featureFamilies } from './feature-families.ts'
import type { TreeModel } from './trees.ts'

/** What one habit does to a score. */
export interface FamilyPart {
  readonly id: string
  readonly title: string
  /** Its part of the margin, natural log: those of all families and the base add up to the margin. */
  readonly shap: number
  /** 0–100: the safety score of somebody who is in the middle of the portfolio but for this. */
  readonly safetyScore: number | null
  /** How much of what tells drivers of the portfolio apart it is, 0–1; those of all families add up to one. */
  readonly weight: number | null
  readonly features: readonly { readonly name: string; readonly value: number | null; readonly shap: number }[]
}

/** A model as far as a breakdown needs it. */
export interface BrokenDownBy {
  readonly manifest: Manifest
  readonly trees: TreeModel
}

/** Drivers that are drawn from the reference to weigh families: more change a weight by less than a percent. */
const drawnDrivers = 512

const weights = new WeakMap<TreeModel, ReadonlyMap<string, number>>()

/**
 * A score by families of features, with nothing left over.
 *
 * @param features all that the model saw, with exact parts of the margin
 * @param model null where it is not open: sub-scores and weights are unknown then
 */
export function breakdownOf(features: readonly ReceiptFeature[], model: BrokenDownBy | null): FamilyPart[] {
  const found = new Map<string, { family: FeatureFamily; features: ReceiptFeature[] }>()
  for (const feature of features) {
    const family = familyOf(feature.name)
    const entry = found.get(family.id) ?? { family, features: [] }
    entry.features.push(feature)
    found.set(family.id, entry)
  }
  const order = [...featureFamilies.map(({ id }) => id), 'other']
  const weightOf = model && familyWeights(model)
  const middle = model?.manifest.calibration.riskQuantiles[50]
  return [...found.values()]
    .sort((a, b) => order.indexOf(a.family.id) - order.indexOf(b.family.id))
    .map(({ family: { id, title }, features: of }) => {
      const shap = of.reduce((sum, feature) => sum + feature.shap, 0)
      return {
        ...{ id, title, shap },
        safetyScore: model && middle !== undefined ? 100 - riskOfMargin(model.manifest, middle + shap) : null,
        weight: weightOf?.get(id) ?? null,
        features: of
          .map(({ name, value, shap: part }) => ({ name, value, shap: part }))
          .sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap)),
      }
    })
}

/**
 * How much each family tells drivers apart: the mean size of its part of the margin, over drivers drawn from the deciles of the model's
 * training portfolio, each feature for itself; as shares of one. Without deciles in the manifest there are none.
 */
function familyWeights({ manifest, trees }: BrokenDownBy): ReadonlyMap<string, number> {
  const known = weights.get(trees)
  if (known) return known
  const made = weigh({ manifest, trees })
  weights.set(trees, made)
  return made
}

function weigh({ manifest, trees }: BrokenDownBy): Map<string, number> {
  const { reference, features } = manifest
  const sums = new Map<string, number>()
  if (!reference) return sums
  const width = features.length
  const rows = new Float32Array(drawnDrivers * width)
  for (let row = 0; row < drawnDrivers; row++)
    for (let column = 0; column < width; column++) {
      const quantiles = reference.features[features[column]!]?.quantiles
      rows[row * width + column] = quantiles ? valueAt(quantiles, evenly(row, column)) : Number.NaN
    }
  const shap = new Float64Array(rows.length)
  explainerOf(trees).explainRows(rows, drawnDrivers, shap)
  for (let row = 0; row < drawnDrivers; row++) {
    const parts = new Map<string, number>()
    for (let column = 0; column < width; column++) {
      const { id } = familyOf(features[column]!)
      parts.set(id, (parts.get(id) ?? 0) + shap[row * width + column]!)
    }
    for (const [id, part] of parts) sums.set(id, (sums.get(id) ?? 0) + Math.abs(part))
  }
  const all = [...sums.values()].reduce((sum, part) => sum + part, 0)
  for (const [id, part] of sums) sums.set(id, all > 0 ? part / all : 0)
  return sums
}

/** Evenly spread numbers from 0 to 1, another order for each column (additive recurrences of square roots of primes). */
function evenly(row: number, column: number): number {
  const step = Math.sqrt(primes[column % primes.length]! + Math.floor(column / primes.length))
  return ((row + 1) * step) % 1
}

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101]

/** The value below which that share of the portfolio lies, linear between deciles. */
function valueAt(quantiles: readonly number[], share: number): number {
  const last = quantiles.length - 1
  const low = Math.min(last - 1, Math.floor(share * last))
  return quantiles[low]! + (share * last - low) * (quantiles[low + 1]! - quantiles[low]!)
}
