import { genesisHash } from '@fairmile/contract/chain.ts'
import { maxBatchRecords } from '@fairmile/contract/envelope.ts'
import { and, eq, gte, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { deviceGaps } from '../db/schema/device-care.ts'
import { deviceBatches } from '../db/schema/devices.ts'
import type { BatchRange, ClaimedRange } from './judge.ts'

/** A batch that is on record. */
export interface LoggedBatch {
  firstSeq: number
  lastSeq: number
  hash: Buffer
  rejected: string | null
  proven: boolean
}

/** What is known of a batch that comes in: it can be stored, it cannot though the device signed it, or nothing proves its numbers. */
export type Worth = 'good' | 'proven' | 'unproven'

/** What the record says of a batch that comes in. */
export type Standing =
  | { is: 'new' }
  /** These very bytes were seen before, `resent` times after the first; `rejected` is why they are a dead letter, null where they are stored. */
  | { is: 'again'; rejected: string | null; resent: number }
  /** Other bytes hold these sequence numbers. */
  | { is: 'conflict'; with: LoggedBatch }

/**
 * Looks up how a batch stands to what is on record of its lane and boot.
 *
 * What was only rejected gives way to a batch that is good, and what nobody signed to any that somebody did.
 */
export async function standingOf(tx: Database, range: BatchRange, worth: Worth): Promise<Standing> {
  const overlapping = await tx
    .select({
      firstSeq: deviceBatches.firstSeq,
      lastSeq: deviceBatches.lastSeq,
      hash: deviceBatches.hash,
      rejected: deviceBatches.rejected,
      proven: deviceBatches.proven,
      resent: deviceBatches.resent,
    })
    .from(deviceBatches)
    .where(
      and(
        sameLane(range),
        eq(deviceBatches.bootId, range.boot),
        gte(deviceBatches.firstSeq, range.firstSeq - maxBatchRecords),
        lte(deviceBatches.firstSeq, range.lastSeq),
        gte(deviceBatches.lastSeq, range.firstSeq),
      ),
    )
  const same = overlapping.find(({ hash }) => hash.equals(range.hash))
  if (same) return { is: 'again', rejected: same.rejected, resent: same.resent }
  const givesWay = ({ rejected, proven }: LoggedBatch) =>
    worth === 'good' ? rejected !== null : worth === 'proven' && !proven
  const held = overlapping.find((known) => !givesWay(known))
  if (held) return { is: 'conflict', with: held }
  for (const { firstSeq } of overlapping) await tx.delete(deviceBatches).where(atFirst({ ...range, firstSeq }))
  return { is: 'new' }
}

/** Counts that a batch came again. */
export async function countResent(tx: Database, range: BatchRange): Promise<void> {
  await tx
    .update(deviceBatches)
    .set({ resent: sql`${deviceBatches.resent} + 1` })
    .where(atFirst(range))
}

/** Records a rejected batch: its sequence numbers are spoken for, so that the ack can go past them. */
export async function logRejected(tx: Database, range: ClaimedRange, reason: string): Promise<void> {
  await logBatch(tx, range, { previousHash: null, gap: false, rejected: reason, proven: range.proven })
}

/**
 * Records a stored batch as a link of its lane's chain; where an open end waited for it, the end is closed.
 *
 * @returns true where the batch before it is not here (yet)
 */
export async function logStored(tx: Database, range: BatchRange, previousHash: Buffer): Promise<boolean> {
  const gap = !(await followsOn(tx, range, previousHash))
  await logBatch(tx, range, { previousHash, gap, rejected: null, proven: true })
  await closeOpenEnds(tx, range, range.hash)
  return gap
}

/** Closes the open ends that waited for a hash: of the batch, or of the last batch that a gap stands for. */
export async function closeOpenEnds(tx: Database, range: BatchRange, ...hashes: Buffer[]): Promise<void> {
  await tx
    .update(deviceBatches)
    .set({ gap: false })
    .where(and(sameLane(range), eq(deviceBatches.gap, true), inArray(deviceBatches.previousHash, hashes)))
  const { deviceId, lane } = range
  const open = and(eq(deviceGaps.deviceId, deviceId), eq(deviceGaps.lane, lane), eq(deviceGaps.open, true))
  await tx
    .update(deviceGaps)
    .set({ open: false })
    .where(and(open, inArray(deviceGaps.previousHash, hashes)))
}

async function logBatch(
  tx: Database,
  { deviceId, lane, boot: bootId, firstSeq, lastSeq, hash }: BatchRange,
  state: { previousHash: Buffer | null; gap: boolean; rejected: string | null; proven: boolean },
): Promise<void> {
  await tx.insert(deviceBatches).values({ deviceId, lane, bootId, firstSeq, lastSeq, hash, ...state })
}

/** Whether what names this hash follows on what is here. A chain begins once: a second beginning leaves the first one's end open. */
export async function followsOn(tx: Database, range: BatchRange, previousHash: Buffer): Promise<boolean> {
  const begins = previousHash.equals(genesisHash)
  const [batch] = await tx
    .select({ firstSeq: deviceBatches.firstSeq })
    .from(deviceBatches)
    .where(and(sameLane(range), eq(begins ? deviceBatches.previousHash : deviceBatches.hash, previousHash)))
    .limit(1)
  if (batch !== undefined) return !begins
  const { deviceId, lane, boot, firstSeq, lastSeq } = range
  const here = and(eq(deviceGaps.deviceId, deviceId), eq(deviceGaps.lane, lane))
  // A batch that was on its way when it was dropped comes to a gap that stands for it.
  const within = and(eq(deviceGaps.bootId, boot), lte(deviceGaps.firstSeq, firstSeq), gte(deviceGaps.lastSeq, lastSeq))
  const [gap] = await tx
    .select({ firstSeq: deviceGaps.firstSeq })
    .from(deviceGaps)
    .where(
      and(here, begins ? eq(deviceGaps.previousHash, previousHash) : or(eq(deviceGaps.endHash, previousHash), within)),
    )
    .limit(1)
  return begins ? gap === undefined : gap !== undefined
}

const sameLane = ({ deviceId, lane }: BatchRange): SQL | undefined =>
  and(eq(deviceBatches.deviceId, deviceId), eq(deviceBatches.lane, lane))

const atFirst = (range: BatchRange): SQL | undefined =>
  and(sameLane(range), eq(deviceBatches.bootId, range.boot), eq(deviceBatches.firstSeq, range.firstSeq))
