import type { Rated, RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type {
  EndorsementOf,
  IssuerKey,
  Receipt,
  ReceiptFeature,
  ReceiptRuling,
  ReceiptTrip,
  ReceiptV2,
} from '@fairmile/contract/receipt.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'
import { explainerOf } from '../explain/explainer-of.ts'
import { marginOf } from '../explain/trees.ts'
import { driverFeaturesNamed, writeDriverFeatures } from '../features/driver.ts'
import { coverageSlopes, portfolioMargin } from '../scoring/manifest.ts'
import { driverStatistics } from '../trips/driver-statistics.ts'
import { inOrder, ownTrips } from './exposure.ts'
import { type LedgerState, settle } from './ledger.ts'
import type { Premium } from './premium.ts'
import type { PricingModel } from './pricing-model.ts'
import { planHash } from './rating-plan.ts'
import { ratingTerms } from './rating-terms.ts'
import { termDays } from './term-days.ts'
import { termPremium } from './term-premium.ts'
import { toldTrips } from './told-trips.ts'

export type { PricingModel } from './pricing-model.ts'
export { termDays } from './term-days.ts'

/** Who issues receipts: a key that is published, and the hand that signs with it. */
export interface Issuer extends IssuerKey {
  /** Ed25519 of a text's UTF-8 bytes, hex. */
  sign: (text: string) => string
}

/** What a receipt is made of. */
export interface ReceiptInput {
  plan: RatingPlan
  model: PricingModel
  hash: Hash
  issuer: Issuer
  /** 16 random bytes, hex. */
  salt: string
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
  /** Events that rulings and exclusions took out of the trips; of what another drove it tells none. @default none */
  rulings?: readonly ReceiptRuling[]
  /** The relativity of the term before, where the plan carries it on. @default null */
  carried?: ReceiptV2['carried']
  /** The policy that became this one within its term, with its fees and factors until then. @default this one began the term */
  endorsementOf?: EndorsementOf | undefined
  /** The policy's ledger to date, and how far it is billed by this receipt. @default empty, and nothing is billed */
  ledger?: ReceiptV2['ledger']
  /** The margin that the inference engine gave for the features of the trips, to be compared; the trees' own is priced. */
  inferredMargin?: number
}

/** A ledger in which nothing is. */
export const emptyLedger = (): ReceiptV2['ledger'] => ({
  billedThroughBefore: null,
  billedThrough: null,
  returns: 'refund',
  entries: [],
})

/** A receipt with its text, and what came of it. */
export interface IssuedReceipt {
  receipt: ReceiptV2
  /** Canonical JSON, to be stored and hashed. */
  body: string
  premium: Premium
  /** Where the ledger stands afterwards. */
  state: LedgerState
}

/** Largest difference between the margin of the inference engine and that of the trees: they add up in another order. */
export const marginTolerance = 1e-4

/**
 * Prices a policy term to date, continues its ledger and issues the signed receipt. Entries that are new bear no receipt's id.
 *
 * @throws RangeError where the inferred margin is not that of the model's trees
 */
export function issueReceipt(input: ReceiptInput): IssuedReceipt {
  const { plan, model, hash, issuer, rated, renewedFrom, endorsementOf } = input
  const { carried = null, ledger = emptyLedger() } = input
  const trips = toldTrips(input.trips)
  const own = new Set(ownTrips(trips).map(({ id }) => id))
  const { features, shapBase, margin } = judge(trips, model, ratingTerms(plan, rated).hidden)
  const { inferredMargin = margin } = input
  if (!(Math.abs(inferredMargin - margin) <= marginTolerance))
    throw new RangeError(
      `issuing a receipt for policy "${input.policyId}": the inferred margin ${inferredMargin} is not that of the model's trees, ${margin}; check that both files are of one model`,
    )
  const slopes = coverageSlopes(model.manifest)
  const priced = { ...input, trips, carriedPpm: carried?.relativityPpm }
  const premium = termPremium(priced)
  const costAt = (until: number | null): number => (until === null ? 0 : termPremium({ ...priced, until }).premiumMinor)
  const costBeforeMinor = costAt(ledger.billedThroughBefore)
  const isSame = ledger.billedThrough === ledger.billedThroughBefore
  const { added, steps, state } = settle({
    ...ledger,
    costBeforeMinor,
    costMinor: isSame ? costBeforeMinor : costAt(ledger.billedThrough),
    premiumMinor: premium.premiumMinor,
  })
  const { keyId, publicKey } = issuer
  const content: Omit<ReceiptV2, 'id' | 'seal' | 'signature'> = {
    format: 'fairmile-receipt/2',
    arithmetic: 3,
    salt: input.salt,
    issuedAt: input.issuedAt,
    driverId: input.driverId,
    policyId: input.policyId,
    term: { ...input.term, days: termDays(input.term, input.issuedAt) },
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
      baseMargin: portfolioMargin(model.manifest),
      ...(slopes && { coverageSlopes: slopes }),
    },
    trips,
    features,
    shapBase,
    margin,
    carried,
    ...(endorsementOf !== undefined && { endorsementOf }),
    rulings: (input.rulings ?? [])
      .filter(({ tripId }) => own.has(tripId))
      .sort((a, b) => (a.eventId < b.eventId ? -1 : 1)),
    ledger: { ...ledger, entries: [...ledger.entries, ...added] },
    steps: [...premium.steps, ...steps],
    currency: plan.currency,
    premiumMinor: premium.premiumMinor,
    issuer: { keyId, publicKey },
  }
  const seal = sealOf(content, hash)
  const receipt: ReceiptV2 = { ...content, id: receiptId(seal), seal, signature: issuer.sign(signedText(seal)) }
  return { receipt, body: canonicalJson(receipt), premium, state }
}

/** What a receipt's signature is of. */
export const signedText = (seal: string): string => `fairmile-receipt/2\n${seal}`

/** The id of an issuer's public key (hex). */
export const keyIdOf = (publicKey: string, hash: Hash): string => hash(publicKey).slice(0, 16)

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

/** Hash of the canonical JSON of all but `id`, `seal` and `signature`. */
export function sealOf(
  receipt: Omit<Receipt, 'id' | 'seal'> | Omit<ReceiptV2, 'id' | 'seal' | 'signature'>,
  hash: Hash,
): string {
  const signature = receipt.format === 'fairmile-receipt/2' ? { signature: undefined } : {}
  return hash(canonicalJson({ ...receipt, ...signature, id: undefined, seal: undefined }))
}

/** The id of a receipt with that seal. */
export function receiptId(seal: string): string {
  return `RCP-${seal.slice(0, 16)}`
}
