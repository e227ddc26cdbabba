import { encodeRecord } from '@fairmile/contract/codec.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rawChunks } from '../db/schema/device-care.ts'

/** Chunks kept of a device, those that came last: a day of driving in stretches of ten seconds, some 60 MB. */
const maxChunksADevice = 8_640

interface ChunkSource {
  deviceId: string
  boot: number
  firstSeq: number
  /** Chunks of the device that stay. */
  keep?: number
}

/** Stores raw chunks as they came; those of the same device that came first make room. */
export async function storeRawChunks(
  tx: Database,
  { deviceId, boot, firstSeq, keep = maxChunksADevice }: ChunkSource,
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
    DELETE FROM raw_chunks WHERE device_id = ${deviceId} AND arrival < (
      SELECT arrival FROM raw_chunks WHERE device_id = ${deviceId} ORDER BY arrival DESC OFFSET ${keep - 1} LIMIT 1)`)
}
