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
  /** Another than the policy's driver drove: its metres are paid for, and say nothing of how the driver drives. Absent for the driver's own. */
  driver?: 'other'
}

/** Everything needed to re-derive one premium. Hashes are SHA-256 in hex, of bytes for files and of canonical JSON for data. */
export interface Receipt {
  format: 'fairmile-receipt/1'
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
  /** What the term before ended with; absent where there was none, or nothing hangs on it. */
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
  /** What the term had cost before, by the receipt of that id: it never falls by driving on. Null for the first. */
  before: { receiptId: string; premiumMinor: number } | null
  steps: ReceiptStep[]
  currency: string
  premiumMinor: number
  /** Hash of the canonical JSON of all but `id` and `seal`; without a key, so it finds damage and not forgery. */
  seal: string
}
