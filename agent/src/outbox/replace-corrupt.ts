import { openBatch, sealGap } from '@fairmile/contract/batch.ts'
import { genesisHash, publicKeyOf, sha256, signatureLength, verify } from '@fairmile/contract/chain.ts'
import { decodeEnvelope, signedPart } from '@fairmile/contract/envelope.ts'
import type Database from 'better-sqlite3'
import { mostThinned } from './lanes.ts'
import { batchColumns, type Store, type StoredBatch } from './store.ts'

export interface ReplaceCorruptOptions {
  db: Database.Database
  store: Pick<Store, 'replace'>
  device: string
  /** Raw Ed25519 key in base64url. */
  privateKey: string
  wallMs: () => number
  /** Told of each batch that was replaced. */
  warn: (message: string) => void
}

/**
 * Puts a signed gap in the place of a batch whose bytes are no longer those that were sealed: SQLite's own check does not see a bit that
 * has flipped in them. True where it did. In the caller's transaction, or one of its own.
 */
export type ReplaceCorrupt = (batch: StoredBatch) => boolean

/** Makes the one place where batches that are corrupt at rest are found. */
export function createReplaceCorrupt(options: ReplaceCorruptOptions): ReplaceCorrupt {
  const { db, store, device, privateKey, wallMs, warn } = options
  const publicKey = publicKeyOf(privateKey)
  const neighbour = (side: string) =>
    db.prepare<[string, number], StoredBatch>(`SELECT ${batchColumns} FROM batches WHERE lane = ? AND ${side} LIMIT 1`)
  const before = neighbour('id < ? ORDER BY id DESC')
  const behind = neighbour('id > ? ORDER BY id')
  const head = db.prepare<[string], Buffer>('SELECT last_hash FROM chains WHERE lane = ?').pluck()

  /** What is named by what follows a batch; null where it proves nothing. */
  const endOf = ({ bytes }: StoredBatch): Buffer | null => {
    try {
      const { gap, hash } = openBatch(bytes, { publicKey })
      return gap?.endHash ?? hash
    } catch {
      return null
    }
  }

  /** The hash that the lane has kept elsewhere as that of a batch's end: in what is behind it, or as its head. */
  const namedEnd = (batch: StoredBatch): Buffer => {
    const next = behind.get(batch.lane, batch.id)
    const named = next && joins(batch, next) ? saidBefore(next) : null
    return named ?? head.get(batch.lane) ?? genesisHash
  }

  const replace = db.transaction((batch: StoredBatch, endHash: Buffer): void => {
    const { id, lane, boot, firstSeq, lastSeq, fromAt, toAt } = batch
    const previous = before.get(lane, id)
    const end = previous && joins(previous, batch) ? endOf(previous) : null
    const previousHash = end ?? saidBefore(batch) ?? endHash
    // Its numbers are those of its row: what its bytes say of them nobody has signed.
    const place = { device, boot, lane, firstSeq, lastSeq, previousHash, privateKey }
    const { bytes, wire } = sealGap({ ...place, gap: { reason: 'corrupt', at: wallMs(), endHash }, kept: [] })
    const gone = { thinned: mostThinned, dropped: lastSeq - firstSeq + 1 }
    store.replace([batch], { lane, boot, firstSeq, lastSeq, wire, ...gone, fromAt, toAt, bytes })
  })

  return (batch) => {
    const endHash = namedEnd(batch)
    // By its hash first: that costs far less than a signature, and knows what a former key of this device signed, too.
    if (sha256(batch.bytes).equals(endHash) || isSigned(batch.bytes, publicKey)) return false
    replace.immediate(batch, endHash)
    const { lane, boot, firstSeq, lastSeq } = batch
    warn(
      `Reading records ${firstSeq} to ${lastSeq} of ${lane}, boot ${boot}: their batch is corrupt, a gap tells of it`,
    )
    return true
  }
}

const isSigned = (bytes: Buffer, publicKey: string): boolean =>
  verify(signedPart(bytes), bytes.subarray(-signatureLength), publicKey)

/** Whether nothing can have been between two batches of a lane. */
const joins = (one: StoredBatch, next: StoredBatch): boolean =>
  next.firstSeq === (next.boot === one.boot ? one.lastSeq + 1 : 1)

/** What a batch says is the hash before it, proved or not; null where it cannot be read. */
function saidBefore({ bytes }: StoredBatch): Buffer | null {
  try {
    return decodeEnvelope(bytes).previousHash
  } catch {
    return null
  }
}
