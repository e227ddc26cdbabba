import { encodeRecord } from '@fairmile/contract/codec.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rawChunks } from '../db/schema/device-care.ts'

/** Chunks kept of a device, the newest by their own time: a day of driving in stretches of ten seconds, some 60 MB. */
const maxChunksADevice = 8_640

/** Stores raw chunks as they came; the oldest of the same device make room. */
export async function storeRawChunks(
  tx: Database,
  { deviceId, boot, firstSeq }: { deviceId: string; boot: number; firstSeq: number },
  records: readonly RawChunk[],
): Promise<void> {
  if (records.length === 0) return
  const rows = records.map((record, i) => ({
    deviceId,
    bootId: boot,
    seq: firstSeq + i,
    at: new Date(record.at),
    chunk: encodeRecord('raw', record),
  }))
  await tx.insert(rawChunks).values(rows).onConflictDoNothing()
  await tx.execute(sql`
    DELETE FROM raw_chunks WHERE device_id = ${deviceId} AND at < (
      SELECT at FROM raw_chunks WHERE device_id = ${deviceId} ORDER BY at DESC OFFSET ${maxChunksADevice - 1} LIMIT 1)`)
}
