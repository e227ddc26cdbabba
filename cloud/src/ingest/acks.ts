import type { Lane } from '@fairmile/contract/topics.ts'
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { deviceGaps } from '../db/schema/device-care.ts'
import { deviceBatches, deviceLanes } from '../db/schema/devices.ts'

/**
 * How often a batch must come again before the numbers missing in front of it are given up. A device sends its oldest
 * unacked batch first, so what it sends past a hole it does not have; but an outside broker may lose a message now and then, and gives a share
 * of them to a process that has just died until it knows. Five rounds of sending again take longer than that.
 */
export const resentBeforeGap = 5

/**
 * Batches behind the ack that are looked at in one step: far more than the 16 that a device of ours has on their way. A
 * device that sent ahead of a hole without end would otherwise have all of them read for every message. Where more join,
 * the ack goes on from there with the next message, which comes, as they are not acked yet.
 */
export const maxAhead = 256

/** A lane in one boot of a device. */
export interface LaneBoot {
  deviceId: string
  lane: Lane
  boot: number
}

/** How far a lane is acked, and how many sequence numbers were given up on the way just now. */
export interface Progress {
  upTo: number
  missing: number
}

/**
 * Moves the ack of a lane and boot over every batch that is on record without a hole, and keeps it.
 *
 * Everything up to it is stored or dead-lettered: the device may delete. Behind a hole nothing is acked, as the batch in
 * it may still come, until the device has shown that it goes on without it.
 */
export async function advanceAck(tx: Database, { deviceId, lane, boot }: LaneBoot): Promise<Progress> {
  const here = and(eq(deviceLanes.deviceId, deviceId), eq(deviceLanes.lane, lane), eq(deviceLanes.bootId, boot))
  const [before] = await tx.select({ ackedSeq: deviceLanes.ackedSeq }).from(deviceLanes).where(here)
  const acked = before?.ackedSeq ?? 0
  const ahead = await tx
    .select({
      firstSeq: deviceBatches.firstSeq,
      lastSeq: deviceBatches.lastSeq,
      resent: deviceBatches.resent,
      proven: deviceBatches.proven,
    })
    .from(deviceBatches)
    .where(
      and(
        eq(deviceBatches.deviceId, deviceId),
        eq(deviceBatches.lane, lane),
        eq(deviceBatches.bootId, boot),
        gt(deviceBatches.firstSeq, acked),
      ),
    )
    .orderBy(asc(deviceBatches.firstSeq))
    .limit(maxAhead)
  const gaps = await gapsAhead(tx, { deviceId, lane, boot }, acked)
  const { upTo, missing } = contiguous(acked, inOrder(ahead, gaps))
  if (upTo > acked)
    await tx
      .insert(deviceLanes)
      .values({ deviceId, lane, bootId: boot, ackedSeq: upTo, missing })
      .onConflictDoUpdate({
        target: [deviceLanes.deviceId, deviceLanes.lane, deviceLanes.bootId],
        set: { ackedSeq: upTo, missing: sql`${deviceLanes.missing} + ${missing}`, updatedAt: sql`now()` },
      })
  return { upTo, missing }
}

/** Gaps that the device has told of; where a batch of one came too, both are there. */
async function gapsAhead(tx: Database, { deviceId, lane, boot }: LaneBoot, acked: number): Promise<Ahead[]> {
  const { firstSeq, lastSeq } = deviceGaps
  const mine = and(eq(deviceGaps.deviceId, deviceId), eq(deviceGaps.lane, lane), eq(deviceGaps.bootId, boot))
  const resent: SQL<number> = sql<number>`0`.mapWith(Number)
  const proven: SQL<boolean> = sql<boolean>`true`
  return tx
    .select({ firstSeq, lastSeq, resent, proven })
    .from(deviceGaps)
    .where(and(mine, gt(lastSeq, acked)))
    .orderBy(asc(firstSeq))
    .limit(maxAhead)
}

/** Both were cut after `maxAhead`: what lies behind the end of a list that was is not looked at yet. */
function inOrder(batches: readonly Ahead[], gaps: readonly Ahead[]): Ahead[] {
  if (gaps.length === 0) return [...batches]
  const ends = [batches, gaps].filter(({ length }) => length === maxAhead).map((list) => list.at(-1)!.firstSeq)
  const end = Math.min(...ends, Number.POSITIVE_INFINITY)
  return [...batches, ...gaps].filter(({ firstSeq }) => firstSeq <= end).sort((a, b) => a.firstSeq - b.firstSeq)
}

interface Ahead {
  firstSeq: number
  lastSeq: number
  resent: number
  /** Whether the device signed that these are its numbers of this lane. */
  proven: boolean
}

/**
 * Goes from batch to batch while they join, or the hole between them is given up.
 *
 * What is not proven may be a batch with a flipped bit whose good copy still waits in the car, which deletes what is acked. So it stands
 * for nothing until it came so often that the device has no other; then for the numbers right behind the ack alone, and none that a proven
 * one begins with. A hole is given up as if it were not there.
 */
export function contiguous(acked: number, ahead: readonly Ahead[]): Progress {
  let upTo = acked
  let missing = 0
  for (const [place, { firstSeq, lastSeq, resent, proven }] of ahead.entries()) {
    const hole = firstSeq - upTo - 1
    const isLasting = resent >= resentBeforeGap
    if (!proven && (hole !== 0 || !isLasting)) continue
    if (hole > 0 && !isLasting) break
    missing += Math.max(0, hole)
    upTo = Math.max(upTo, proven ? lastSeq : Math.min(lastSeq, endBefore(ahead.slice(place + 1))))
  }
  return { upTo, missing }
}

/** The number in front of the first proven one. */
const endBefore = (ahead: readonly Ahead[]): number =>
  (ahead.find(({ proven }) => proven)?.firstSeq ?? Number.POSITIVE_INFINITY) - 1
