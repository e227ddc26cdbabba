import type { CommandAnswer, DeviceReport, DeviceState } from '@fairmile/contract/device-messages.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'
import { deviceCommands } from '../db/schema/device-care.ts'

/** What a device says of itself. */
export type Word = { stream: 'state'; word: DeviceState } | { stream: 'report'; word: DeviceReport }

/** A device that said how it is. */
export type Seen = Word & { kind: 'seen'; deviceId: string; sizeBytes: number }

/**
 * Keeps the newest word of each device, and what it says has become of commands. In the order of the devices, so that two processes do not
 * wait for each other.
 */
export async function keepWords(tx: Database, seen: readonly Seen[]): Promise<void> {
  const newest = new Map(seen.map((one) => [`${one.deviceId}/${one.stream}`, one]))
  if (newest.size === 0) return
  const words = [...newest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, word]) => word)
  const rows = rowsAs('r', words, {
    device_id: ['text', ({ deviceId }) => deviceId],
    stream: ['text', ({ stream }) => stream],
    word: ['text', ({ word }) => JSON.stringify(word)],
  })
  await tx.execute(sql`
    INSERT INTO device_words (device_id, stream, word) SELECT device_id, stream, word::jsonb FROM ${rows}
    ON CONFLICT (device_id, stream) DO UPDATE SET word = excluded.word, received_at = now()`)
  for (const { deviceId, stream, word } of words)
    if (stream === 'state') {
      const answers = (word.answers ?? []).toSorted((one, other) => (one.id < other.id ? -1 : 1))
      for (const answer of answers) await keepAnswer(tx, deviceId, answer)
    }
}

async function keepAnswer(tx: Database, deviceId: string, { id, result, detail }: CommandAnswer): Promise<void> {
  await tx
    .update(deviceCommands)
    .set({ answeredAt: sql`now()`, result, detail })
    .where(and(eq(deviceCommands.id, id), eq(deviceCommands.deviceId, deviceId), isNull(deviceCommands.answeredAt)))
}
