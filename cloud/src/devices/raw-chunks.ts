import { decodeRecord } from '@fairmile/contract/codec.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { RawChunkSummary } from '@fairmile/contract/http/raw-chunks.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rawChunks } from '../db/schema/device-care.ts'
import { decodeCursor, momentOf, numberOf, toPage } from '../http/page.ts'

/** A page of the full-rate stretches that are here of a device, the newest by its clock first. */
export async function rawChunkPage(
  db: Database,
  deviceId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<RawChunkSummary>> {
  const after = decodeCursor(cursor, 3)
  const { at, bootId, seq } = rawChunks
  const before = after && beforeKey(momentOf(after[0]), numberOf(after[1]!), numberOf(after[2]!))
  const rows = await db
    .select()
    .from(rawChunks)
    .where(and(eq(rawChunks.deviceId, deviceId), before))
    .orderBy(desc(at), desc(bootId), desc(seq))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: (row) => [row.at.toISOString(), String(row.bootId), String(row.seq)],
    itemOf: (row) => ({
      boot: row.bootId,
      seq: row.seq,
      at: row.at.toISOString(),
      seconds: lengthS(decodeRecord('raw', row.chunk)),
      bytes: row.chunk.length,
    }),
  })
}

/** One stretch in columns; null where it is not here. */
export async function rawChunk(
  db: Database,
  { deviceId, boot, seq }: { deviceId: string; boot: number; seq: number },
): Promise<RawChunk | null> {
  const [row] = await db
    .select({ chunk: rawChunks.chunk })
    .from(rawChunks)
    .where(and(eq(rawChunks.deviceId, deviceId), eq(rawChunks.bootId, boot), eq(rawChunks.seq, seq)))
  return row ? decodeRecord('raw', row.chunk) : null
}

function beforeKey(moment: Date, boot: number, number: number) {
  const { at, bootId, seq } = rawChunks
  return or(
    lt(at, moment),
    and(eq(at, moment), lt(bootId, boot)),
    and(eq(at, moment), eq(bootId, boot), lt(seq, number)),
  )
}

/** Seconds from `at` to the last reading. */
const lengthS = ({ imu, fixes }: RawChunk): number =>
  Math.max(0, imu.offsetMs.at(-1) ?? 0, fixes.offsetMs.at(-1) ?? 0) / 1000
