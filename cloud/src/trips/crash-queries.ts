import type { CrashFacts } from '@fairmile/contract/crash.ts'
import type { CrashDetail } from '@fairmile/contract/http/events.ts'
import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { crashRecords } from '../db/schema/crashes.ts'

/** What is shown around a crash, milliseconds, and at most so many points of it: 10 s at 200 Hz. */
const shownMs = 5000
const maxPoints = 2000

/** What a device's records say of a crash; null where it sent none. */
export async function getCrash(db: Database, eventId: string, deviceId: string): Promise<CrashDetail | null> {
  const records = await db
    .select()
    .from(crashRecords)
    .where(and(eq(crashRecords.eventId, eventId), eq(crashRecords.deviceId, deviceId)))
    .orderBy(asc(crashRecords.fromMs))
  // The stretch after the crash was told when all was known.
  const facts: CrashFacts | undefined = records.at(-1)?.facts
  if (facts === undefined) return null
  const felt: CrashDetail['felt'] = { offsetMs: [], ax: [], ay: [], az: [] }
  const around = records.flatMap(({ fromMs, imu }) =>
    imu.offsetMs.flatMap((offset, row) => (Math.abs(fromMs + offset) <= shownMs ? [{ fromMs, imu, row }] : [])),
  )
  const every = Math.ceil(around.length / maxPoints)
  for (let n = 0; n < around.length; n += every) {
    const { fromMs, imu, row } = around[n]!
    felt.offsetMs.push(fromMs + imu.offsetMs[row]!)
    felt.ax.push(imu.ax[row]!)
    felt.ay.push(imu.ay[row]!)
    felt.az.push(imu.az[row]!)
  }
  return { ...facts, felt }
}
