import type { Receipt, ReceiptV1, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'
import { coverageSlopes, portfolioMargin } from '../scoring/manifest.ts'
import { exposureOf, inOrder } from './exposure.ts'
import { issuerChecks } from './issuer-checks.ts'
import { judgedByCheck, tablesAtHand } from './judged-by.ts'
import { type Check, type Difference, differenceOf, type Known, needed } from './known.ts'
import { computePremium } from './premium.ts'
import { planHash } from './rating-plan.ts'
import { ratingTerms } from './rating-terms.ts'
import { judge, type PricingModel, receiptId, sealOf, termDays } from './receipt.ts'
import { type Believed, believedOfBefore } from './term-before.ts'
import { ledgerChecks, premiumChecks } from './verify-v2.ts'

export type { Difference, Known } from './known.ts'

/** What was not at hand, so that the receipt's word was taken for it. */
export type Unchecked = 'model' | 'thresholds' | 'before' | 'signature' | 'issuer' | 'arithmetic' | Believed

export type Verdict =
  | { ok: true; steps: number; unchecked: Unchecked[] }
  | { ok: false; differs: Difference }
  /** All agrees, but the premium is the amount of the receipt with that id, which was not given. */
  | { ok: false; needs: string; unchecked: Unchecked[] }
  /** All agrees, but nobody signed it, and it was to be checked against published keys. */
  | { ok: false; unsigned: true; unchecked: Unchecked[] }

/** What sums may be apart by rounding on their way, metres or seconds. */
const totalTolerance = 1

/** Whether a receipt's premium is the amount of the receipt before it and not its own sum; none of the second format is. */
export function restsOnBefore(receipt: Receipt): boolean {
  if (receipt.format === 'fairmile-receipt/2') return false
  const { before, steps } = receipt
  return (before?.premiumMinor ?? 0) > (steps.find(({ name }) => name === 'computed')?.value ?? 0)
}

/** Whether a receipt was worked out by an earlier rule where the rules differ: nothing in it shows that it was issued before the newest came. */
function isByEarlierRule({ arithmetic, steps }: ReceiptV2): boolean {
  return arithmetic !== 3 && steps.some(({ name }) => name === 'start_factor')
}

/**
 * Re-derives a receipt: plan, term, trips, the receipt before, features, margin, SHAP values, each step, the premium, and
 * last its seal. Every number must be equal: sums, roots and trees give the same in every engine. Where the premium rests on
 * the receipt before, that one is re-derived too, back to the one whose own sum it is.
 *
 * Receipts of the first format bear no signature, so anyone can make one that agrees: where keys are at hand none of them is right.
 *
 * @throws never for a wrong receipt: a part that is missing or of the wrong kind is the first difference
 */
export function verifyReceipt(receipt: Receipt, known: Known): Verdict {
  let step = 'format'
  let count = 0
  try {
    for (const check of checks(receipt, known)) {
      step = check.step
      count += 1
      const differs = differenceOf(check)
      if (differs) return { ok: false, differs }
    }
  } catch (error) {
    return { ok: false, differs: { step: `after ${step}`, expected: 'a complete receipt', found: String(error) } }
  }
  const unchecked = new Set<Unchecked>([
    ...(known.model ? [] : ['model' as const]),
    ...(isJudgedByKnown(receipt, known) ? [] : ['thresholds' as const]),
    ...believedOfBefore(receipt, known),
  ])
  if (receipt.format === 'fairmile-receipt/2') {
    if (!known.checkSignature) unchecked.add('signature')
    if (!known.keys) unchecked.add('issuer')
    if (isByEarlierRule(receipt)) unchecked.add('arithmetic')
    return { ok: true, steps: count, unchecked: [...unchecked] }
  }
  unchecked.add('signature').add('issuer')
  const verdict = receipt.before && verifyBefore(receipt, receipt.before.receiptId, known)
  if (verdict && 'differs' in verdict) return verdict
  for (const part of verdict?.unchecked ?? []) unchecked.add(part)
  if (known.keys) return { ok: false, unsigned: true, unchecked: [...unchecked] }
  if (verdict && !verdict.ok) return { ...verdict, unchecked: [...unchecked] }
  return { ok: true, steps: count + (verdict?.steps ?? 0), unchecked: [...unchecked] }
}

/** Whether each trip was judged by a table that is at hand. */
function isJudgedByKnown({ trips }: Receipt, known: Known): boolean {
  const tables = tablesAtHand(known)
  return trips.every(({ thresholdsHash }) => tables.has(thresholdsHash))
}

/** What becomes of a receipt by the one before it, which its checks have found to be the one that it names. */
function verifyBefore(receipt: ReceiptV1, receiptId: string, known: Known): Verdict {
  const [before, ...earlier] = known.before
  if (!before) {
    const unchecked: Unchecked[] = ['before']
    return restsOnBefore(receipt) ? { ok: false, needs: receiptId, unchecked } : { ok: true, steps: 0, unchecked }
  }
  if (!restsOnBefore(receipt)) return { ok: true, steps: 0, unchecked: [] }
  const model = known.model?.modelHash === before.model?.modelHash ? known.model : null
  const verdict = verifyReceipt(before, { ...known, model, before: earlier, keys: null })
  // What its own sum is does not hang on the one before it.
  if (verdict.ok) return { ...verdict, unchecked: verdict.unchecked.filter((part) => part !== 'before') }
  if (!('differs' in verdict)) return verdict
  return { ok: false, differs: { ...verdict.differs, step: `receipt before: ${verdict.differs.step}` } }
}

function* checks(receipt: Receipt, known: Known): Generator<Check> {
  const { model, plans, before, hash } = known
  const isSecond = receipt.format === 'fairmile-receipt/2'
  const found: string = canonicalJson(receipt.format ?? null)
  yield needed('format', isSecond || receipt.format === 'fairmile-receipt/1', {
    expected: 'fairmile-receipt/1 or /2',
    found,
  })
  yield { step: 'plan hash', expected: planHash(receipt.plan, hash), found: receipt.planHash }
  const published = plans.map((plan) => planHash(plan, hash))
  yield needed('plan', published.includes(receipt.planHash), {
    expected: `a published plan: ${plans.map(({ id, version }, n) => `${id} ${version} ${published[n]}`).join(', ')}`,
    found: `not a published plan: ${receipt.plan.id} ${receipt.plan.version} ${receipt.planHash}`,
  })
  yield* termChecks(receipt, tablesAtHand(known))
  if (!isSecond && before[0]) yield* beforeChecks(receipt, before[0], hash)
  if (model) yield* modelChecks(receipt, model)
  yield* isSecond ? premiumChecks(receipt, known) : firstPremiumChecks(receipt)
  yield { step: 'currency', expected: receipt.plan.currency, found: receipt.currency }
  if (isSecond) yield* ledgerChecks(receipt, known)
  yield { step: 'seal', expected: sealOf(receipt, hash), found: receipt.seal }
  yield { step: 'id', expected: receiptId(receipt.seal), found: receipt.id }
  if (isSecond) yield* issuerChecks(receipt, known)
}

function* firstPremiumChecks(receipt: ReceiptV1): Generator<Check> {
  const { steps, premiumMinor } = computePremium({
    plan: receipt.plan,
    exposure: exposureOf(receipt.trips, receipt.plan, receipt.rated),
    rated: receipt.rated,
    renewedFrom: receipt.renewedFrom,
    arithmetic: 1,
    days: receipt.term.days,
    margin: receipt.margin,
    baseMargin: receipt.model.baseMargin,
    coverageSlopes: receipt.model.coverageSlopes,
    beforeMinor: receipt.before?.premiumMinor ?? 0,
  })
  for (const [index, expected] of steps.entries())
    yield { step: expected.name, expected: canonicalJson(expected), found: canonicalJson(receipt.steps[index] ?? null) }
  yield { step: 'number of steps', expected: steps.length, found: receipt.steps.length }
  yield { step: 'premium in minor units', expected: premiumMinor, found: receipt.premiumMinor }
}

/** The term and that its trips are of it, could have been so, and were judged by a table of thresholds. */
function* termChecks({ term, issuedAt, trips }: Receipt, tables: ReadonlyMap<string, string>): Generator<Check> {
  yield needed('term', term.startsAt < term.endsAt, { expected: 'an end after its start', found: canonicalJson(term) })
  yield { step: 'days of the term', expected: termDays(term, issuedAt), found: term.days }
  const order = (some: Receipt['trips']): string => some.map(({ id }) => id).join(' ')
  yield { step: 'order of trips', expected: order(inOrder(trips)), found: order(trips) }
  yield { step: 'each trip once', expected: new Set(trips.map(({ id }) => id)).size, found: trips.length }
  for (const { id, startAt, endAt, thresholdsHash, statistics, driver } of trips) {
    yield needed(`driver of ${id}`, driver === undefined || driver === 'other', {
      expected: 'the policy’s driver, or "other"',
      found: canonicalJson(driver ?? null),
    })
    yield judgedByCheck({ id, thresholdsHash }, tables)
    yield needed(`time of ${id}`, startAt >= term.startsAt && startAt < term.endsAt && startAt <= endAt, {
      expected: 'a start within the term, and an end after it',
      found: canonicalJson({ startAt, endAt }),
    })
    const { distanceM, gradableM, durationS, movingS } = statistics
    const parts = isPart(gradableM, distanceM) && isPart(movingS, durationS)
    yield needed(`totals of ${id}`, parts, {
      expected: 'gradable no more than all metres, moving no more than all seconds, none below zero',
      found: canonicalJson({ distanceM, gradableM, durationS, movingS }),
    })
  }
}

function* beforeChecks(
  { before: named, policyId, currency }: ReceiptV1,
  before: Receipt,
  hash: Hash,
): Generator<Check> {
  yield { step: 'receipt before: seal', expected: sealOf(before, hash), found: before.seal }
  yield { step: 'receipt before: id', expected: receiptId(before.seal), found: before.id }
  yield { step: 'receipt before: policy', expected: policyId, found: before.policyId }
  yield { step: 'receipt before: currency', expected: currency, found: before.currency }
  yield {
    step: 'receipt before',
    expected: canonicalJson({ receiptId: before.id, premiumMinor: before.premiumMinor }),
    found: canonicalJson(named),
  }
}

function* modelChecks(
  { model: told, plan, rated, trips, features, shapBase, margin }: Receipt,
  model: PricingModel,
): Generator<Check> {
  yield { step: 'model hash', expected: model.modelHash, found: told.modelHash }
  yield { step: 'manifest hash', expected: model.manifestHash, found: told.manifestHash }
  yield { step: 'model name', expected: model.manifest.name, found: told.name }
  yield { step: 'model version', expected: model.manifest.version, found: told.version }
  yield { step: 'feature version', expected: model.manifest.featureVersion, found: told.featureVersion }
  yield { step: 'base margin', expected: portfolioMargin(model.manifest), found: told.baseMargin }
  yield {
    step: 'coverage slopes',
    expected: canonicalJson(coverageSlopes(model.manifest) ?? null),
    found: canonicalJson(told.coverageSlopes ?? null),
  }
  const own = judge(trips, model, ratingTerms(plan, rated).hidden)
  yield { step: 'number of features', expected: own.features.length, found: features.length }
  for (const [index, { name, unit, value }] of own.features.entries()) {
    yield { step: `feature ${name}: name`, expected: name, found: features[index]?.name }
    yield { step: `feature ${name}: unit`, expected: unit, found: features[index]?.unit }
    yield { step: `feature ${name}`, expected: value, found: features[index]?.value }
  }
  yield { step: 'margin', expected: own.margin, found: margin }
  yield { step: 'SHAP base', expected: own.shapBase, found: shapBase }
  for (const [index, { name, shap }] of own.features.entries())
    yield { step: `SHAP value of ${name}`, expected: shap, found: features[index]?.shap }
}

function isPart(part: number, whole: number): boolean {
  return part >= 0 && part <= whole + totalTolerance
}
