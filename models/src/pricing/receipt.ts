import type { Rated, RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { Receipt, ReceiptFeature, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'
import { explainerOf } from '../explain/explainer-of.ts'
import { marginOf, type TreeModel } from '../explain/trees.ts'
import { driverFeaturesNamed, writeDriverFeatures } from '../features/driver.ts'
import { coverageSlopes, type Manifest, portfolioMargin } from '../scoring/manifest.ts'
import { driverStatistics } from '../trips/driver-statistics.ts'
import { exposureOf, inOrder, ownTrips } from './exposure.ts'
import { computePremium, type Premium } from './premium.ts'
import { planHash } from './rating-plan.ts'
import { ratingTerms } from './rating-terms.ts'

/** A driver model as files: what prices are made and checked with. */
export interface PricingModel {
  manifest: Manifest
  /** SHA-256 of `manifest.json` and of `model.json`, hex. */
  manifestHash: string
  modelHash: string
  trees: TreeModel
}

/** What a receipt is made of. */
export interface ReceiptInput {
  plan: RatingPlan
  model: PricingModel
  hash: Hash
  /** UTC epoch milliseconds. */
  issuedAt: number
  driverId: string
  policyId: string
  /** UTC epoch milliseconds, end excluded. */
  term: { startsAt: number; endsAt: number }
  /** What the policy tells the plan, and what the term before ended with; nothing where left out. */
  rated?: Rated | undefined
  renewedFrom?: RenewedFrom | undefined
  /** The trips of the term to date, in any order. */
  trips: readonly ReceiptTrip[]
  /** Null for the first receipt of a term, and after a correction in the driver's favour. */
  before: { receiptId: string; premiumMinor: number } | null
  /** The margin that the inference engine gave for the features of the trips, to be compared; the trees' own is priced. */
  inferredMargin?: number
}

/** Largest difference between the margin of the inference engine and that of the trees: they add up in another order. */
export const marginTolerance = 1e-4

const dayMs = 86_400_000

/**
 * Prices a policy term to date and issues the receipt.
 *
 * @returns the receipt, its canonical JSON to be stored and hashed, and the premium
 * @throws RangeError where the inferred margin is not that of the model's trees
 */
export function issueReceipt(input: ReceiptInput): { receipt: Receipt; body: string; premium: Premium } {
  const { plan, model, hash, before, rated, renewedFrom } = input
  const trips = inOrder(input.trips)
  const { features, shapBase, margin } = judge(trips, model, ratingTerms(plan, rated).hidden)
  const { inferredMargin = margin } = input
  if (!(Math.abs(inferredMargin - margin) <= marginTolerance))
    throw new RangeError(
      `issuing a receipt for policy "${input.policyId}": the inferred margin ${inferredMargin} is not that of the model's trees, ${margin}; check that both files are of one model`,
    )
  const baseMargin = portfolioMargin(model.manifest)
  const slopes = coverageSlopes(model.manifest)
  const days = termDays(input.term, input.issuedAt)
  const premium = computePremium({
    plan,
    exposure: exposureOf(trips, plan, rated),
    rated,
    renewedFrom,
    days,
    margin,
    baseMargin,
    coverageSlopes: slopes,
    beforeMinor: before?.premiumMinor ?? 0,
  })
  const content: Omit<Receipt, 'id' | 'seal'> = {
    format: 'fairmile-receipt/1',
    issuedAt: input.issuedAt,
    driverId: input.driverId,
    policyId: input.policyId,
    term: { ...input.term, days },
    planHash: planHash(plan, hash),
    plan,
    ...(rated && { rated }),
    ...(renewedFrom && { renewedFrom }),
    model: {
      name: model.manifest.name,
      version: model.manifest.version,
      featureVersion: model.manifest.featureVersion,
      modelHash: model.modelHash,
      manifestHash: model.manifestHash,
      baseMargin,
      ...(slopes && { coverageSlopes: slopes }),
    },
    trips,
    features,
    shapBase,
    margin,
    before,
    steps: premium.steps,
    currency: plan.currency,
    premiumMinor: premium.premiumMinor,
  }
  const seal = sealOf(content, hash)
  const receipt: Receipt = { ...content, id: receiptId(seal), seal }
  return { receipt, body: canonicalJson(receipt), premium }
}

/**
 * What the model says of the driver's own trips: features with their SHAP values, the base of these, and the margin by the trees.
 *
 * @param hidden features that may not be rated: the model sees them as unknown
 * @throws TypeError where the model asks for a feature that this code does not have
 */
export function judge(
  trips: readonly ReceiptTrip[],
  model: Pick<PricingModel, 'manifest' | 'trees'>,
  hidden?: ReadonlySet<string>,
): Judgement {
  return judgeFeatures(featureRow(trips, model, hidden), model)
}

/** The features of trips that a model takes, in its order; NaN where unknown or hidden. */
export function featureRow(
  trips: readonly ReceiptTrip[],
  { manifest }: Pick<PricingModel, 'manifest'>,
  hidden?: ReadonlySet<string>,
): Float32Array {
  const asked = driverFeaturesNamed(manifest.features)
  const row = new Float32Array(asked.length)
  writeDriverFeatures(driverStatistics(inOrder(ownTrips(trips))), row, asked)
  for (const [index, { name }] of asked.entries()) if (hidden?.has(name)) row[index] = Number.NaN
  return row
}

/** What a model says of a driver: the features it takes with their SHAP values, the base of these, and the margin by its trees. */
export interface Judgement {
  features: ReceiptFeature[]
  shapBase: number
  margin: number
}

/**
 * What the model says of features that were made before.
 *
 * @param row the model's features in its order, NaN where unknown
 */
export function judgeFeatures(
  row: Float32Array,
  { manifest, trees }: Pick<PricingModel, 'manifest' | 'trees'>,
): Judgement {
  const asked = driverFeaturesNamed(manifest.features)
  const shap = new Float64Array(row.length)
  const explainer = explainerOf(trees)
  explainer.explain(row, shap)
  const features = asked.map(({ name, unit }, index) => ({
    name,
    unit,
    value: Number.isNaN(row[index]!) ? null : row[index]!,
    shap: shap[index]!,
  }))
  return { features, shapBase: explainer.base, margin: marginOf(trees, row) }
}

/** Days of a term that have begun at a time; none before it starts, all after its end. */
export function termDays({ startsAt, endsAt }: { startsAt: number; endsAt: number }, at: number): number {
  return Math.max(0, Math.ceil((Math.min(at, endsAt) - startsAt) / dayMs))
}

/** Hash of the canonical JSON of all but `id` and `seal`. */
export function sealOf(receipt: Omit<Receipt, 'id' | 'seal'>, hash: Hash): string {
  return hash(canonicalJson({ ...receipt, id: undefined, seal: undefined }))
}

/** The id of a receipt with that seal. */
export function receiptId(seal: string): string {
  return `RCP-${seal.slice(0, 16)}`
}
