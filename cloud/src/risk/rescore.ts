import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { reasonsOf } from '@fairmile/models/explain/reasons.ts'
import { judgeFeatures, marginTolerance, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { credibleRisk } from '@fairmile/models/scoring/credible-risk.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { eq, max } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { shadowScores } from '../db/schema/models.ts'
import { scores } from '../db/schema/pricing.ts'
import type { Handler } from '../events/consumers.ts'
import { recordDomainEvents } from '../events/outbox.ts'
import { type FeatureSet, refreshFeatures, rowOf } from '../features/feature-store.ts'
import { keepColumns, packFeatures, packShap } from './score-rows.ts'

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

/** Makes a driver's features and score anew after each trip: a new version in the table, DriverFeaturesUpdated and RiskScoreCalculated. */
export function createRiskConsumer(options: ScoreOptions): Handler {
  const { shadows, now = Date.now } = options
  return async (tx, event) => {
    if (event.type !== 'TripCompleted') return
    const { driverId, tripId, policyId } = event.data
    const calculatedAt = new Date(now())
    const set = await refreshFeatures(tx, { driverId, nowMs: calculatedAt.getTime() })
    const model = typeof options.model === 'function' ? await options.model(tx) : options.model
    const { features, margin } = await marginOf(set, model)

    const { judgedKm } = set
    const { risk, low, high } = credibleRisk(model.manifest, { margin, judgedKm })
    const version = await nextVersion(tx, driverId)
    await keepColumns(tx, model)
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
      exposureKm: set.exposureKm,
      judgedKm,
      trips: set.trips,
      periodDays: standardPeriodDays,
      modelName: model.manifest.name,
      modelVersion: model.manifest.version,
      modelHash: model.modelHash,
      features: Object.fromEntries(features.map(({ name, value }) => [name, value])),
      reasons: reasonsOf(features),
      featureRow: packFeatures(Float32Array.from(features, ({ value }) => value ?? Number.NaN)),
      shapRow: packShap(features.map(({ shap }) => shap)),
    })
    if (shadows) {
      const live = { version: model.manifest.version, risk, margin }
      const seen = { eventId: event.id, driverId, calculatedAt, set, live }
      await storeShadowScores(tx, seen, await shadows(tx), options.shadowFailed)
    }
    const intervalHalfWidth = (high - low) / 2
    const scored = { driverId, version, tripId, policyId, risk, intervalHalfWidth }
    await recordDomainEvents(
      tx,
      [
        { type: 'DriverFeaturesUpdated', subject: driverId, data: toldOf(set, tripId) },
        { type: 'RiskScoreCalculated', subject: driverId, data: scored },
      ],
      { at: calculatedAt, cause: event },
    )
  }
}

const toldOf = ({ driverId, asOf, trips, exposureKm, judgedKm }: FeatureSet, tripId: string) => ({
  ...{ driverId, tripId, trips, exposureKm, judgedKm },
  asOf: asOf.getTime(),
})

/** @throws RangeError where the two files of the model do not say the same */
async function marginOf(set: FeatureSet, model: ScoringModel) {
  const row = rowOf(set, model.manifest.features)
  const { features, margin: ownMargin } = judgeFeatures(row, model)
  const [margin] = await model.infer(row, 1)
  if (margin === undefined || !(Math.abs(margin - ownMargin) <= marginTolerance))
    throw new RangeError(
      `Scoring "${set.driverId}": ONNX gives the margin ${margin}, the trees ${ownMargin}; the model's files differ`,
    )
  return { features, margin }
}

interface Seen {
  eventId: number
  driverId: string
  calculatedAt: Date
  set: FeatureSet
  live: { version: string; risk: number; margin: number }
}

/** Keeps what the models in the shadow say of the same features; one that fails takes nothing from the score that counts. */
async function storeShadowScores(
  tx: Transaction,
  { set, live, ...of }: Seen,
  models: readonly ScoringModel[],
  failed: (error: unknown) => void = () => {},
): Promise<void> {
  for (const model of models) {
    const found = await marginOf(set, model).catch(failed)
    if (!found) continue
    const { features, margin } = found
    await tx.insert(shadowScores).values({
      ...of,
      modelName: model.manifest.name,
      modelVersion: model.manifest.version,
      risk: credibleRisk(model.manifest, { margin, judgedKm: set.judgedKm }).risk,
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
