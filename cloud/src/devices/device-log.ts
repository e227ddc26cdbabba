import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { deviceBatches } from '../db/schema/devices.ts'
import { telematicsEvents } from '../db/schema/telematics.ts'

/** Records of a device's log that are here, numbered without a hole from first to last. */
export interface LogRange {
  lane: string
  boot: number
  firstSeq: number
  lastSeq: number
  /** As many as the numbers say, unless one is here twice. */
  records: number
}

/** What of a device's log is stored: telematics as its rows say, other lanes as their batches say. */
export async function deviceLog(db: Database, device: string): Promise<LogRange[]> {
  return [...(await storedBatches(db, device)), ...(await storedTelematics(db, device))]
}

function storedBatches(db: Database, device: string): Promise<LogRange[]> {
  const { lane, bootId, firstSeq, lastSeq } = deviceBatches
  const records = sql<number>`${lastSeq} - ${firstSeq} + 1`.mapWith(Number)
  return db
    .select({ lane, boot: bootId, firstSeq, lastSeq, records })
    .from(deviceBatches)
    .where(and(eq(deviceBatches.deviceId, device), isNull(deviceBatches.rejected), sql`${lane} <> 'telematics'`))
    .orderBy(asc(lane), asc(bootId), asc(firstSeq))
}

/** Islands of numbers: a number less its rank stays the same while none is missing. */
function storedTelematics(db: Database, device: string): Promise<LogRange[]> {
  const { bootId, seq, deviceId } = telematicsEvents
  const ranked = db
    .select({
      boot: bootId,
      seq,
      island: sql`${seq} - dense_rank() over (partition by ${bootId} order by ${seq})`.as('island'),
    })
    .from(telematicsEvents)
    .where(eq(deviceId, device))
    .as('ranked')
  const first = sql<number>`min(${ranked.seq})`.mapWith(Number)
  return db
    .select({
      lane: sql<string>`'telematics'`,
      boot: ranked.boot,
      firstSeq: first,
      lastSeq: sql<number>`max(${ranked.seq})`.mapWith(Number),
      records: sql<number>`count(*)`.mapWith(Number),
    })
    .from(ranked)
    .groupBy(ranked.boot, ranked.island)
    .orderBy(asc(ranked.boot), first)
}
