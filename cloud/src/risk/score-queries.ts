import type { Score, ScoreReason } from '@fairmile/contract/http/score.ts'
import { reasonOf, reasonsOf } from '@fairmile/models/explain/reasons.ts'
import { desc, eq, getTableColumns } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { type StoredReason, scoreColumns, scores } from '../db/schema/pricing.ts'
import { unpackScore } from './score-rows.ts'
import type { Standing } from './score-standing.ts'

/** A score without what the driver's plan says of it. */
type StoredScore = Omit<Score, keyof Standing>

/** A driver's newest score; null before the first. */
export async function newestScore(db: Database, driverId: string): Promise<StoredScore | null> {
  const [row] = await db
    .select({ ...getTableColumns(scores), names: scoreColumns.names })
    .from(scores)
    .leftJoin(scoreColumns, eq(scoreColumns.modelHash, scores.modelHash))
    .where(eq(scores.driverId, driverId))
    .orderBy(desc(scores.version))
    .limit(1)
  if (!row) return null
  const { version, risk, exposureKm, judgedKm, trips, periodDays, relativity } = row
  return {
    driverId,
    version,
    calculatedAt: row.calculatedAt.toISOString(),
    risk,
    safetyScore: 100 - risk,
    interval: { low: row.riskLow, high: row.riskHigh },
    exposureKm,
    judgedKm,
    trips,
    periodDays,
    relativity,
    model: { name: row.modelName, version: row.modelVersion },
    reasons: reasonsIn(row),
  }
}

interface StoredReasons extends Pick<typeof scores.$inferSelect, 'reasons' | 'featureRow' | 'shapRow'> {
  names: string[] | null
}

/** The reasons that were told; of a score that nobody was told of at once they are made of its numbers now. */
function reasonsIn({ reasons, featureRow, shapRow, names }: StoredReasons): ScoreReason[] {
  if (reasons) return reasons.map(withAdvice)
  return names && featureRow && shapRow ? reasonsOf(unpackScore({ featureRow, shapRow }, names)) : []
}

/** A stored reason with what is said of its feature today: the sentence stays as it was told, code and advice are looked up. */
function withAdvice(stored: StoredReason): ScoreReason {
  const { code, advice } = reasonOf({ ...stored, name: stored.feature })
  return { ...stored, code, advice }
}
