import type { TripVersion } from '@fairmile/contract/http/trip-versions.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { endedOf, formerVersions } from './trip-versions.ts'

/**
 * The versions of a trip, the newest number first, and whose the trip is.
 *
 * @returns null where there never was such a trip; a trip that the cloud found and took back has versions, of which none counts
 */
export async function listVersions(
  db: Database,
  tripId: string,
): Promise<{ driverId: string | null; items: TripVersion[] } | null> {
  const [row] = await db.select().from(trips).where(eq(trips.id, tripId))
  const former = await formerVersions(db, tripId)
  if (!row && former.length === 0) return null
  const current = row && endedOf(row)
  const items = former.map((version) => toVersion(version, false))
  if (row && current) items.push(toVersion({ ...current, recordedAt: row.updatedAt }, true))
  return {
    driverId: row ? row.driverId : (former[0]?.driverId ?? null),
    items: items.sort((a, b) => b.version - a.version),
  }
}

type Shown = Omit<
  TripVersion,
  'counts' | 'recordedAt' | 'startAt' | 'endAt' | 'distanceM' | 'gradableM' | 'durationS'
> & {
  recordedAt: Date
  startAt: Date
  endAt: Date
  statistics: TripStatistics
}

function toVersion(row: Shown, counts: boolean): TripVersion {
  const { version, source, cause, changedBy, changeReason, driverId, policyId, endReason, recordHash, correlationId } =
    row
  const { distanceM, gradableM, durationS } = row.statistics
  return {
    version,
    counts,
    source,
    cause,
    recordedAt: row.recordedAt.toISOString(),
    changedBy,
    changeReason,
    correlationId,
    driverId,
    policyId,
    startAt: row.startAt.toISOString(),
    endAt: row.endAt.toISOString(),
    endReason,
    distanceM,
    gradableM,
    durationS,
    recordHash,
  }
}
