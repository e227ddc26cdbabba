import type { Gap } from '@fairmile/contract/gap.ts'
import { and, eq, gte, lte, type SQL } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { deviceGaps } from '../db/schema/device-care.ts'
import { closeOpenEnds, followsOn } from './batch-log.ts'
import type { BatchRange } from './judge.ts'

/** How a gap that comes in stands to those on record. */
export type GapStanding = 'new' | 'again' | 'conflict'

/**
 * Records a device's word that records are gone, in place of the batches that held them.
 *
 * A device that drops more joins it to the gap before, so a new one may take the place of those within it. Batches of its range that
 * came before they were dropped, or on the way, stay.
 * @returns whether it is new here, and whether the batch before it is not here (yet)
 */
export async function logGap(
  tx: Database,
  range: BatchRange,
  { gap, previousHash }: { gap: Gap; previousHash: Buffer },
): Promise<{ is: GapStanding; open: boolean }> {
  const { deviceId, lane, boot: bootId, firstSeq, lastSeq, hash } = range
  const overlapping = await tx
    .select({ firstSeq: deviceGaps.firstSeq, lastSeq: deviceGaps.lastSeq })
    .from(deviceGaps)
    .where(and(sameLane(range), lte(deviceGaps.firstSeq, lastSeq), gte(deviceGaps.lastSeq, firstSeq)))
  if (overlapping.some((known) => known.firstSeq <= firstSeq && known.lastSeq >= lastSeq))
    return { is: 'again', open: false }
  if (overlapping.some((known) => known.firstSeq < firstSeq || known.lastSeq > lastSeq))
    return { is: 'conflict', open: false }
  for (const known of overlapping)
    await tx.delete(deviceGaps).where(and(sameLane(range), eq(deviceGaps.firstSeq, known.firstSeq)))
  const open = !(await followsOn(tx, range, previousHash))
  const { reason, dropped, at, endHash } = gap
  const droppedAt = new Date(at)
  await tx.insert(deviceGaps).values({
    deviceId,
    lane,
    bootId,
    firstSeq,
    lastSeq,
    hash,
    previousHash,
    endHash,
    reason,
    dropped,
    droppedAt,
    open,
  })
  await closeOpenEnds(tx, range, endHash)
  return { is: 'new', open }
}

const sameLane = ({ deviceId, lane, boot }: BatchRange): SQL | undefined =>
  and(eq(deviceGaps.deviceId, deviceId), eq(deviceGaps.lane, lane), eq(deviceGaps.bootId, boot))
