import { maxBatchBytes } from '@fairmile/contract/envelope.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { deadLetters } from '../db/schema/devices.ts'
import type { Rejected } from './judge.ts'

/**
 * Letters kept of what a device was not acked, the newest: enough to see what is wrong with it, and it cannot fill the disk (32 MiB). It has
 * the messages still.
 */
const maxUnackedADevice = 500
/** Bytes of a message that are kept: what is larger is no batch, and was not acked. */
const maxPayloadBytes = maxBatchBytes
/** Characters of the explanation. */
const maxDetail = 500

/** What became of a message that can't be stored. */
export interface Letter extends Rejected {
  /**
   * Whether its device, which signed it, was told to let go of it, or will be once what is before it came: the letter is all that is left then.
   * Never of what nobody signed, though the ack may be past it: that would fill the disk for who has a password and no key.
   */
  acked: boolean
}

/**
 * Stores what could not be stored, with the reason. The oldest letters of the same device make room, but never one of what was acked: the
 * device has deleted it on our word.
 *
 * @returns how many had to
 */
export async function keepDeadLetters(tx: Database, letters: readonly Letter[]): Promise<number> {
  if (letters.length === 0) return 0
  await tx.insert(deadLetters).values(
    letters.map(({ deviceId, topic, reason, detail, sizeBytes, payload, acked }) => ({
      deviceId,
      acked,
      topic: clean(topic),
      reason,
      detail: clean(detail).slice(0, maxDetail),
      sizeBytes,
      payload: payload && payload.length <= maxPayloadBytes ? payload : null,
    })),
  )
  let madeRoom = 0
  for (const deviceId of new Set(letters.flatMap((letter) => (letter.acked ? [] : [letter.deviceId])))) {
    const gone = await selectRows(tx, makingRoom(deviceId))
    madeRoom += gone.length
  }
  return madeRoom
}

/**
 * Deletes the letters of what was not acked that are too many of a device, or of those that name none where it is null. It names the two cases apart: no index
 * knows `IS NOT DISTINCT FROM`, and ingest would read the whole table while it holds its lanes.
 */
export function makingRoom(deviceId: string | null): SQL {
  const ofDevice = deviceId === null ? sql`device_id IS NULL` : sql`device_id = ${deviceId}`
  return sql`
    DELETE FROM dead_letters WHERE ${ofDevice} AND NOT acked AND id <= (
      SELECT id FROM dead_letters WHERE ${ofDevice} AND NOT acked ORDER BY id DESC OFFSET ${maxUnackedADevice} LIMIT 1)
    RETURNING id`
}

/** Deletes the letters of the very same message, which a newer one is to take the place of: none of what was acked. */
export async function forgetLetters(tx: Database, { deviceId, topic, payload }: Rejected): Promise<void> {
  if (deviceId === null || payload === null) return
  await tx.execute(forgetting({ deviceId, topic, payload }))
}

/** Of the letters of a device, which may be many, it reads those that make room alone: its lane is locked meanwhile. */
export const forgetting = ({
  deviceId,
  topic,
  payload,
}: {
  deviceId: string
  topic: string
  payload: Buffer
}): SQL => sql`
  DELETE FROM dead_letters
  WHERE device_id = ${deviceId} AND NOT acked AND topic = ${topic} AND payload = ${payload} AND replayed_at IS NULL`

/** Text columns hold no NUL. */
const clean = (text: string): string => text.replaceAll('\0', '�')
