import { type OpenedBatch, openBatch, type SealedBatch, sealGap } from '@fairmile/contract/batch.ts'
import { genesisHash, publicKeyOf } from '@fairmile/contract/chain.ts'
import { decodeRecord } from '@fairmile/contract/codec.ts'
import { maxBatchRecords } from '@fairmile/contract/envelope.ts'
import { type Lane, lanes } from '@fairmile/contract/topics.ts'
import type Database from 'better-sqlite3'
import { mostThinned } from './lanes.ts'
import { openWreck, type Wreck } from './wreck.ts'

export interface SalvageOptions {
  /** The new file. */
  db: Database.Database
  /** The corrupt one, set aside. */
  path: string
  device: string
  /** Raw Ed25519 key in base64url. */
  privateKey: string
  wallMs: () => number
  /** Draws the 32 bits of the new file's generation: boots of the old one may be lost, and none may come twice. */
  generation: () => number
}

/** What was found of a corrupt outbox. */
export interface Salvaged {
  batches: number
  records: number
  /** Records that the old file counted and that are not there; null where it could not be read how many there were. */
  lost: number | null
}

interface Piece {
  boot: number
  lane: Lane
  firstSeq: number
  lastSeq: number
  bytes: Buffer
  wire: number
  thinned: number
  dropped: number
  fromAt: number | null
  toAt: number | null
  opened: OpenedBatch
}

/** What a batch's follower names as the hash before it. */
const endOf = ({ gap, hash }: OpenedBatch): Buffer => gap?.endHash ?? hash

/**
 * Moves what is readable of a corrupt outbox into a new one: batches whose signature proves them whole, and records that decode. What
 * the old file says there was and is not readable is told to the cloud by signed gaps.
 */
export function salvage(options: SalvageOptions): Salvaged {
  const { db, path, privateKey } = options
  const wreck = openWreck(path)
  const salvaged: Salvaged = { batches: 0, records: 0, lost: null }
  const write = db.transaction(() => {
    keepNotes(db, wreck, options.generation())
    const sequences = wreck.sequences()
    const records = wreck.records().filter(({ lane, body }) => decodes(lane, body))
    for (const lane of lanes) {
      const pieces = wreck.batches(lane).flatMap((row): Piece[] => prove(row, publicKeyOf(privateKey)))
      salvaged.batches += pieces.length
      const seqs = sequences.filter((sequence) => sequence.lane === lane)
      const whole =
        seqs.length === 0 ? pieces : withGaps(pieces, { ...options, lane, seqs, records, head: wreck.head(lane) })
      insert(db, whole)
      const lost = whole.reduce((sum, { opened, dropped }) => sum + (opened.gap?.reason === 'corrupt' ? dropped : 0), 0)
      if (seqs.length > 0) salvaged.lost = (salvaged.lost ?? 0) + lost
      const last = whole.at(-1)
      if (last) db.prepare('INSERT OR REPLACE INTO chains VALUES (?, ?)').run(lane, endOf(last.opened))
    }
    keepSequences(db, sequences)
    const add = db.prepare('INSERT OR IGNORE INTO records (lane, boot, seq, body) VALUES (@lane, @boot, @seq, @body)')
    for (const record of records) salvaged.records += add.run(record).changes
  })
  try {
    write.immediate()
  } finally {
    wreck.close()
  }
  return salvaged
}

function keepNotes(db: Database.Database, wreck: Wreck, generation: number): void {
  const set = db.prepare('INSERT OR REPLACE INTO notes (key, value) VALUES (?, ?)')
  for (const { key, value } of wreck.notes()) if (key !== 'boot') set.run(key, value)
  set.run('generation', String(generation))
  const drop = db.prepare('INSERT OR REPLACE INTO drops (lane, dropped) VALUES (?, ?)')
  for (const { lane, dropped } of wreck.drops()) drop.run(lane, dropped)
}

