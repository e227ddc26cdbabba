import type { Score, ScoreReason } from '@fairmile/contract/http/score.ts'
import { reasonOf } from '@fairmile/models/explain/reasons.ts'
import { desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { type StoredReason, scores } from '../db/schema/pricing.ts'

/** A driver's newest score; null before the first. */
export async function newestScore(db: Database, driverId: string): Promise<Score | null> {
  const [row] = await db
    .select()
    .from(scores)
    .where(eq(scores.driverId, driverId))
    .orderBy(desc(scores.version))
    .limit(1)
  if (!row) return null
  const { version, risk, exposureKm, judgedKm, trips, periodDays, relativity, reasons } = row
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
    reasons: reasons.map(withAdvice),
  }
}

/** A stored reason with what is said of its feature today: the sentence stays as it was told, code and advice are looked up. */
function withAdvice(stored: StoredReason): ScoreReason {
  const { code, advice } = reasonOf({ ...stored, name: stored.feature })
  return { ...stored, code, advice }
}
