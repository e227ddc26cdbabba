import type { Lane } from '@fairmile/contract/topics.ts'

/** How a lane is kept, by worth. */
interface LanePolicy {
  /** Records of a batch. Telematics: a minute, where the columns have paid for their overhead. Others go at once, so few ever wait. */
  batchRecords: number
  /** Records held in memory while the disk has no room; what comes after is refused and counted. Telematics: an hour. */
  maxPending: number
  /** Share of the outbox's bytes that its batches may take before it gives way; `urgent` and `trips` may take all of it. */
  share: number
  /** What happens when there is no room. */
  givesWay: 'never' | 'thinned' | 'oldest first'
}

/** The one table of what each lane may take, and of how it gives way; the last gives way first. */
export const lanePolicies = {
  urgent: { batchRecords: 50, maxPending: 1000, share: 1, givesWay: 'never' },
  trips: { batchRecords: 20, maxPending: 1000, share: 1, givesWay: 'never' },
  telematics: { batchRecords: 60, maxPending: 3600, share: 0.5, givesWay: 'thinned' },
  raw: { batchRecords: 6, maxPending: 12, share: 0.25, givesWay: 'oldest first' },
} as const satisfies Record<Lane, LanePolicy>

/** Bytes of the whole file where the disk has them: months offline at 1 Hz, and a small part of any card. */
const mostBytes = 512 * 1024 * 1024
/** The empty tables, and a little. */
const leastBytes = 256 * 1024
/** Share of what is free, and of what the outbox has already, that it may take: the computer needs the rest. */
const shareOfFree = 0.5

/** Bytes that the outbox may take of a disk. @param freeBytes free to this process, without what the outbox has */
export const outboxCap = (freeBytes: number, ownBytes: number): number =>
  Math.min(mostBytes, Math.max(leastBytes, Math.floor((freeBytes + ownBytes) * shareOfFree)))

/** A stretch of telematics is thinned to a half, a quarter, an eighth and a sixteenth; the step after takes the rest, and leaves the bare gap. */
export const mostThinned = 5