function keepSequences(db: Database.Database, sequences: ReturnType<Wreck['sequences']>): void {
  const boot = db.prepare('INSERT OR IGNORE INTO boots (boot, started_at) VALUES (?, 0)')
  const sequence = db.prepare('INSERT OR IGNORE INTO sequences (boot, lane, last_seq, acked_seq) VALUES (?, ?, ?, ?)')
  for (const { boot: id, lane, lastSeq, ackedSeq } of sequences) {
    boot.run(id)
    sequence.run(id, lane, lastSeq, ackedSeq)
  }
}

function decodes(lane: Lane, body: Buffer): boolean {
  try {
    decodeRecord(lane, body)
    return true
  } catch {
    return false
  }
}

function prove(row: Omit<Piece, 'opened'>, publicKey: string): Piece[] {
  try {
    return [{ ...row, opened: openBatch(row.bytes, { publicKey }) }]
  } catch {
    return []
  }
}

interface LaneWreck extends Pick<SalvageOptions, 'device' | 'privateKey' | 'wallMs'> {
  lane: Lane
  seqs: { boot: number; lastSeq: number; ackedSeq: number }[]
  records: { boot: number; lane: Lane; seq: number }[]
  head: Buffer | null
}

/** The pieces of a lane in order, with a gap wherever a boot's numbers say that something was. */
function withGaps(pieces: readonly Piece[], wreck: LaneWreck): Piece[] {
  const whole: Piece[] = []
  for (const { boot, lastSeq, ackedSeq } of wreck.seqs.sort((a, b) => a.boot - b.boot)) {
    const own = pieces.filter((piece) => piece.boot === boot).sort((a, b) => a.firstSeq - b.firstSeq)
    const unsealed = wreck.records.filter((record) => record.lane === wreck.lane && record.boot === boot)
    const firstUnsealed = Math.min(...unsealed.map(({ seq }) => seq), lastSeq + 1)
    let next = ackedSeq + 1
    for (const piece of own) {
      const endHash = piece.opened.previousHash
      whole.push(...gaps(wreck, { boot, from: next, to: piece.firstSeq - 1, before: whole.at(-1), endHash }), piece)
      next = Math.max(next, piece.lastSeq + 1)
    }
    const endHash = wreck.head ?? (whole.at(-1) ? endOf(whole.at(-1)!.opened) : genesisHash)
    whole.push(...gaps(wreck, { boot, from: next, to: firstUnsealed - 1, before: whole.at(-1), endHash }))
  }
  return whole
}

function gaps(
  { device, lane, privateKey, wallMs }: LaneWreck,
  hole: { boot: number; from: number; to: number; before: Piece | undefined; endHash: Buffer },
): Piece[] {
  const { boot, from, to, before, endHash } = hole
  const found: Piece[] = []
  let previousHash = before ? endOf(before.opened) : endHash
  for (let firstSeq = from; firstSeq <= to; firstSeq += maxBatchRecords) {
    const lastSeq = Math.min(to, firstSeq + maxBatchRecords - 1)
    const gap = { reason: 'corrupt' as const, at: wallMs(), endHash }
    const place = { device, boot, lane, firstSeq, lastSeq, previousHash, privateKey }
    const sealed: SealedBatch = sealGap({ ...place, gap, kept: [] })
    const opened = openBatch(sealed.bytes, { publicKey: publicKeyOf(privateKey) })
    const dropped = lastSeq - firstSeq + 1
    found.push({ ...sealed, boot, lane, thinned: mostThinned, dropped, fromAt: null, toAt: null, opened })
    previousHash = endHash
  }
  return found
}

function insert(db: Database.Database, pieces: readonly Piece[]): void {
  const add = db.prepare(
    `INSERT INTO batches (lane, boot, first_seq, last_seq, wire, thinned, dropped, from_at, to_at, bytes)
     VALUES (@lane, @boot, @firstSeq, @lastSeq, @wire, @thinned, @dropped, @fromAt, @toAt, @bytes)`,
  )
  const drop = db.prepare(
    'INSERT INTO drops VALUES (?, ?) ON CONFLICT (lane) DO UPDATE SET dropped = dropped + excluded.dropped',
  )
  for (const { opened, ...row } of pieces) {
    add.run(row)
    if (opened.gap?.reason === 'corrupt') drop.run(row.lane, row.dropped)
  }
}
