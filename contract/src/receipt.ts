import type { Rated, RatingPlan, RenewedFrom } from './rating-plan.ts'
import type { TripStatistics } from './trip.ts'

/** One step of the arithmetic, in order. */
export interface ReceiptStep {
  name: string
  unit: 'm' | 'ppm' | 'micro' | 'minor' | 'days'
  formula: string
  /** A safe integer. */
  value: number
}

/** A feature that the model saw; null is unknown. */
export interface ReceiptFeature {
  name: string
  unit: string
  value: number | null
  /** Its part of the margin: exact TreeSHAP, natural log. */
  shap: number
}

export interface ReceiptTrip {
  id: string
  /** UTC epoch milliseconds. */
  startAt: number
  endAt: number
  thresholdsHash: string
  statistics: TripStatistics
  /**
   * Another than the policy's driver drove: its metres are paid for, and say nothing of how the driver drives. Start and distance are all that is told of
   * it: it ends where it starts, and its other statistics are those of nothing (receipts of before tell them). Absent for the driver's own.
   */
  driver?: 'other'
}

/** What receipts of every format have. Hashes are SHA-256 in hex, of bytes for files and of canonical JSON for data. */
interface ReceiptContent {
  /** `RCP-` and the first sixteen digits of the seal. */
  id: string
  /** UTC epoch milliseconds. */
  issuedAt: number
  driverId: string
  policyId: string
  /** The policy term, UTC epoch milliseconds, end excluded; and the days of it that have begun. */
  term: { startsAt: number; endsAt: number; days: number }
  planHash: string
  plan: RatingPlan
  /** What the policy tells the plan; absent where the plan asks nothing. */
  rated?: Rated
  /** What the term before ended with; absent where there was none, it is this one still, or nothing hangs on it. */
  renewedFrom?: RenewedFrom
  model: {
    name: string
    version: string
    featureVersion: number
    /** Of `model.json` and of `manifest.json`. */
    modelHash: string
    manifestHash: string
    /** Margin of the portfolio, at which the relativity is one. */
    baseMargin: number
    /** How far the log claim frequency of each coverage follows the margin; absent where the model does not say, and one for all. */
    coverageSlopes?: Record<string, number>
  }
  /** By start, then by id. */
  trips: ReceiptTrip[]
  features: ReceiptFeature[]
  /** Expected margin of the model before any feature is known; with the SHAP values it adds up to `margin`. */
  shapBase: number
  /** Natural log of the predicted claim frequency: the float32 sum of the model's trees, exactly. */
  margin: number
  steps: ReceiptStep[]
  currency: string
  premiumMinor: number
  /** Hash of the canonical JSON of all but `id`, `seal` and `signature`. */
  seal: string
}

/** A receipt as it was issued until premiums had a ledger: each rests on the one before it, and nobody signed it. */
export interface ReceiptV1 extends ReceiptContent {
  format: 'fairmile-receipt/1'
  /** What the term had cost before, by the receipt of that id: it never falls by driving on. Null for the first. */
  before: { receiptId: string; premiumMinor: number } | null
}

/**
 * What an entry of a ledger is.
 *
 * `charge`: a period is billed. `correction` and `waiver`: what the time billed costs more than was billed for it, and that it is not asked for;
 * together they are nothing. `refund`: it costs less. `cancellation`, `endorsement`: it costs less because the policy ended early, or became another.
 */
export const ledgerKinds = ['charge', 'correction', 'waiver', 'refund', 'cancellation', 'endorsement'] as const
export type LedgerKind = (typeof ledgerKinds)[number]

/** An entry of a policy's ledger. */
export interface LedgerEntry {
  /** From 1, without holes. */
  seq: number
  kind: LedgerKind
  /** Minor units; what the driver is asked for is above zero. */
  amountMinor: number
  /** End of the time that is billed with it, UTC epoch milliseconds. */
  throughAt: number
  /** The receipt that it came with; null for the one that holds it, which has no id yet. */
  receiptId: string | null
}

/** A ruling or exclusion that took an event out of a trip's statistics. */
export interface ReceiptRuling {
  eventId: string
  tripId: string
  rulingId: string
}

/** The policy that became this one within its term. */
export interface EndorsementOf {
  policyId: string
  /** Fees of the term that were charged until then, by that policy or one before it; minor units. */
  fees: { name: string; amountMinor: number }[]
  /** By its newest receipt, where its plan limited changes: where the term began, and what was in force last; parts per million. */
  factors?: { receiptId: string; termStartPpm: number; inForcePpm: number }
}

/**
 * How a price is worked out. 1: all kilometres within the limits of the term's last day. 2: what was driven in the days of notice is free of a rise for
 * good. 3: also, a term starts at no factor that its plan and place do not allow,
 * and what an endorsement made goes on within the limits of its term.
 */
export type Arithmetic = 1 | 2 | 3

/** A signed receipt with the ledger of its policy: it stands by itself. */
export interface ReceiptV2 extends ReceiptContent {
  format: 'fairmile-receipt/2'
  /** Absent for the first. */
  arithmetic?: Exclude<Arithmetic, 1>
  /** 16 random bytes, hex: keeps the leaf in the day's tree from telling anything. */
  salt: string
  /** What a renewed policy starts from, where its plan carries it on: the relativity of the term before. */
  carried: { policyId: string; receiptId: string; relativityPpm: number } | null
  /** What this policy goes on from within its term; absent where it began the term. */
  endorsementOf?: EndorsementOf
  /** By event id; of the driver's own trips. */
  rulings: ReceiptRuling[]
  ledger: {
    /** End of the time that is billed, before and after this receipt; UTC epoch milliseconds, null before the first bill. */
    billedThroughBefore: number | null
    billedThrough: number | null
    /** Which kind gives money back here. */
    returns: 'refund' | 'cancellation' | 'endorsement'
    /** All of the policy to date, those of this receipt last. */
    entries: LedgerEntry[]
  }
  /** Who signed: an Ed25519 key as 32 bytes in hex, and the first sixteen digits of its SHA-256. */
  issuer: { keyId: string; publicKey: string }
  /** Ed25519, hex, of `fairmile-receipt/2`, a line feed, and the seal. */
  signature: string
}

/** Everything needed to re-derive one premium. */
export type Receipt = ReceiptV1 | ReceiptV2

/** A published key of the issuer, as in `/.well-known/fairmile-receipt-keys.json`. */
export interface IssuerKey {
  keyId: string
  publicKey: string
}

/** The root of a day's receipts, chained to the day before. */
export interface ReceiptRoot {
  format: 'fairmile-receipt-root/1'
  /** UTC, YYYY-MM-DD. */
  day: string
  leaves: number
  /** RFC 9162 tree hash, hex. */
  root: string
  /** SHA-256 of the canonical JSON of the day before's record without its signature; null for the first. */
  previous: string | null
  issuer: IssuerKey
  /** Ed25519, hex, of `fairmile-receipt-root/1`, a line feed, and the SHA-256 of the record's canonical JSON without this. */
  signature: string
}

/** That a receipt is in its day's tree. */
export interface ReceiptProof {
  receiptId: string
  index: number
  /** Hashes from the leaf's neighbour to the root, hex. */
  path: string[]
  record: ReceiptRoot
}
