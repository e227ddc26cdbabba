import { sealBatch } from '@fairmile/contract/batch.ts'
import { BatchError } from '@fairmile/contract/batch-error.ts'
import { genesisHash } from '@fairmile/contract/chain.ts'
import { decodeRecord, type LaneRecords } from '@fairmile/contract/codec.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import type Database from 'better-sqlite3'

/** Records of a batch. Telematics: a minute, where the columns have paid for their overhead. Others go at once, so few ever wait. */
const batchRecords = { urgent: 50, trips: 20, telematics: 60, raw: 60 } as const satisfies Record<Lane, number>

export interface SealerOptions {
  db: Database.Database
  device: string
  /** Raw Ed25519 key in base64url. */
  privateKey: string
  /** Told of a record that no batch can carry; it is taken out so that the lane goes on, and the cloud sees the gap. */
  unsealable: (lane: Lane, boot: number, seq: number, error: unknown) => void
}

/** Turns committed records of one boot and lane into signed batches; runs inside the caller's transaction. */
export type Sealer = (lane: Lane, boot: number, which: 'full' | 'all') => void

interface Row {
  seq: number
  body: Buffer
}

/** Makes the one place where records become batches. */
export function createSealer({ db, device, privateKey, unsealable }: SealerOptions): Sealer {
  const select = db.prepare<[string, number, number], Row>(
    'SELECT seq, body FROM records WHERE lane = ? AND boot = ? ORDER BY seq LIMIT ?',
  )
  const remove = db.prepare('DELETE FROM records WHERE lane = ? AND boot = ? AND seq <= ?')
  const head = db.prepare<[string], { last_hash: Buffer }>('SELECT last_hash FROM chains WHERE lane = ?')
  const setHead = db.prepare('INSERT OR REPLACE INTO chains (lane, last_hash) VALUES (?, ?)')
  const insert = db.prepare('INSERT INTO batches (lane, boot, first_seq, last_seq, bytes) VALUES (?, ?, ?, ?, ?)')

  const sealRun = (lane: Lane, boot: number, rows: readonly Row[]): number => {
    const firstSeq = rows[0]!.seq
    const previousHash = head.get(lane)?.last_hash ?? genesisHash
    for (let count = rows.length; count > 0; count = Math.floor(count / 2)) {
      try {
        const records = rows.slice(0, count).map(({ body }) => decodeRecord(lane, body)) as LaneRecords[Lane][]
        const sealed = sealBatch<Lane>({ device, boot, lane, firstSeq, records, previousHash, privateKey })
        insert.run(lane, boot, sealed.firstSeq, sealed.lastSeq, sealed.bytes)
        setHead.run(lane, sealed.hash)
        return sealed.lastSeq
      } catch (error) {
        if (!(error instanceof BatchError || error instanceof RangeError)) throw error
        if (count === 1) unsealable(lane, boot, firstSeq, error)
      }
    }
    return firstSeq
  }

  return (lane, boot, which) => {
    for (;;) {
      const rows = select.all(lane, boot, batchRecords[lane])
      if (rows.length === 0 || (which === 'full' && rows.length < batchRecords[lane])) return
      remove.run(lane, boot, sealRun(lane, boot, unbroken(rows)))
    }
  }
}

/** The rows up to the first missing number: a batch has no holes. */
function unbroken(rows: readonly Row[]): readonly Row[] {
  const end = rows.findIndex(({ seq }, i) => seq !== rows[0]!.seq + i)
  return end === -1 ? rows : rows.slice(0, end)
}
