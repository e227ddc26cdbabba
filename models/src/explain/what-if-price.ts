import type { Receipt, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { exposureOf } from '../pricing/exposure.ts'
import { computePremium } from '../pricing/premium.ts'
import { pricedWith } from '../pricing/priced-with.ts'
import type { PricingModel } from '../pricing/pricing-model.ts'
import { ratingTerms } from '../pricing/rating-terms.ts'
import { marginOf } from './trees.ts'
import { credibleDifference } from './what-if-difference.ts'

/** What the plan's month would cost, in minor units. */
export interface WhatIfPrice {
  currency: string
  beforeMinor: number
  afterMinor: number
  /** Where the month lies with 90 % confidence, as far as the change is one of the driver and not of chance. */
  lowMinor: number
  highMinor: number
}

/** How the driver of a receipt would drive. */
export interface ChangedTerm {
  /** The model's features in its order, NaN where unknown. */
  row: Float32Array
  /** @default those of the receipt */
  trips?: readonly ReceiptTrip[] | undefined
}

/**
 * What a change would do to the month of a receipt: `before` is what the receipt says, and `after` to the cent what it would say of such features, with
 * the classes, days and limits of change that it was issued with. Features that may not be rated change nothing.
 *
 * The plan takes the model's margin and has a credibility of its own, so the point is the changed margin and not the believed part of it;
 * the interval is as wide as that of the score's difference.
 *
 * @returns null where the receipt is by another model
 */
export function whatIfPrice(
  { receipt, model }: { receipt: Receipt; model: Pick<PricingModel, 'manifest' | 'trees' | 'modelHash'> },
  { row, trips = receipt.trips }: ChangedTerm,
): WhatIfPrice | null {
  if (receipt.model.modelHash !== model.modelHash) return null
  const { plan, rated } = receipt
  const { manifest, trees } = model
  const { hidden } = ratingTerms(plan, rated)
  const margin = marginOf(
    trees,
    row.map((value, index) => (hidden.has(manifest.features[index]!) ? Number.NaN : value)),
  )
  const exposure = exposureOf(trips, plan, rated)
  const monthAt = (changed: number): number =>
    computePremium({ ...pricedWith(receipt), exposure, margin: changed, beforeMinor: 0 }).monthMinor
  const judgedKm = exposure.gradableM / 1000
  const { low, high } = credibleDifference(manifest, { delta: margin - receipt.margin, judgedKm })
  const half = (high - low) / 2
  return {
    currency: receipt.currency,
    beforeMinor: monthOf(receipt),
    afterMinor: monthAt(margin),
    lowMinor: monthAt(margin - half),
    highMinor: monthAt(margin + half),
  }
}

function monthOf({ id, steps }: Receipt): number {
  const month = steps.find(({ name }) => name === 'month')
  if (!month) throw new TypeError(`telling what a change would cost: receipt "${id}" has no step "month"`)
  return month.value
}
