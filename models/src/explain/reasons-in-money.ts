import type { Receipt } from '@fairmile/contract/receipt.ts'
import { changeLimits } from '../pricing/change-limits.ts'
import { monthKilometres } from '../pricing/month-kilometres.ts'
import { one } from '../pricing/mul-div.ts'
import { ratesOf } from '../pricing/plan-rates.ts'
import type { Step } from '../pricing/price-step.ts'
import { type PricedReceipt, pricedWith } from '../pricing/priced-with.ts'
import { ratingTerms } from '../pricing/rating-terms.ts'

/** What is needed of a receipt. */
export type PricedReasons = PricedReceipt & Pick<Receipt, 'features' | 'shapBase' | 'steps'>

/** What a price for behaviour is made of; millionths of a minor unit, whole, negative where it makes the price lower. */
export interface ReasonsInMoney {
  /** What behaviour adds to the charge: all parts below together, exactly. */
  totalMicro: number
  /** The driver of whom no feature is known, against the portfolio. */
  baseMicro: number
  /** A feature each, in the receipt's order. */
  features: { name: string; micro: number }[]
}

/** Factors are kept in millionths: nearer than this they are the same. */
const noticeable = 1e-6

/**
 * What each SHAP value of a receipt means in money.
 *
 * The way of a margin to money, as `computePremium` goes it: relativity r = exp(margin − base margin); c is r within the plan's limits;
 * R = 1 + Z (c − 1) with the credibility Z; behaviour adds U (R − 1) to the usage charge U. On the first step the SHAP values φ are exact
 * factors: r = exp(φ₀ − base margin) · Π exp(φᵢ). The later steps are no products, so the amount is shared in the log: feature i has
 *
 *     U · (R − 1) · φᵢ ÷ ln r
 *
 * (the logarithmic mean Divisia method, Ang 2004). The factor in front of φᵢ is one for all features and never negative: parts have the
 * signs of their SHAP values, equal values have equal parts, and all of them with the base's part add up to the amount. At r = 1 the
 * factor is its limit, U Z. Parts are rounded; what rounding leaves over is in the base's part.
 *
 * @param options.charge `term`: the receipt's `behaviour_adjustment`. `month`: what the plan's month costs more than with the relativity one, with the
 * policy's classes, after the discount and within the limits of change, each of which takes the same share off every part
 */
export function reasonsInMoney(receipt: PricedReasons, { charge }: { charge: 'term' | 'month' }): ReasonsInMoney {
  const { features, shapBase, model, steps } = receipt
  const step = (name: string): number => {
    const found = steps.find((entry) => entry.name === name)
    if (!found) throw new TypeError(`telling what reasons mean in money: the receipt has no step "${name}"`)
    return found.value
  }
  const relativity = step('relativity') / one
  const usage =
    charge === 'month'
      ? monthUsageMicro(receipt, { relativityPpm: step('relativity'), discountPpm: step('discount') })
      : step('usage_charge')
  const totalMicro = charge === 'month' ? Math.round(usage * (relativity - 1)) : step('behaviour_adjustment')

  const logRelativity = features.reduce((sum, { shap }) => sum + shap, shapBase - model.baseMargin)
  // Too few kilometres are not scored: their relativity is one whatever the features are.
  const scored = step('model_relativity') !== one || Math.abs(logRelativity) < noticeable
  const credible = (usage * step('relativity_credibility')) / one
  const perShap = scored ? credible * slopeOf(logRelativity, step('capped_relativity') / one) : 0
  const parts = features.map(({ name, shap }) => ({ name, micro: Math.round(perShap * shap) || 0 }))
  const baseMicro = parts.reduce((left, { micro }) => left - micro, totalMicro)
  return { totalMicro, baseMicro, features: parts }
}

/** (c − 1) ÷ ln r, which goes to one where both go to zero. */
function slopeOf(logRelativity: number, capped: number): number {
  if (Math.abs(logRelativity) < noticeable) return 1
  // Not the rounded parts per million: near one they would spoil the quotient.
  const own = Math.expm1(logRelativity)
  const isCapped = Math.abs(capped - 1 - own) > noticeable
  return (isCapped ? capped - 1 : own) / logRelativity
}

/** The usage charge of the plan's month, as far as discount and limits of change let behaviour move it. */
function monthUsageMicro(receipt: PricedReasons, at: { relativityPpm: number; discountPpm: number }): number {
  const priced = pricedWith(receipt)
  const { plan, rated } = priced
  const unsaid: Step = (_name, _unit, _formula, value) => value
  const rates = ratesOf(plan, rated, unsaid)
  const terms = ratingTerms(plan, rated)
  const limits = changeLimits(unsaid, { ...priced, ...at, terms, distanceM: 0, noticeM: undefined })
  const costAt = (relativityPpm: number, held = limits): number =>
    monthKilometres(plan, rates, { ...at, relativityPpm, limits: held })
  const freely = costAt(at.relativityPpm, null) - costAt(one, null)
  const added = costAt(at.relativityPpm) - costAt(one)
  // At the relativity one nothing is added: what counts is whether a little more would be.
  const passing = freely === 0 ? Number(costAt(one) === costAt(one, null)) : added / freely
  return costAt(one, null) * passing
}
