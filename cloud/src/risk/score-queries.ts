import type { Score, ScoreReason } from '@fairmile/contract/http/score.ts'
import { reasonOf, reasonsOf } from '@fairmile/models/explain/reasons.ts'
import { desc, eq, getTableColumns } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { type StoredReason, scoreColumns, scores } from '../db/schema/pricing.ts'
import { unpackScore } from './score-rows.ts'
import { countingScores, standingOf } from './score-standing.ts'

/** A driver's newest score that counts; null before the first, and without a number where kilometres are missing. */
export async function newestScore(db: Database, driverId: string): Promise<Score | null> {
  const [row] = await db
    .select({ ...getTableColumns(scores), names: scoreColumns.names })
    .from(scores)
    .leftJoin(scoreColumns, eq(scoreColumns.modelHash, scores.modelHash))
    .where(countingScores(driverId))
    .orderBy(desc(scores.version))
    .limit(1)
  if (!row) return null
  const { version, risk, exposureKm, judgedKm, trips, periodDays, relativity } = row
  const standing = await standingOf(db, { driverId, judgedKm })
  const isScored = standing.status === 'scored'
  return {
    driverId,
    version,
    calculatedAt: row.calculatedAt.toISOString(),
    risk: isScored ? risk : null,
    safetyScore: isScored ? 100 - risk : null,
    interval: isScored ? { low: row.riskLow, high: row.riskHigh } : null,
    exposureKm,
    judgedKm,
    trips,
    periodDays,
    relativity: isScored ? relativity : null,
    model: { name: row.modelName, version: row.modelVersion },
    reasons: isScored ? reasonsIn(row) : [],
    ...standing,
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
