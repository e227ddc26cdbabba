import type { CommandAnswer, DeviceReport, DeviceState } from '@fairmile/contract/device-messages.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { deviceCommands, deviceWords } from '../db/schema/device-care.ts'

/** What a device says of itself. */
export type Word = { stream: 'state'; word: DeviceState } | { stream: 'report'; word: DeviceReport }

/** A device that said how it is. */
export type Seen = Word & { kind: 'seen'; deviceId: string }

/** Keeps the newest word of each device, and what it says has become of commands. */
export async function keepWords(tx: Database, seen: readonly Seen[]): Promise<void> {
  const newest = new Map(seen.map((one) => [`${one.deviceId}/${one.stream}`, one]))
  for (const { deviceId, stream, word } of newest.values()) {
    await tx
      .insert(deviceWords)
      .values({ deviceId, stream, word })
      .onConflictDoUpdate({
        target: [deviceWords.deviceId, deviceWords.stream],
        set: { word, receivedAt: sql`now()` },
      })
    if (stream === 'state') for (const answer of word.answers ?? []) await keepAnswer(tx, deviceId, answer)
  }
}

async function keepAnswer(tx: Database, deviceId: string, { id, result, detail }: CommandAnswer): Promise<void> {
  await tx
    .update(deviceCommands)
    .set({ answeredAt: sql`now()`, result, detail })
    .where(and(eq(deviceCommands.id, id), eq(deviceCommands.deviceId, deviceId), isNull(deviceCommands.answeredAt)))
}
