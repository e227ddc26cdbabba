import { sha256 } from '@fairmile/contract/chain.ts'
import type { DeadLetterReplay, DeadLetterReplayBody, ReplayedLetter } from '@fairmile/contract/http/dead-letters.ts'
import { parseUpTopic, type UpTopic } from '@fairmile/contract/topics.ts'
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { type Database, selectRows } from '../db/database.ts'
import type { OpenDatabase } from '../db/open.ts'
import { deviceGaps, deviceWords } from '../db/schema/device-care.ts'
import { deadLetters, deviceBatches } from '../db/schema/devices.ts'
import { revokedAmong } from '../devices/revoke-device.ts'
import { createIngestCounters } from '../ingest/counters.ts'
import { createIngest } from '../ingest/ingest.ts'
import { createLog } from '../log.ts'
import { letterColumns, matching, readPayload } from './read.ts'

/** Letters of one call: some seconds of work. */
const maxLetters = 500
/** What the broker did not let through is not ingest's to take: of a foreign topic it would speak for another device. */
const refusedByBroker: ReadonlySet<string> = new Set(['foreign_topic', 'oversized_packet'])

export interface ReplayOptions extends DeadLetterReplayBody {
  /** Who asked for it, as the letter keeps it. */
  by: string
  /** Wall clock, UTC epoch milliseconds. @default Date.now() */
  nowMs?: number
}

/** `replayDeadLetters` on a database. */
export type Replay = (options: ReplayOptions) => Promise<DeadLetterReplay>

type LogTopic = Extract<UpTopic, { stream: 'log' }>
type Letter = Omit<typeof deadLetters.$inferSelect, 'payload'> & { payload: Buffer }

/**
 * Runs dead letters through ingest again, the oldest first, as if they had just come, though what they tell was told when they did; nothing is stored twice. What is taken is
 * marked as replayed, what is refused again stays with the new reason. Devices hear nothing: they have let go of these long ago.
 * One message is in memory at a time, and none for a dry run.
 *
 * @throws {Error} where the database fails; the letters before are done, and the call may be made again
 */
export async function replayDeadLetters(
  database: OpenDatabase,
  { ids, by, dryRun = false, nowMs, ...filter }: ReplayOptions,
): Promise<DeadLetterReplay> {
  const { db } = database
  const found = await db
    .select(letterColumns)
    .from(deadLetters)
    .where(and(ids && inArray(deadLetters.id, ids.map(Number)), matching({ ...filter, replayed: false })))
    .orderBy(asc(deadLetters.id))
    .limit(maxLetters + 1)
  // Ingest drops what revoked devices send: nothing would come of it.
  const senders = new Set(found.flatMap(({ deviceId }) => deviceId ?? []))
  const revoked = new Set(await revokedAmong(db, [...senders]))
  const letters: ReplayedLetter[] = []
  for (const letter of found.slice(0, maxLetters)) {
    const { id, deviceId, reason, detail, hasPayload } = letter
    const about = { id: String(id), deviceId, reason, detail }
    const replayable = hasPayload && !refusedByBroker.has(reason) && !revoked.has(deviceId ?? '')
    if (replayable && dryRun) {
      letters.push({ ...about, outcome: 'would_replay' })
      continue
    }
    // Only now: all of them are up to 32 MiB. It is gone where the letter made room for a newer one meanwhile.
    const payload = replayable ? await readPayload(db, id) : null
    if (payload === null) letters.push({ ...about, outcome: 'not_replayable' })
    else {
      const refused = await replayOne(database, { ...letter, payload }, { by, nowMs })
      letters.push(
        refused
          ? { ...about, ...refused, outcome: 'rejected' }
          : { ...about, reason: null, detail: null, outcome: 'replayed' },
      )
    }
  }
  return { letters, more: found.length > maxLetters }
}

