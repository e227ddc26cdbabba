import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import type { Score } from '@fairmile/contract/http/score.ts'
import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import type { Receipt, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { EventCount, TripStatistics } from '@fairmile/contract/trip.ts'
import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { reasonOf } from '@fairmile/models/explain/reasons.ts'
import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { judge, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { credibleRisk } from '@fairmile/models/scoring/credible-risk.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { sampleScore } from './people.ts'
import { issueSample, modelOf, type Stump, sampleReceipt } from './pricing.ts'

/** Shares of the judged time by strength, as one drives who brakes rather late. */
const alongShares = [0.001, 0.002, 0.005, 0.018, 0.07, 0.09, 0.6, 0.11, 0.07, 0.028, 0.005, 0.001, 0]
const acrossShares = [0, 0.001, 0.003, 0.012, 0.05, 0.09, 0.7, 0.08, 0.05, 0.011, 0.002, 0.001, 0]
const jerkShares = [0.58, 0.22, 0.12, 0.045, 0.025, 0.008, 0.002]
const speedShares = [0.05, 0.06, 0.08, 0.12, 0.16, 0.1, 0.07, 0.08, 0.09, 0.07, 0.05, 0.04, 0.02, 0.01, 0, 0]

/** Statistics of a trip of so many minutes at an hour of the day, in town and out of it. */
function statisticsOf(minutes: number, hour: number, events: EventCount[]): TripStatistics {
  const movingS = minutes * 60
  const speedMps = 14.5
  const of = (shares: readonly number[]): number[] => shares.map((share) => share * movingS)
  return {
    ...emptyStatistics(),
    distanceM: movingS * speedMps,
    gradableM: movingS * speedMps * 0.96,
    durationS: movingS * 1.15,
    movingS,
    idleS: movingS * 0.15,
    stops: Math.round(minutes * 0.9),
    speedMaxMps: 34,
    speedSum: movingS * speedMps,
    speedSquareSum: movingS * speedMps * speedMps * 1.35,
    speedHistS: of(speedShares),
    imuS: movingS,
    aLongHistS: of(alongShares),
    aLatHistS: of(acrossShares),
    aLongSquareSum: movingS * 0.62,
    aLatSquareSum: movingS * 0.4,
    jerkHistS: of(jerkShares),
    jerkSquareSum: movingS * 1.1,
    hourHistS: Array.from({ length: 24 }, (_, n) => (n === hour ? movingS : 0)),
    limitKnownS: movingS * 0.8,
    overLimitS: [movingS * 0.035, movingS * 0.012, movingS * 0.002],
    phoneS: movingS * 0.004,
    phoneKnownS: movingS * 0.9,
    events,
  }
}

const brake: EventCount = { kind: 'harsh_braking', band: 'coach', grade: 'A', count: 1 }
const start: EventCount = { kind: 'harsh_acceleration', band: 'coach', grade: 'A', count: 1 }
const dayMs = 86_400_000

/** Four weeks of a commute, with what happened on it. */
const trips: ReceiptTrip[] = Array.from({ length: 28 }, (_, n) => {
  const hour = n % 9 === 0 ? 23 : n % 2 === 0 ? 8 : 17
  const startAt = Date.UTC(2026, 9, 4, hour) + n * dayMs
  const events = [...(n % 5 === 1 ? [brake] : []), ...(n % 11 === 3 ? [start] : [])]
  return {
    id: `TRP-S${String(n + 1).padStart(3, '0')}`,
    startAt,
    endAt: startAt + 30 * 60_000,
    thresholdsHash: sampleReceipt.trips[0]!.thresholdsHash,
    statistics: statisticsOf(26 + (n % 4) * 2, hour, events),
  }
})

const stumps: Stump[] = [
  ['harsh_braking_rate', 0.5, -0.12, 0.1],
  ['harsh_braking_rate', 0.2, -0.06, 0.03],
  ['harsh_acceleration_rate', 0.8, -0.05, 0.12],
  ['speeding_share', 0.02, -0.07, 0.08],
  ['excessive_speeding_share', 0.008, -0.04, 0.06],
  ['hard_braking_share', 0.005, -0.05, 0.045],
  ['braking_share', 0.02, -0.04, 0.035],
  ['calm_jerk_share', 0.4, 0.05, -0.03],
  ['speeding_rate', 0.5, -0.04, 0.09],
  ['night_share', 0.05, -0.03, 0.06],
  ['cornering_share', 0.04, -0.09, 0.1],
  ['speed_mean', 55, -0.05, 0.04],
  ['jerk_rms', 1.2, -0.04, 0.05],
  ['above_130_share', 0.02, -0.04, 0.05],
]

/** A model of some questions, most of which can be answered otherwise tomorrow. */
export const reasonsModel = modelOf(stumps)

/** Why the driver of the samples has their score under a model. */
export function reasonsBy(model: PricingModel): DriverReasons & { margin: number } {
  const { features, shapBase, margin } = judge(trips, model)
  const { distanceM, gradableM } = totalStatistics(trips)
  const { driverId, version, calculatedAt, periodDays, status, minimumKm, missingKm } = sampleScore
  return {
    ...{ driverId, version, calculatedAt, periodDays, status, minimumKm, missingKm },
    trips: trips.length,
    exposureKm: distanceM / 1000,
    judgedKm: gradableM / 1000,
    model: { name: model.manifest.name, version: model.manifest.version },
    margin,
    base: shapBase,
    portfolioMargin: portfolioMargin(model.manifest),
    features: features
      .map((feature) => ({ ...reasonOf(feature), noAdvice: wordsOf(feature.name).noAdvice }))
      .sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap)),
  }
}

/** The receipt of the same trips under a model. */
export const receiptBy = (model: PricingModel): Receipt => issueSample(model, trips).receipt

/** Under the model of some questions. */
export const sampleReasons: DriverReasons = reasonsBy(reasonsModel)

/** The score that goes with them. */
export function scoreBy(model: PricingModel): Score {
  const { margin, portfolioMargin: base, judgedKm, exposureKm, trips: count, model: named, features } = reasonsBy(model)
  const { risk, low, high } = credibleRisk(model.manifest, { margin, judgedKm })
  return {
    ...sampleScore,
    risk,
    safetyScore: 100 - risk,
    interval: { low, high },
    exposureKm,
    judgedKm,
    trips: count,
    relativity: Math.exp(margin - base),
    model: named,
    reasons: features.slice(0, 5),
  }
}

/** What score and price would be without an event. */
export const sampleWhatIf: WhatIf = {
  ...{ driverId: 'DRV-0001', model: { name: 'driver', version: '3.0.0' }, periodDays: 30, judgedKm: 588 },
  ...{ status: 'scored', minimumKm: 5, missingKm: 0, changed: [], effects: [] },
  before: { risk: 29, safetyScore: 71, interval: { low: 24, high: 34 }, relativity: 1.1 },
  after: { risk: 26.8, safetyScore: 73.2, interval: { low: 22, high: 32 }, relativity: 1.05 },
  difference: { risk: -2.2, low: -3.4, high: -0.5 },
  price: {
    ...{ policyId: 'POL-0001', planId: 'fairmile-3', currency: 'EUR' },
    ...{ beforeMinor: 1457, afterMinor: 1405, lowMinor: 1380, highMinor: 1440 },
  },
}
