import { peekBatch } from '@fairmile/contract/batch.ts'
import type { DeadLetter, DeadLetterDetail, DeadLetterFilter } from '@fairmile/contract/http/dead-letters.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, desc, eq, getTableColumns, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { deadLetters } from '../db/schema/devices.ts'
import { decodeCursor, numberOf, toPage } from '../http/page.ts'

const { payload, ...described } = getTableColumns(deadLetters)
/** Everything but the message itself. */
export const letterColumns = { ...described, hasPayload: sql<boolean>`${payload} IS NOT NULL` }

/** A page of dead letters without their payloads, the newest first. */
export async function listDeadLetters(
  db: Database,
  { cursor, limit, ...filter }: PageQuery & DeadLetterFilter,
): Promise<Page<DeadLetter>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select(letterColumns)
    .from(deadLetters)
    .where(and(after === undefined ? undefined : lt(deadLetters.id, numberOf(after)), matching(filter)))
    .orderBy(desc(deadLetters.id))
    .limit(limit + 1)
  return toPage(rows, { limit, keyOf: ({ id }) => [String(id)], itemOf: shown })
}

/** One letter, and what its batch says of itself; null where there is none. */
export async function readDeadLetter(db: Database, id: number): Promise<DeadLetterDetail | null> {
  const [row] = await db
    .select({ ...letterColumns, payload })
    .from(deadLetters)
    .where(eq(deadLetters.id, id))
  if (!row) return null
  const { payload: bytes, ...letter } = row
  return { ...shown(letter), batch: bytes && saidOf(bytes) }
}

/** The message of a letter as it came; null where there is none, or it was not kept. */
export async function readPayload(db: Database, id: number): Promise<Buffer | null> {
  const [row] = await db.select({ payload }).from(deadLetters).where(eq(deadLetters.id, id))
  return row?.payload ?? null
}

/** What a filter means. */
export const matching = ({ reason, deviceId, replayed }: DeadLetterFilter): SQL | undefined =>
  and(
    reason === undefined ? undefined : eq(deadLetters.reason, reason),
    deviceId === undefined ? undefined : eq(deadLetters.deviceId, deviceId),
    replayed === undefined ? undefined : (replayed ? isNotNull : isNull)(deadLetters.replayedAt),
  )

type Row = Omit<typeof deadLetters.$inferSelect, 'payload'> & { hasPayload: boolean }

const shown = ({ id, receivedAt, replayedAt, ...row }: Row): DeadLetter => ({
  id: String(id),
  receivedAt: receivedAt.toISOString(),
  ...row,
  replayedAt: replayedAt?.toISOString() ?? null,
})

function saidOf(bytes: Buffer): DeadLetterDetail['batch'] {
  try {
    const { device: deviceId, lane, boot, firstSeq, count, payloadSchema } = peekBatch(bytes)
    return { deviceId, lane, boot, firstSeq, lastSeq: firstSeq + count - 1, fingerprint: payloadSchema.toString('hex') }
  } catch {
    return null
  }
}