/** Gives why it was refused again; null where it was taken. */
async function replayOne(
  database: OpenDatabase,
  letter: Letter,
  { by, nowMs }: { by: string; nowMs: number | undefined },
): Promise<{ reason: string; detail: string } | null> {
  const { db } = database
  const hash = sha256(letter.payload)
  // That it was refused stands in the log of its lane, where it would count as known.
  const onLog = onLogOf(letter.topic)
  if (onLog)
    await db.delete(deviceBatches).where(and(sameBatch(deviceBatches, onLog, hash), isNotNull(deviceBatches.rejected)))
  const [before] = await selectRows<{ id: number; at: string }>(
    db,
    sql`SELECT coalesce(max(id), 0)::float8 AS id, clock_timestamp()::text AS at FROM dead_letters`,
  )
  const counters = createIngestCounters(new Registry())
  const ingest = createIngest({
    database,
    publish: async () => {},
    live: { publish: () => {} },
    counters,
    log: createLog({ level: 'silent' }),
    ...(nowMs !== undefined && { nowMs: () => nowMs }),
  })
  ingest.start()
  await ingest.take({ topic: letter.topic, payload: letter.payload, receivedMs: letter.receivedAt.getTime() })
  await ingest.stop()

  const again = await refusedAgain(db, letter, Number(before?.id))
  if (again) {
    const { id, reason, detail, acked } = again
    await db.transaction(async (tx) => {
      const tries = sql`${deadLetters.tries} + 1`
      const kept = await tx
        .update(deadLetters)
        .set({ reason, detail, tries, ...(acked && { acked }) })
        .where(eq(deadLetters.id, letter.id))
        .returning({ id: deadLetters.id })
      // Where the letter itself had to make room, the new one takes its place.
      if (kept.length > 0) await tx.delete(deadLetters).where(eq(deadLetters.id, id))
    })
    return { reason, detail }
  }
  const [{ value: known = 0 } = {}] = (await counters.again.get()).values
  if (known === 0 && !(await isTaken(db, letter, { hash, since: before!.at })))
    throw new Error(`Replaying dead letter ${letter.id}: the database did not take it; try again`)
  await db
    .update(deadLetters)
    .set({ replayedAt: sql`now()`, replayedBy: by, tries: sql`${deadLetters.tries} + 1` })
    .where(and(eq(deadLetters.id, letter.id), isNull(deadLetters.replayedAt)))
  return null
}

/** Whose log a topic is of, and of which lane; null where it is of none. */
function onLogOf(topic: string): LogTopic | null {
  const parsed = parseUpTopic(topic)
  return parsed?.stream === 'log' ? parsed : null
}

/** The batch, or gap, of these bytes in the log of its lane: by their hash alone the whole table would be read. */
export const sameBatch = (
  table: typeof deviceBatches | typeof deviceGaps,
  { device, lane }: LogTopic,
  hash: Buffer,
): SQL | undefined => and(eq(table.deviceId, device), eq(table.lane, lane), eq(table.hash, hash))

async function refusedAgain(db: Database, { topic, payload, sizeBytes }: Letter, afterId: number) {
  const { id, reason, detail, acked } = deadLetters
  const same = or(
    eq(deadLetters.payload, payload),
    and(isNull(deadLetters.payload), eq(deadLetters.sizeBytes, sizeBytes)),
  )
  const [found] = await db
    .select({ id, reason, detail, acked })
    .from(deadLetters)
    .where(and(gt(id, afterId), eq(deadLetters.topic, topic), same))
    .orderBy(desc(id))
    .limit(1)
  return found
}

/** Whether what a letter says is in the database. Nothing is kept of `live`. */
async function isTaken(
  db: Database,
  { topic }: Letter,
  { hash, since }: { hash: Buffer; since: string },
): Promise<boolean> {
  const parsed = parseUpTopic(topic)
  if (parsed?.stream === 'live') return true
  if (parsed?.stream === 'log') {
    const stored = and(sameBatch(deviceBatches, parsed, hash), isNull(deviceBatches.rejected))
    const [batch] = await db.select({ hash: deviceBatches.hash }).from(deviceBatches).where(stored).limit(1)
    if (batch) return true
    const same = sameBatch(deviceGaps, parsed, hash)
    const [gap] = await db.select({ hash: deviceGaps.hash }).from(deviceGaps).where(same).limit(1)
    return gap !== undefined
  }
  if (parsed === null) return false
  const { deviceId, stream, receivedAt } = deviceWords
  const heard = and(eq(deviceId, parsed.device), eq(stream, parsed.stream), gte(receivedAt, sql`${since}::timestamptz`))
  const [word] = await db.select({ stream }).from(deviceWords).where(heard).limit(1)
  return word !== undefined
}
