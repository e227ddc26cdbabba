import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { deadLetters } from '../db/schema/devices.ts'
import type { Rejected } from './judge.ts'

/** Letters kept of a device, the newest: enough to see what is wrong with it, and it cannot fill the disk. */
const maxLettersADevice = 500
/** Bytes of a message that are kept: all that the embedded broker lets through. */
const maxPayloadBytes = 256 * 1024
/** Characters of the explanation. */
const maxDetail = 500

/**
 * Stores what could not be stored, with the reason; the oldest letters of the same device make room.
 *
 * @returns how many had to
 */
export async function keepDeadLetters(tx: Database, rejected: readonly Rejected[]): Promise<number> {
  if (rejected.length === 0) return 0
  await tx.insert(deadLetters).values(
    rejected.map(({ deviceId, topic, reason, detail, sizeBytes, payload }) => ({
      deviceId,
      topic: clean(topic),
      reason,
      detail: clean(detail).slice(0, maxDetail),
      sizeBytes,
      payload: payload && payload.length <= maxPayloadBytes ? payload : null,
    })),
  )
  let madeRoom = 0
  for (const deviceId of new Set(rejected.map((letter) => letter.deviceId))) {
    const gone = await selectRows(tx, makingRoom(deviceId))
    madeRoom += gone.length
  }
  return madeRoom
}

/**
 * Deletes the letters of a device that are too many, or of those that name none where it is null. It names the two cases apart: no index
 * knows `IS NOT DISTINCT FROM`, and ingest would read the whole table while it holds its lanes.
 */
export function makingRoom(deviceId: string | null): SQL {
  const ofDevice = deviceId === null ? sql`device_id IS NULL` : sql`device_id = ${deviceId}`
  return sql`
    DELETE FROM dead_letters WHERE ${ofDevice} AND id <= (
      SELECT id FROM dead_letters WHERE ${ofDevice} ORDER BY id DESC OFFSET ${maxLettersADevice} LIMIT 1)
    RETURNING id`
}

/** Text columns hold no NUL. */
const clean = (text: string): string => text.replaceAll('\0', '�')
