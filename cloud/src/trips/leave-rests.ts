import { foundTripId } from '@fairmile/contract/ids.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { foundRests } from '@fairmile/models/trips/found-rests.ts'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { hasToldId } from './take-found-away.ts'
import { endedOf, nextVersionOf, type TripRow } from './trip-versions.ts'

/**
 * Leaves what a record of the car does not cover of trips that the cloud had found and that have given way to it: driven and paid for as was said of them.
 *
 * By their shares of what was found, until they are found again from their seconds (`keepFoundTrips`); for good where those went into an archive.
 * @returns the trips that are left
 */
export async function leaveRests(
  tx: Database,
  found: readonly TripRow[],
  record: TripRecord,
  { correlationId = null }: { correlationId?: string | null | undefined },
): Promise<TripRow[]> {
  const left: TripRow[] = []
  for (const row of found) {
    const ended = endedOf(row)
    if (!ended) continue
    const { firstSeq, lastSeq, statistics } = ended
    const [startAt, endAt] = [ended.startAt.getTime(), ended.endAt.getTime()]
    for (const [index, rest] of foundRests({ startAt, endAt, firstSeq, lastSeq, statistics }, record).entries()) {
      // The first keeps the id that the car gave: contests of its events hold for it.
      const keepsId = index === 0 && row.id !== record.id && hasToldId(row)
      const id = keepsId ? row.id : foundTripId(row.deviceId, row.bootId, rest.firstSeq)
      const version = await nextVersionOf(tx, id)
      const [after] = await tx
        .insert(trips)
        .values({
          ...row,
          ...rest,
          ...{ id, version, versions: version, cause: version > 1 ? 'found_anew' : 'found' },
          ...{ startAt: new Date(rest.startAt), endAt: new Date(rest.endAt) },
          ...(rest.endAt !== endAt && { endLat: record.startLat, endLon: record.startLon }),
          ...(rest.startAt !== startAt && { startLat: record.endLat, startLon: record.endLon }),
          ...{ carStatistics: null, changedBy: null, changeReason: null, correlationId, updatedAt: new Date() },
        })
        .returning()
      left.push(after!)
    }
  }
  return left
}
