import { openBatch, sealGap } from '@fairmile/contract/batch.ts'
import { BatchError } from '@fairmile/contract/batch-error.ts'
import { publicKeyOf, sha256 } from '@fairmile/contract/chain.ts'
import { decodeEnvelope } from '@fairmile/contract/envelope.ts'
import type { GapReason } from '@fairmile/contract/gap.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import type Database from 'better-sqlite3'
import { lanePolicies, mostThinned } from './lanes.ts'
import type { ReplaceCorrupt } from './replace-corrupt.ts'
import { batchColumns, type Store, type StoredBatch } from './store.ts'

/** Batches that give way in one step: their numbers fit one gap, and a step takes some milliseconds. */
const stepBatches = 16
/** Numbers of one gap: sixteen minutes of telematics. */
const stepRecords = 960

export interface RoomOptions {
  db: Database.Database
  store: Store
  device: string
  /** Raw Ed25519 key in base64url. */
  privateKey: string
  wallMs: () => number
  /** Bytes that the outbox may take. */
  capBytes: number
  /** Whether raw records are a ring, which comes round by itself. */
  rawIsRing: boolean
  /** True for a batch that is on its way: the cloud may have it by now. */
  isOnItsWay: (id: number) => boolean
  /** Cannot be thinned, and has no hash: a gap of its own takes its place, which is a step. */
  replaceCorrupt: ReplaceCorrupt
}

/** Makes room in the outbox by lanes' worth; all that goes leaves a signed gap in its place. */
export interface Room {
  /** Takes one step where a lane is above its share; false where none is. */
  trim(): boolean
  /** Takes one step because the disk is full; false where nothing is left that may go. */
  giveWay(): boolean
}

/** Makes the one place where records are dropped. Each step is a transaction of its own. */
export function createRoom(options: RoomOptions): Room {
  const { db, store, device, privateKey, wallMs, capBytes, isOnItsWay, replaceCorrupt } = options
  const publicKey = publicKeyOf(privateKey)
  const least = db.prepare<[string, number], StoredBatch>(
    `SELECT ${batchColumns} FROM batches WHERE lane = ? AND thinned <= ? ORDER BY thinned, id LIMIT ${stepBatches + 1}`,
  )
  const before = db.prepare<[string, number], StoredBatch>(
    `SELECT ${batchColumns} FROM batches WHERE lane = ? AND id < ? ORDER BY id DESC LIMIT 1`,
  )
  const behind = db.prepare<[string, number], StoredBatch>(
    `SELECT ${batchColumns} FROM batches WHERE lane = ? AND id > ? ORDER BY id LIMIT ${stepBatches - 1}`,
  )

  /** The first batch of a lane that is not on its way and not thinned more than that, and those that join it. */
  const run = (lane: Lane, thinned: number): StoredBatch[] => {
    const first = least.all(lane, thinned).find(({ id }) => !isOnItsWay(id))
    if (first === undefined) return []
    const found = [first]
    for (const next of behind.all(lane, first.id)) {
      if (next.thinned !== first.thinned || isOnItsWay(next.id) || !joins(found, next)) break
      found.push(next)
    }
    return found
  }

  /** What a gap needs of a batch; no events of one that a former key of this device signed, or that a newer version wrote. */
  const readBatch = ({ bytes }: StoredBatch): { previousHash: Buffer; endHash: Buffer; events: TelematicsEvent[] } => {
    try {
      const { previousHash, hash, gap, ...opened } = openBatch(bytes, { publicKey })
      return { previousHash, endHash: gap?.endHash ?? hash, events: opened.lane === 'telematics' ? opened.records : [] }
    } catch (error) {
      if (!(error instanceof BatchError)) throw error
      return { previousHash: decodeEnvelope(bytes).previousHash, endHash: sha256(bytes), events: [] }
    }
  }

  /** Puts a gap in the place of batches that join. */
  const replace = (batches: readonly StoredBatch[], thinned: number, reason: GapReason): void => {
    const read = batches.map(readBatch)
    const [first, last] = [batches[0]!, batches.at(-1)!]
    const { lane, boot, firstSeq } = first
    const kept = read
      .flatMap(({ events }) => events)
      .filter(({ seq }) => thinned < mostThinned && seq % 2 ** thinned === 0)
    const gap = { reason, at: wallMs(), endHash: read.at(-1)!.endHash }
    const { previousHash } = read[0]!
    const place = { device, boot, lane, firstSeq, lastSeq: last.lastSeq, previousHash, privateKey }
    const { hash: _hash, ...sealed } = sealGap({ ...place, gap, kept })
    const dropped = last.lastSeq - firstSeq + 1 - kept.length
    const times = { fromAt: first.fromAt, toAt: last.toAt }
    store.replace(batches, { lane, boot, thinned, dropped, ...times, ...sealed })
  }
  /** Replaces those that are corrupt; true where none is. */
  const areWhole = (batches: readonly StoredBatch[]): boolean =>
    batches.filter((batch) => replaceCorrupt(batch)).length === 0

  const dropRaw = db.transaction((reason: GapReason): boolean => {
    const batches = run('raw', 0)
    if (batches.length === 0) return false
    const gap = before.get('raw', batches[0]!.id)
    const joined = gap && gap.thinned > 0 && !isOnItsWay(gap.id) && joins([gap], batches.at(-1)!, batches[0]!)
    const going = joined ? [gap, ...batches] : batches
    if (areWhole(going)) replace(going, mostThinned, reason)
    return true
  })
  const thin = db.transaction((): boolean => {
    const batches = run('telematics', mostThinned - 1)
    if (batches.length === 0) return false
    if (areWhole(batches)) replace(batches, batches[0]!.thinned + 1, 'no_room')
    return true
  })
  const above = (lane: Lane): boolean => store.bytes(lane) > capBytes * lanePolicies[lane].share

  return {
    trim() {
      if (above('raw')) return dropRaw.immediate(options.rawIsRing ? 'ring' : 'no_room')
      return above('telematics') && thin.immediate()
    },
    giveWay: () => dropRaw.immediate('no_room') || thin.immediate(),
  }
}

/** Whether a batch follows on those before it without a hole, within one gap. @param next the first of several, `last` their last */
function joins(found: readonly StoredBatch[], last: StoredBatch, next: StoredBatch = last): boolean {
  const end = found.at(-1)!
  if (next.boot !== end.boot || next.firstSeq !== end.lastSeq + 1) return false
  return last.lastSeq - found[0]!.firstSeq + 1 <= stepRecords
}
