/** Why records of a lane are gone. */
export const gapReasons = [
  /** The disk, or the lane's share of it, was full: `raw` gives way first, then `telematics` is thinned. */
  'no_room',
  /** A ring of raw records came round. */
  'ring',
  /** The outbox's file was corrupt, or the bytes of a batch in it. */
  'corrupt',
] as const
export type GapReason = (typeof gapReasons)[number]

/**
 * A device's signed word that records of its log are gone: how many, which, and why.
 *
 * It takes the place of the batches that held them. Its `previousHash` is that of the first of them, its `endHash` the hash of the
 * last, which the batch behind it names: so the chain is closed, and nobody but the device can have made the hole.
 */
export interface Gap {
  reason: GapReason
  /** UTC epoch milliseconds of the device when it dropped them. */
  at: number
  /** Hash of the last batch that it stands for. */
  endHash: Buffer
  /** Numbers of the range that are gone; the others are the records that came with the gap. */
  dropped: number
}
