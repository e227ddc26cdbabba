import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { type Drift, driftFrom } from '@fairmile/models/scoring/drift.ts'
import { parseManifest } from '@fairmile/models/scoring/manifest.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { driverModelName, driverModelsDir } from '../risk/driver-artifacts.ts'
import { unpackFeatures } from '../risk/score-rows.ts'
import { listVersions } from './registry.ts'

/** Drivers that are looked at, drawn by hash: more change the index by less than its chance does. */
const maxDrivers = 10_000

/** How far the scores of the last days have drifted from the training portfolio of the live model. */
export interface ModelDrift {
  model: string
  /** The live version; null where nothing is. */
  version: string | null
  days: number
  /** Drivers with a score in that time; each counts once, by the newest. */
  drivers: number
  /** Null where the model's manifest has no reference. */
  score: Drift | null
  features: ({ name: string } & Drift)[]
}

interface ScoredRow extends Record<string, unknown> {
  margin: number
  /** Null where the row below is all there is. */
  features: Record<string, number | null> | null
  featureRow: Uint8Array | null
  names: string[] | null
}

/** Measures the drift of the live driver model, by default over as many days as a score looks back. */
export async function measureDrift(
  db: Database,
  { days = standardPeriodDays, folder = driverModelsDir, now = Date.now() } = {},
): Promise<ModelDrift> {
  const live = (await listVersions(db, driverModelName)).find(({ stage }) => stage === 'live')
  const none = { model: driverModelName, version: live?.version ?? null, days, drivers: 0, score: null, features: [] }
  if (!live) return none
  const since = new Date(now - days * 86_400_000).toISOString()
  const rows = await selectRows<ScoredRow>(
    db,
    sql`
      SELECT margin, features, CASE WHEN features IS NULL THEN feature_row END AS "featureRow", names FROM (
        SELECT DISTINCT ON (driver_id) driver_id, margin, features, feature_row, model_hash FROM scores
        WHERE calculated_at >= ${since}::timestamptz AND period_days = ${standardPeriodDays} AND model_name = ${driverModelName} AND model_version = ${live.version}
        ORDER BY driver_id, version DESC
      ) AS newest
      LEFT JOIN score_columns USING (model_hash)
      ORDER BY hashtext(driver_id)
      LIMIT ${maxDrivers}`,
  )
  const manifest = parseManifest(await readFile(join(folder, live.version, 'manifest.json'), 'utf8'))
  const sets = rows.map(
    ({ features, featureRow, names }) => features ?? (featureRow && names ? unpackFeatures(featureRow, names) : {}),
  )
  const drift = driftFrom(manifest, {
    margins: rows.map(({ margin }) => margin),
    features: (name) => sets.map((features) => features[name] ?? Number.NaN),
  })
  return {
    ...none,
    drivers: rows.length,
    score: drift?.score ?? null,
    features: Object.entries(drift?.features ?? {}).map(([name, found]) => ({ name, ...found })),
  }
}
