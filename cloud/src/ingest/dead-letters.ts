import { type SQL, sql } from 'drizzle-orm'
import type { CopyIn } from '../db/copy.ts'
import { createCopyRows } from '../db/copy-rows.ts'
import { type Database, selectRows } from '../db/database.ts'
import { deadLetters } from '../db/schema/devices.ts'
import type { Rejected } from './judge.ts'

/**
 * Letters kept of what a device was not acked, the newest: enough to see what is wrong with it, and it cannot fill the disk (32 MiB). It has
 * the messages still.
 */
const maxUnackedADevice = 500
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
 * @param copy takes them in bulk, payloads as they are: as the value of a statement one lies in memory ten times over. @default one statement
 * @returns how many had to
 */
export async function keepDeadLetters(
  tx: Database,
  letters: readonly Letter[],
  { copy }: { copy?: CopyIn } = {},
): Promise<number> {
  if (letters.length === 0) return 0
  const rows = letters.map(({ deviceId, topic, reason, detail, sizeBytes, payload, acked }) => ({
    ...{ deviceId, acked, reason, sizeBytes, payload },
    topic: clean(topic),
    detail: clean(detail).slice(0, maxDetail),
  }))
  if (copy) await copyLetters(copy, rows)
  else await tx.insert(deadLetters).values(rows)
  let madeRoom = 0
  for (const deviceId of new Set(letters.flatMap((letter) => (letter.acked ? [] : [letter.deviceId])))) {
    const gone = await selectRows(tx, makingRoom(deviceId))
    madeRoom += gone.length
  }
  return madeRoom
}

const target = {
  table: 'dead_letters',
  columns: ['device_id', 'acked', 'topic', 'reason', 'detail', 'size_bytes', 'payload'],
}
/** Bytes of a row beside the payload, roughly. */
const rowBytes = 1024

type Row = Omit<Letter, 'kind' | 'range'>

async function copyLetters(copy: CopyIn, letters: readonly Row[]): Promise<void> {
  const rows = createCopyRows(letters.reduce((sum, { payload }) => sum + rowBytes + (payload?.length ?? 0), 0))
  for (const { deviceId, acked, topic, reason, detail, sizeBytes, payload } of letters)
    rows.add([
      deviceId === null ? null : { text: deviceId },
      { boolean: acked },
      { text: topic },
      { text: reason },
      { text: detail },
      { int4: sizeBytes },
      payload && { bytea: payload },
    ])
  await copy(target, rows.end())
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
