import type { Receipt } from '@fairmile/contract/receipt.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'
import { portfolioMargin } from '../scoring/manifest.ts'
import { exposureOf, inOrder } from './exposure.ts'
import { computePremium } from './premium.ts'
import { planHash } from './rating-plan.ts'
import { judge, marginTolerance, type PricingModel, receiptId, sealOf, termDays } from './receipt.ts'

/** The first step of a receipt that differs from what it is re-derived to. */
export interface Difference {
  step: string
  expected: unknown
  found: unknown
}

export type Verdict = { ok: true; steps: number } | { ok: false; differs: Difference }

/** One thing that a receipt says and what it must be; floats within a tolerance. */
interface Check {
  step: string
  found: unknown
  expected: unknown
  tolerance?: number
}

/** Features are float32 in the model: one unit of rounding at most. */
const featureTolerance = 1e-6

/**
 * Re-derives a receipt: plan, model, trips, features, margin, SHAP values, each step, the premium, and last its seal.
 *
 * @param options.model the artifact whose `model.json` has the receipt's hash
 * @throws never for a wrong receipt: a part that is missing or of the wrong kind is the first difference
 */
export function verifyReceipt(receipt: Receipt, options: { model: PricingModel; hash: Hash }): Verdict {
  let step = 'format'
  let count = 0
  try {
    for (const check of checks(receipt, options)) {
      step = check.step
      count += 1
      if (!agrees(check)) {
        const { expected, found } = check
        return { ok: false, differs: { step, expected, found } }
      }
    }
  } catch (error) {
    return { ok: false, differs: { step: `after ${step}`, expected: 'a complete receipt', found: String(error) } }
  }
  return { ok: true, steps: count }
}

function* checks(receipt: Receipt, { model, hash }: { model: PricingModel; hash: Hash }): Generator<Check> {
  yield { step: 'format', expected: 'fairmile-receipt/1', found: receipt.format }
  yield { step: 'plan hash', expected: planHash(receipt.plan, hash), found: receipt.planHash }
  yield { step: 'model hash', expected: model.modelHash, found: receipt.model.modelHash }
  yield { step: 'manifest hash', expected: model.manifestHash, found: receipt.model.manifestHash }
  yield { step: 'model name', expected: model.manifest.name, found: receipt.model.name }
  yield { step: 'model version', expected: model.manifest.version, found: receipt.model.version }
  yield { step: 'feature version', expected: model.manifest.featureVersion, found: receipt.model.featureVersion }
  yield { step: 'base margin', expected: portfolioMargin(model.manifest), found: receipt.model.baseMargin }
  yield { step: 'days of the term', expected: termDays(receipt.term, receipt.issuedAt), found: receipt.term.days }
  const order = (trips: Receipt['trips']): string => trips.map(({ id }) => id).join(' ')
  yield { step: 'order of trips', expected: order(inOrder(receipt.trips)), found: order(receipt.trips) }

  const own = judge(receipt.trips, model)
  yield { step: 'number of features', expected: own.features.length, found: receipt.features.length }
  for (const [index, feature] of own.features.entries()) {
    const told = receipt.features[index]
    yield { step: `feature ${feature.name}: name`, expected: feature.name, found: told?.name }
    yield { step: `feature ${feature.name}: unit`, expected: feature.unit, found: told?.unit }
    const tolerance = featureTolerance * Math.max(1, Math.abs(feature.value ?? 0))
    yield { step: `feature ${feature.name}`, expected: feature.value, found: told?.value, tolerance }
  }
  yield { step: 'margin', expected: own.margin, found: receipt.margin, tolerance: marginTolerance }
  yield { step: 'SHAP base', expected: own.shapBase, found: receipt.shapBase, tolerance: marginTolerance }
  for (const [index, { name, shap }] of own.features.entries())
    yield {
      step: `SHAP value of ${name}`,
      expected: shap,
      found: receipt.features[index]?.shap,
      tolerance: marginTolerance,
    }

  const { steps, premiumMinor } = computePremium({
    plan: receipt.plan,
    exposure: exposureOf(receipt.trips, receipt.plan),
    days: receipt.term.days,
    margin: receipt.margin,
    baseMargin: receipt.model.baseMargin,
    beforeMinor: receipt.before?.premiumMinor ?? 0,
  })
  for (const [index, expected] of steps.entries())
    yield { step: expected.name, expected: canonicalJson(expected), found: canonicalJson(receipt.steps[index] ?? null) }
  yield { step: 'number of steps', expected: steps.length, found: receipt.steps.length }
  yield { step: 'currency', expected: receipt.plan.currency, found: receipt.currency }
  yield { step: 'premium in minor units', expected: premiumMinor, found: receipt.premiumMinor }
  yield { step: 'seal', expected: sealOf(receipt, hash), found: receipt.seal }
  yield { step: 'id', expected: receiptId(receipt.seal), found: receipt.id }
}

function agrees({ expected, found, tolerance }: Check): boolean {
  if (tolerance !== undefined && typeof expected === 'number' && typeof found === 'number')
    return Math.abs(expected - found) <= tolerance
  return Object.is(expected, found)
}
