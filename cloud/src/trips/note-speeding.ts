import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { Database } from '../db/database.ts'
import { speedingNotes } from '../db/schema/contests.ts'

/**
 * Notes an event of speeding that a corrected limit can judge, for the job that does (`judgeNotedSpeeding`). A row is added and nothing is read or locked:
 * so ingest waits for no correction, and a limit that is being corrected at this moment misses no event.
 */
export async function noteSpeeding(tx: Database, { id, kind, lat, lon, limitKmh, trace }: DrivingEvent): Promise<void> {
  if (kind !== 'speeding' || lat === null || lon === null || limitKmh === null || !trace) return
  await tx.insert(speedingNotes).values({ eventId: id })
}
