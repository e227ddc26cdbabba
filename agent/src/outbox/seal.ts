import { sealBatch, sealGap } from '@fairmile/contract/batch.ts'
import { BatchError } from '@fairmile/contract/batch-error.ts'
import { genesisHash } from '@fairmile/contract/chain.ts'
import { decodeRecord, type LaneRecords } from '@fairmile/contract/codec.ts'
import { maxBatchRecords } from '@fairmile/contract/envelope.ts'
import type { GapReason } from '@fairmile/contract/gap.ts'
import { payloadFor } from '@fairmile/contract/payload.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import type Database from 'better-sqlite3'
import { lanePolicies, mostThinned } from './lanes.ts'
import type { Store } from './store.ts'

export interface SealerOptions {
  db: Database.Database
  store: Pick<Store, 'addDropped'>
  device: string
  /** Raw Ed25519 key in base64url. */
  privateKey: string
  wallMs: () => number
  /** Version of the wire that the cloud reads. */
  wire: () => number
  /** Told of a record that no batch can carry; a signed gap takes its place, so that the lane goes on. */
  unsealable: (lane: Lane, boot: number, seq: number, error: unknown) => void
}

/** Numbers from first to last, both included. */
export interface SeqRange {
  firstSeq: number
  lastSeq: number
}

/** Puts signed messages into a lane's chain; runs inside the caller's transaction. */
export interface Sealer {
  /** Turns committed records of one boot and lane into batches. */
  seal(lane: Lane, boot: number, which: 'full' | 'all'): void
  /** Tells of numbers behind the last sealed one whose records never came to the disk. */
  gap(lane: Lane, boot: number, hole: SeqRange): void
}

interface Row {
  seq: number
  body: Buffer
}

/** Makes the one place where records become batches. */
export function createSealer({ db, store, device, privateKey, wallMs, wire, unsealable }: SealerOptions): Sealer {
  const select = db.prepare<[string, number, number], Row>(
    'SELECT seq, body FROM records WHERE lane = ? AND boot = ? ORDER BY seq LIMIT ?',
  )
  const remove = db.prepare('DELETE FROM records WHERE lane = ? AND boot = ? AND seq <= ?')
  const head = db.prepare<[string], { last_hash: Buffer }>('SELECT last_hash FROM chains WHERE lane = ?')
  const setHead = db.prepare('INSERT OR REPLACE INTO chains (lane, last_hash) VALUES (?, ?)')
  const insert = db.prepare(
    `INSERT INTO batches (lane, boot, first_seq, last_seq, wire, thinned, dropped, from_at, to_at, bytes)
     VALUES (@lane, @boot, @firstSeq, @lastSeq, @wire, @thinned, @dropped, @fromAt, @toAt, @bytes)`,
  )
  const unknownTimes = { fromAt: null as number | null, toAt: null as number | null }

  const sealRun = (lane: Lane, boot: number, rows: readonly Row[]): number => {
    const firstSeq = rows[0]!.seq
    const previousHash = head.get(lane)?.last_hash ?? genesisHash
    const place = { device, boot, lane, firstSeq, previousHash, privateKey }
    for (let count = rows.length; count > 0; count = Math.floor(count / 2)) {
      try {
        const decoded = rows.slice(0, count).map(({ body }) => decodeRecord(lane, body)) as LaneRecords[Lane][]
        const records = alike(lane, decoded, wire())
        const { hash, ...sealed } = sealBatch<Lane>({ ...place, records, wire: wire() })
        insert.run({ lane, boot, thinned: 0, dropped: 0, ...unknownTimes, ...rawTimes(records), ...sealed })
        setHead.run(lane, hash)
        return sealed.lastSeq
      } catch (error) {
        if (!(error instanceof BatchError || error instanceof RangeError)) throw error
        if (count === 1) unsealable(lane, boot, firstSeq, error)
      }
    }
    sealHole(lane, boot, { firstSeq, lastSeq: firstSeq }, 'corrupt')
    return firstSeq
  }

  /** The head of the chain stays: the gap stands for a batch that never was. */
  const sealHole = (lane: Lane, boot: number, { firstSeq, lastSeq }: SeqRange, reason: GapReason): void => {
    const endHash = head.get(lane)?.last_hash ?? genesisHash
    const place = { device, boot, lane, firstSeq, lastSeq, previousHash: endHash, privateKey }
    const { hash: _hash, ...sealed } = sealGap({ ...place, gap: { reason, at: wallMs(), endHash }, kept: [] })
    const dropped = lastSeq - firstSeq + 1
    insert.run({ lane, boot, thinned: mostThinned, dropped, ...unknownTimes, ...sealed })
    store.addDropped(lane, dropped)
  }

  return {
    seal(lane, boot, which) {
      const { batchRecords } = lanePolicies[lane]
      for (;;) {
        const rows = select.all(lane, boot, batchRecords)
        if (rows.length === 0 || (which === 'full' && rows.length < batchRecords)) return
        remove.run(lane, boot, sealRun(lane, boot, unbroken(rows)))
      }
    },
    gap(lane, boot, { firstSeq, lastSeq }) {
      for (let from = firstSeq; from <= lastSeq; from += maxBatchRecords)
        sealHole(lane, boot, { firstSeq: from, lastSeq: Math.min(lastSeq, from + maxBatchRecords - 1) }, 'no_room')
    },
  }
}

/** The rows up to the first missing number: a batch has no holes. */
function unbroken(rows: readonly Row[]): readonly Row[] {
  const end = rows.findIndex(({ seq }, i) => seq !== rows[0]!.seq + i)
  return end === -1 ? rows : rows.slice(0, end)
}

/** The records up to the first that needs another version of the reader: what it can read does not wait for what it cannot. */
function alike(lane: Lane, records: LaneRecords[Lane][], wire: number): LaneRecords[Lane][] {
  const needs = records.map((record) => payloadFor<Lane>(lane, [record], wire).since)
  const end = needs.findIndex((since) => since !== needs[0])
  return end === -1 ? records : records.slice(0, end)
}

function rawTimes(records: readonly LaneRecords[Lane][]): { fromAt: number; toAt: number } | null {
  const chunks = records.filter((record): record is LaneRecords['raw'] => 'imu' in record)
  if (chunks.length === 0) return null
  const ends = chunks.map(({ at, imu, fixes }) =>
    Math.ceil(at + Math.max(imu.offsetMs.at(-1) ?? 0, fixes.offsetMs.at(-1) ?? 0)),
  )
  return { fromAt: Math.min(...chunks.map(({ at }) => at)), toAt: Math.max(...ends) }
}
