import { openBatch } from '@fairmile/contract/batch.ts'
import { genesisHash } from '@fairmile/contract/chain.ts'
import { type Lane, lanes } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { openExampleOutbox } from '../../src/outbox/example-outbox.ts'

/** What a lane of an outbox's first boot holds, by its signed batches and gaps. */
export interface LaneHeld {
  kept: number
  /** By the gaps. */
  dropped: number
  /** Batches that do not follow on the one before, by number or by hash. */
  broken: number
  /** Nothing kept stands before anything dropped. */
  droppedOldestFirst: boolean
}

/** Opens the outbox as the next boot does, tries for so long to get it to commit, and reads all lanes. */
export function readLanes(
  folder: string,
  keys: { publicKey: string; privateKey: string },
  backMs: number,
): Record<Lane, LaneHeld> {
  const outbox = openExampleOutbox({ folder, privateKey: keys.privateKey })
  const startedMs = performance.now()
  while (!outbox.flush() && performance.now() - startedMs < backMs);
  outbox.setReader(wireVersion)
  const read = (lane: Lane): LaneHeld => {
    const held = { kept: 0, dropped: 0, broken: 0, droppedOldestFirst: true }
    let next = 1
    let head: Buffer = genesisHash
    for (let batch = outbox.nextBatch(lane, 0); batch; batch = outbox.nextBatch(lane, batch.id)) {
      const { gap, hash, previousHash, firstSeq, lastSeq, records } = openBatch(batch.bytes, keys)
      if (firstSeq !== next || !previousHash.equals(head)) held.broken++
      if (gap !== null && records.length === 0 && held.kept > 0) held.droppedOldestFirst = false
      held.kept += records.length
      held.dropped += gap?.dropped ?? 0
      next = lastSeq + 1
      head = gap?.endHash ?? hash
    }
    return held
  }
  try {
    return Object.fromEntries(lanes.map((lane) => [lane, read(lane)])) as Record<Lane, LaneHeld>
  } finally {
    outbox.close()
  }
}
