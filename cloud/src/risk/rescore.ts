import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { reasonsOf } from '@fairmile/models/explain/reasons.ts'
import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { judge, marginTolerance, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { credibleRisk } from '@fairmile/models/scoring/credible-risk.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { eq, max } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { shadowScores } from '../db/schema/models.ts'
import { scores } from '../db/schema/pricing.ts'
import type { Handler } from '../events/consumers.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { recentTrips } from '../trips/ended-trips.ts'

/** Days of a score: what pages show; the price takes the whole policy term. */
const periodDays = 30

type ScoringModel = PricingModel & { readonly infer: Infer }

interface ScoreOptions {
  /** The model that counts, or who says which it is now. */
  readonly model: ScoringModel | ((tx: Transaction) => Promise<ScoringModel>)
  /** Models that score unseen beside it. @default none */
  readonly shadows?: ((tx: Transaction) => Promise<readonly ScoringModel[]>) | undefined
  /** Told of a model in the shadow that fails; the score that counts goes on. */
  readonly shadowFailed?: (error: unknown) => void
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
}

/** Scores a driver anew after each trip: a new version in the table, RiskScoreCalculated. */
export function createRiskConsumer(options: ScoreOptions): Handler {
  const { shadows, now = Date.now } = options
  return async (tx, event) => {
    if (event.type !== 'TripCompleted') return
    const { driverId, tripId, policyId } = event.data
    const trips = await recentTrips(tx, { driverId, days: periodDays })
    const model = typeof options.model === 'function' ? await options.model(tx) : options.model
    const { features, margin } = await marginOf(trips, model, driverId)

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
    if (shadows) {
      const live = { version: model.manifest.version, risk, margin }
      const seen = { eventId: event.id, driverId, calculatedAt, trips, judgedKm, live }
      await storeShadowScores(tx, seen, await shadows(tx), options.shadowFailed)
    }
    const intervalHalfWidth = (high - low) / 2
    await recordDomainEvent(
      tx,
      {
        type: 'RiskScoreCalculated',
        subject: driverId,
        data: { driverId, version, tripId, policyId, risk, intervalHalfWidth },
      },
      { at: calculatedAt, cause: event },
    )
  }
}

/** @throws RangeError where the two files of the model do not say the same */
async function marginOf(trips: readonly ReceiptTrip[], model: ScoringModel, driverId: string) {
  const { features, margin: ownMargin } = judge(trips, model)
  const [margin] = await model.infer(
    Float32Array.from(features, ({ value }) => value ?? Number.NaN),
    1,
  )
  if (margin === undefined || !(Math.abs(margin - ownMargin) <= marginTolerance))
    throw new RangeError(
      `Scoring "${driverId}": ONNX gives the margin ${margin}, the trees ${ownMargin}; the model's files differ`,
    )
  return { features, margin }
}

interface Seen {
  eventId: number
  driverId: string
  calculatedAt: Date
  trips: readonly ReceiptTrip[]
  judgedKm: number
  live: { version: string; risk: number; margin: number }
}

/** Keeps what the models in the shadow say of the same trips; one that fails takes nothing from the score that counts. */
async function storeShadowScores(
  tx: Transaction,
  { trips, judgedKm, live, ...of }: Seen,
  models: readonly ScoringModel[],
  failed: (error: unknown) => void = () => {},
): Promise<void> {
  for (const model of models) {
    const found = await marginOf(trips, model, of.driverId).catch(failed)
    if (!found) continue
    const { features, margin } = found
    await tx.insert(shadowScores).values({
      ...of,
      modelName: model.manifest.name,
      modelVersion: model.manifest.version,
      risk: credibleRisk(model.manifest, { margin, judgedKm }).risk,
      margin,
      relativity: Math.exp(margin - portfolioMargin(model.manifest)),
      liveVersion: live.version,
      liveRisk: live.risk,
      liveMargin: live.margin,
      features: Object.fromEntries(features.map(({ name, value }) => [name, value])),
    })
  }
}

async function nextVersion(tx: Transaction, driverId: string): Promise<number> {
  const [newest] = await tx
    .select({ version: max(scores.version) })
    .from(scores)
    .where(eq(scores.driverId, driverId))
  return (newest?.version ?? 0) + 1
}
