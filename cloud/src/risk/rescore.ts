import { reasonsOf } from '@fairmile/models/explain/reasons.ts'
import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { judge, marginTolerance, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { credibleRisk } from '@fairmile/models/scoring/credible-risk.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { eq, max } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { scores } from '../db/schema/pricing.ts'
import type { Handler } from '../events/consumers.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { recentTrips } from '../trips/ended-trips.ts'

/** Days of a score: what pages show; the price takes the whole policy term. */
const periodDays = 30

interface ScoreOptions {
  readonly model: PricingModel & { readonly infer: Infer }
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
}

/** Scores a driver anew after each trip: a new version in the table, RiskScoreCalculated. */
export function createRiskConsumer({ model, now = Date.now }: ScoreOptions): Handler {
  return async (tx, event) => {
    if (event.type !== 'TripCompleted') return
    const { driverId, tripId, policyId } = event.data
    const trips = await recentTrips(tx, { driverId, days: periodDays })
    const { features, margin: ownMargin } = judge(trips, model)
    const [margin] = await model.infer(
      Float32Array.from(features, ({ value }) => value ?? Number.NaN),
      1,
    )
    if (margin === undefined || !(Math.abs(margin - ownMargin) <= marginTolerance))
      throw new RangeError(
        `Scoring "${driverId}": ONNX gives the margin ${margin}, the trees ${ownMargin}; the model's files differ`,
      )

    const { distanceM, gradableM } = totalStatistics(trips)
    const judgedKm = gradableM / 1000
    const { risk, low, high } = credibleRisk(model.manifest, { margin, judgedKm })
    const version = await nextVersion(tx, driverId)
    const calculatedAt = new Date(now())
    await tx.insert(scores).values({
      driverId,
      version,
      eventId: event.id,
      tripId,
      calculatedAt,
      risk,
      riskLow: low,
      riskHigh: high,
      margin,
      relativity: Math.exp(margin - portfolioMargin(model.manifest)),
      exposureKm: distanceM / 1000,
      judgedKm,
      trips: trips.length,
      periodDays,
      modelName: model.manifest.name,
      modelVersion: model.manifest.version,
      modelHash: model.modelHash,
      features: Object.fromEntries(features.map(({ name, value }) => [name, value])),
      reasons: reasonsOf(features),
    })
    const intervalHalfWidth = (high - low) / 2
    await recordDomainEvent(
      tx,
      {
        type: 'RiskScoreCalculated',
        subject: driverId,
        data: { driverId, version, tripId, policyId, risk, intervalHalfWidth },
      },
      { at: calculatedAt },
    )
  }
}

async function nextVersion(tx: Transaction, driverId: string): Promise<number> {
  const [newest] = await tx
    .select({ version: max(scores.version) })
    .from(scores)
    .where(eq(scores.driverId, driverId))
  return (newest?.version ?? 0) + 1
}
