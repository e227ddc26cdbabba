import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import type { EventCount } from '@fairmile/contract/trip.ts'
import type { Hash } from '../canonical-json.ts'
import { thresholds, thresholdsHash } from '../events/thresholds.ts'
import { parseTrees } from '../explain/trees.ts'
import { modelJson, type Node } from '../explain/trees-example.ts'
import { driverFeatures } from '../features/driver.ts'
import { manifestExample } from '../scoring/manifest-example.ts'
import { statisticsExample, type TripShape } from '../trips/statistics-example.ts'
import { type Issuer, keyIdOf, type PricingModel, type ReceiptInput, receiptId, sealOf, signedText } from './receipt.ts'

/**
 * A driver model of a few trees that rise with every harsh rate, as files and read: for tests.
 *
 * @param names of its features. @default those that models are trained with
 */
export function pricingModelExample(
  hash: Hash,
  names: readonly string[] = driverFeatures.map(({ name }) => name),
): { model: PricingModel; modelText: string; manifestText: string } {
  const at = (name: string): number => names.indexOf(name)
  const rising = (name: string, edges: readonly number[]): Node =>
    edges.reduceRight<Node>(
      (more, below, index) => ({ feature: at(name), below, unknownLess: true, less: (index - 1) / 5, more }),
      edges.length / 5,
    )
  const roots = [
    rising('harsh_braking_rate', [0.5, 2, 5, 20]),
    rising('harsh_acceleration_rate', [1, 8]),
    rising('harsh_cornering_rate', [0.5, 3, 10]),
  ]
  const modelText = modelJson(roots, names.length)
  const modelHash = hash(modelText)
  const manifest = { ...manifestExample([...names]), files: { 'model.json': modelHash } }
  const manifestText = JSON.stringify(manifest)
  return {
    model: { manifest, manifestHash: hash(manifestText), modelHash, trees: parseTrees(modelText) },
    modelText,
    manifestText,
  }
}

/** A simple plan: 4 minor units a kilometre, 10 a day, a discount of up to 45 %. For tests. */
export function planExample(): RatingPlan {
  return {
    id: 'example-1',
    version: '1.0.0',
    title: 'Example',
    currency: 'EUR',
    effectiveFrom: '2026-01-01',
    notes: 'For tests.',
    coverages: [
      { name: 'liability', perDayMicro: 0, perKmMicro: 4_000_000, behaviour: true },
      { name: 'hail', perDayMicro: 10_000_000, perKmMicro: 0, behaviour: false },
    ],
    minimumPerDayMicro: 5_000_000,
    relativity: {
      minPpm: 500_000,
      maxPpm: 2_000_000,
      surchargeAllowed: true,
      credibilityM: 1_000_000,
      minimumScoredM: 5000,
    },
    discount: {
      maxPpm: 450_000,
      credibilityM: 500_000,
      cleanUnit: 'trip',
      joinMs: 600_000,
      factor: { kinds: ['harsh_braking', 'harsh_acceleration', 'harsh_cornering'], band: 'count', grade: 'A' },
    },
    charges: { relativity: 'up to the coach band', discount: 'the count band' },
    month: { days: 30, distanceM: 1_000_000 },
  }
}

/** The same with what the second format brings: for tests. */
export function secondPlanExample(): RatingPlan {
  const plan = planExample()
  const factors = {
    harshEvents: true,
    smoothness: true,
    speeding: true,
    phone: true,
    night: true,
    week: true,
    trips: true,
  }
  const change = { midTermAllowed: true, midTermCapPpm: 100_000, renewalCapPpm: 200_000, noticeDays: 7 }
  const place = {
    notes: 'For tests.',
    surchargeAllowed: true,
    maximumDiscountPpm: 450_000,
    mileageOnly: false,
    factors,
  }
  return {
    ...plan,
    format: 2,
    id: 'example-2',
    effectiveUntil: '2026-12-31',
    discount: { ...plan.discount, cleanUnit: 'stretch', evasiveBrakesPer1000Km: 1 },
    classes: [
      {
        name: 'vehicle',
        levels: { small: 900_000, large: 1_200_000 },
        otherwisePpm: 1_000_000,
        coverages: ['liability'],
      },
    ],
    jurisdictions: [
      { ...place, code: 'DE', change, taxes: [{ name: 'insurance tax', ratePpm: 190_000 }] },
      {
        ...place,
        code: 'EU-default',
        surchargeAllowed: false,
        maximumDiscountPpm: 200_000,
        factors: { ...factors, harshEvents: false },
        change: { ...change, midTermCapPpm: null, renewalCapPpm: null, noticeDays: 0 },
        taxes: [],
      },
      { ...place, code: 'US-CA', mileageOnly: true, change: { ...change, midTermAllowed: false }, taxes: [] },
    ],
    outside: { fees: [{ name: 'issue', amountMinor: 300 }], taxes: [] },
  }
}

const hourMs = 3_600_000
const startsAt = Date.UTC(2026, 5, 1)

/** A trip of that shape that starts `startH` hours after the first of June 2026 and takes an hour. */
export function tripExample(startH: number, shape: Partial<TripShape> = {}): ReceiptTrip {
  return {
    id: `TRP-${String(startH).padStart(6, '0')}`,
    startAt: startsAt + startH * hourMs,
    endAt: startsAt + (startH + 1) * hourMs,
    thresholdsHash: 'example',
    statistics: statisticsExample({ km: 20, gradable: 1, temper: 0.5, events: [], ...shape }),
  }
}

/** What a receipt of June 2026 is issued from, at the end of the month; its trips judged by the present thresholds. */
export function receiptInputExample(hash: Hash, trips: readonly ReceiptTrip[]): ReceiptInput {
  return {
    plan: planExample(),
    model: pricingModelExample(hash).model,
    hash,
    issuer: issuerExample(hash),
    salt: '00112233445566778899aabbccddeeff',
    issuedAt: startsAt + 30 * 24 * hourMs,
    driverId: 'DRV-0001',
    policyId: 'POL-0001',
    term: { startsAt, endsAt: startsAt + 365 * 24 * hourMs },
    trips: trips.map((trip) => ({ ...trip, thresholdsHash: thresholdsHash(thresholds, hash) })),
  }
}

/** A grade A event in the count band. */
export const countedBrake: EventCount = { kind: 'harsh_braking', band: 'count', grade: 'A', count: 1 }

/** An issuer whose signatures `checkExample` takes: hashes, not Ed25519. For tests. */
export function issuerExample(hash: Hash, secret = 'example'): Issuer {
  const publicKey = hash(secret)
  return { keyId: keyIdOf(publicKey, hash), publicKey, sign: (text) => signatureExample(text, publicKey, hash) }
}

/** Changes receipts, and seals and signs them anew, as a dishonest issuer would. For tests. */
export const resigningExample =
  (hash: Hash) =>
  (receipt: ReceiptV2, changes: Partial<ReceiptV2>, by: Issuer = issuerExample(hash)): ReceiptV2 => {
    const { keyId, publicKey } = by
    const changed = { ...structuredClone(receipt), issuer: { keyId, publicKey }, ...changes }
    const seal = sealOf(changed, hash)
    return { ...changed, seal, id: receiptId(seal), signature: by.sign(signedText(seal)) }
  }

/** Checks signatures of `issuerExample`. */
export const checkExample =
  (hash: Hash) =>
  (text: string, signature: string, publicKey: string): boolean =>
    signature === signatureExample(text, publicKey, hash)

const signatureExample = (text: string, publicKey: string, hash: Hash): string =>
  hash(`1 ${publicKey} ${text}`) + hash(`2 ${publicKey} ${text}`)
