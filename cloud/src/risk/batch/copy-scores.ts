import type { Manifest } from '@fairmile/models/scoring/manifest.ts'
import type { CopyIn } from '../../db/copy.ts'
import { createCopyRows } from '../../db/copy-rows.ts'
import type { NewScore } from './score-drivers.ts'

const target = {
  table: 'scores',
  columns: [
    ...['driver_id', 'version', 'job_id', 'trip_id', 'calculated_at', 'risk', 'risk_low', 'risk_high', 'margin'],
    ...['relativity', 'exposure_km', 'judged_km', 'trips', 'period_days', 'model_name', 'model_version', 'model_hash'],
    ...['feature_row', 'shap_row'],
  ],
}
/** Bytes of a row of 46 features, roughly. */
const rowBytes = 1024

/** What is the same for all scores of a batch. */
export interface ScoresOf {
  readonly jobId: number
  readonly days: number
  readonly at: Date
  readonly model: { readonly manifest: Manifest; readonly modelHash: string }
}

/** Stores new scores in bulk. @throws {CopyRefusedError} where one of those versions is there already */
export async function copyScores(
  copy: CopyIn,
  scores: readonly NewScore[],
  { jobId, days, at, model: { manifest, modelHash } }: ScoresOf,
): Promise<void> {
  const rows = createCopyRows(scores.length * rowBytes)
  const timestamptzMs = at.getTime()
  for (const score of scores)
    rows.add([
      { text: score.driverId },
      { int4: score.version },
      { int8: jobId },
      { text: score.tripId },
      { timestamptzMs },
      { float8: score.risk },
      { float8: score.low },
      { float8: score.high },
      { float8: score.margin },
      { float8: score.relativity },
      { float8: score.exposureKm },
      { float8: score.judgedKm },
      { int4: score.trips },
      { int4: days },
      { text: manifest.name },
      { text: manifest.version },
      { text: modelHash },
      { bytea: score.featureRow },
      { bytea: score.shapRow },
    ])
  if (rows.count > 0) await copy(target, rows.end())
}
