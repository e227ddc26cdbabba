import type { Premium, ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import type { ReceiptProof, ReceiptTrip, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import { parseTrees } from '@fairmile/models/explain/trees.ts'
import { driverFeatures } from '@fairmile/models/features/driver.ts'
import { featureVersion } from '@fairmile/models/features/feature.ts'
import { parseRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import { emptyLedger, type Issuer, issueReceipt, keyIdOf, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { issueRoot } from '@fairmile/models/pricing/receipt-root.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import plan from '../../../models/plans/fairmile-1.json' with { type: 'json' }
import { sha256Bytes, sha256Hex } from '../../src/data/check-receipt.ts'
import { sampleDriver } from './people.ts'
import { sampleTrips } from './trips.ts'

const names = driverFeatures.map(({ name }) => name)

/** One question of a tree: a feature, where it parts, and what it adds below and above. */
export type Stump = readonly [feature: string, split: number, below: number, above: number]

/** A tree that asks one feature once. */
const treeOf = ([feature, split, below, above]: Stump) => ({
  left_children: [1, -1, -1],
  right_children: [2, -1, -1],
  split_indices: [names.indexOf(feature), 0, 0],
  split_conditions: [split, below, above],
  default_left: [1, 0, 0],
  sum_hessian: [100, 60, 40],
  split_type: [0, 0, 0],
})

/** A model of a few questions, for demos alone. */
export function modelOf(stumps: readonly Stump[]): PricingModel {
  const text = JSON.stringify({
    learner: {
      objective: { name: 'count:poisson' },
      learner_model_param: { base_score: '1.0', num_feature: String(names.length) },
      gradient_booster: { name: 'gbtree', model: { trees: stumps.map(treeOf) } },
    },
  })
  const modelHash = sha256Hex(text)
  return {
    manifest: {
      name: 'driver-sample',
      version: '1.0.0',
      kind: 'driver',
      featureVersion,
      features: names,
      files: { 'model.json': modelHash },
      calibration: { baseMargin: 0, riskQuantiles: Array.from({ length: 101 }, (_, rank) => rank / 50 - 1) },
      metrics: {},
      dataHash: sha256Hex('sample'),
    },
    manifestHash: sha256Hex('manifest'),
    modelHash,
    trees: parseTrees(text),
  }
}

/** A model of three questions. */
export const sampleModel = modelOf([
  ['harsh_braking_rate', 0.4, -0.12, 0.16],
  ['speed_mean', 55, -0.05, 0.04],
  ['harsh_acceleration_rate', 1, -0.14, 0.2],
])

function statisticsOf(trip: (typeof sampleTrips)[number]): TripStatistics {
  const movingS = trip.movingS ?? 0
  const distanceM = Math.round(trip.distanceM ?? 0)
  const meanMps = movingS > 0 ? distanceM / movingS : 0
  return {
    ...emptyStatistics(),
    distanceM,
    gradableM: Math.round(trip.gradableM ?? 0),
    durationS: trip.durationS ?? 0,
    movingS,
    speedMaxMps: trip.speedMaxMps ?? 0,
    speedSum: distanceM,
    speedSquareSum: meanMps * meanMps * movingS * 1.1,
    imuS: movingS,
    events: trip.events,
  }
}

const receiptTrips: ReceiptTrip[] = sampleTrips.map((trip) => ({
  id: trip.id,
  startAt: Date.parse(trip.startAt),
  endAt: Date.parse(trip.endAt!),
  thresholdsHash: thresholdsHash(thresholds, sha256Hex),
  statistics: statisticsOf(trip),
}))

/** The published plan that prices the samples. */
export const samplePlan = parseRatingPlan(JSON.stringify(plan))

const secret = new Uint8Array(32).fill(7)
const publicKey = bytesToHex(ed25519.getPublicKey(secret))

/** Who signs the samples. */
export const sampleIssuer: Issuer = {
  ...{ publicKey, keyId: keyIdOf(publicKey, sha256Hex) },
  sign: (text) => bytesToHex(ed25519.sign(utf8ToBytes(text), secret)),
}

/** What receipts of the samples are made of, but the model. */
export const sampleInput = {
  plan: samplePlan,
  hash: sha256Hex,
  issuer: sampleIssuer,
  salt: '8d3f0c5be1a94c07b2f6d81e5a7790c4',
  issuedAt: receiptTrips[0]!.endAt + 60_000,
  driverId: sampleDriver.id,
  policyId: 'POL-0001',
  term: { startsAt: Date.parse('2026-10-01T00:00:00Z'), endsAt: Date.parse('2027-04-01T00:00:00Z') },
  trips: receiptTrips,
}

/** A receipt for the sample's trips, or others, under a model, made by the very code that prices. */
export const issueSample = (model: PricingModel, trips = receiptTrips) =>
  issueReceipt({ ...sampleInput, model, trips, ledger: sampleLedger() })

/** October is billed by the receipt. */
function sampleLedger(): ReceiptV2['ledger'] {
  return { ...emptyLedger(), billedThrough: Date.parse('2026-11-01T00:00:00Z') }
}

const issued = issueSample(sampleModel)

/** A whole receipt. */
export const sampleReceipt: ReceiptV2 = issued.receipt

/** That it is the only receipt of its day. */
export const sampleProof: ReceiptProof = {
  receiptId: sampleReceipt.id,
  ...{ index: 0, path: [] },
  record: issueRoot({
    day: new Date(sampleReceipt.issuedAt).toISOString().slice(0, 10),
    receipts: [{ salt: sampleReceipt.salt, hash: sha256Hex(issued.body) }],
    ...{ previous: null, issuer: sampleIssuer, hash: sha256Hex, hashBytes: sha256Bytes },
  }),
}

/** The premium of `sampleReceipt`. */
export const samplePremium: Premium = {
  driverId: sampleDriver.id,
  policyId: 'POL-0001',
  planId: issued.receipt.plan.id,
  receiptId: issued.receipt.id,
  calculatedAt: new Date(issued.receipt.issuedAt).toISOString(),
  termDays: issued.receipt.term.days,
  currency: issued.receipt.currency,
  premiumMinor: issued.premium.premiumMinor,
  payableMinor: issued.receipt.steps.find(({ name }) => name === 'payable')?.value ?? null,
  monthMinor: issued.premium.monthMinor,
  beforeDiscountMinor: issued.premium.beforeDiscountMinor,
  heldBackMinor: issued.premium.heldBackMinor,
  discountPpm: issued.premium.discountPpm,
  maxDiscountPpm: issued.receipt.plan.discount.maxPpm,
  cleanSharePpm: issued.premium.cleanSharePpm,
  credibilityPpm: issued.premium.credibilityPpm,
  relativityPpm: issued.premium.relativityPpm,
  billedMinor: issued.state.billedMinor,
  waivedMinor: issued.state.waivedMinor,
  billedUntil: '2026-11-01',
  exposureKm: receiptTrips.reduce((sum, { statistics }) => sum + statistics.distanceM, 0) / 1000,
}

/** `sampleReceipt` and one before it, as lists show them. */
export const sampleReceipts: readonly ReceiptSummary[] = [
  {
    id: sampleReceipt.id,
    policyId: sampleReceipt.policyId,
    issuedAt: samplePremium.calculatedAt,
    currency: sampleReceipt.currency,
    premiumMinor: sampleReceipt.premiumMinor,
    discountPpm: samplePremium.discountPpm,
    hash: sampleReceipt.seal,
  },
  {
    id: 'RCP-0f3a6c11d2e49b57',
    policyId: sampleReceipt.policyId,
    issuedAt: new Date(sampleReceipt.issuedAt - 93_000_000).toISOString(),
    currency: sampleReceipt.currency,
    premiumMinor: sampleReceipt.premiumMinor - 131,
    discountPpm: samplePremium.discountPpm - 11_000,
    hash: sha256Hex('before'),
  },
]
