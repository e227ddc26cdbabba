import type { PackedChunk } from '@fairmile/contract/batch.ts'
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
  chunks: readonly PackedChunk[],
): Promise<void> {
  if (chunks.length === 0) return
  const rows = chunks.map(({ at, bytes }, i) => ({
    deviceId,
    bootId: boot,
    seq: firstSeq + i,
    at: new Date(at),
    chunk: bytes,
  }))
  await tx.insert(rawChunks).values(rows).onConflictDoNothing()
  await tx.execute(sql`
    DELETE FROM raw_chunks WHERE device_id = ${deviceId} AND arrival < (
      SELECT arrival FROM raw_chunks WHERE device_id = ${deviceId} ORDER BY arrival DESC OFFSET ${keep - 1} LIMIT 1)`)
}
