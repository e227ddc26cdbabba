import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { BatchError } from '@fairmile/contract/batch-error.ts'
import { bootId } from '@fairmile/contract/boot.ts'
import { encodeRecord, type LaneRecords } from '@fairmile/contract/codec.ts'
import { type Lane, lanes } from '@fairmile/contract/topics.ts'
import { firstWireVersion } from '@fairmile/contract/wire.ts'
import type Database from 'better-sqlite3'
import type { After } from '../clock.ts'
import { makeDataFolder } from '../keys/data-folder.ts'
import { growRoom, isNoRoom, openDatabase, readyRoom, restartLog } from './database.ts'
import { type Committed, createGroupCommit } from './group-commit.ts'
import { lanePolicies } from './lanes.ts'
import { takeLock } from './lock.ts'
import { createReplaceCorrupt } from './replace-corrupt.ts'
import { createRoom } from './room.ts'
import { salvage } from './salvage.ts'
import { createSealer } from './seal.ts'
import { type AckedRange, createStore, type LaneWaiting, type Store, type StoredBatch, type Stretch } from './store.ts'
import { createTimeFloor } from './time-floor.ts'

/** A record before it has its place in the lane. */
export type Unsequenced<L extends Lane> = L extends 'telematics'
  ? Omit<LaneRecords['telematics'], 'seq'>
  : LaneRecords[L]

export interface OutboxOptions {
  /** The agent's data folder. */
  folder: string
  device: string
  /** Raw Ed25519 key in base64url. */
  privateKey: string
  /** UTC epoch milliseconds when this version was made. */
  buildMs: number
  wallMs: () => number
  after: After
  /** Told after each commit that the disk has confirmed; the ranges are empty where it only sealed or applied acks. */
  committed?: (ranges: readonly Committed[]) => void
  /** Told once that the disk takes nothing; null when it is well again. */
  trouble: (message: string | null) => void
  /** Told of what went wrong once and was dealt with. */
  warn: (message: string) => void
  /** Bytes that it may take, batches and all. @default what the disk suggests (`outboxCap`) */
  maxBytes?: number
  /** Whether raw records are a ring, which comes round by itself. @default false */
  rawIsRing?: boolean
  /** True for a batch that is on its way to the cloud, which is not dropped meanwhile. @default none is */
  isOnItsWay?: (id: number) => boolean
}

/** What the outbox has met since its start. */
export interface OutboxCounters {
  committed: number
  /** Commits that found no room; their records are tried again. */
  failedCommits: number
  /** Records refused because memory held `maxPending` of their lane; each in a gap. */
  refused: number
  /** Records refused because a value cannot be. */
  invalid: number
  /** Records that no batch could carry; each in a gap. */
  unsealable: number
  /** Records that all boots of this outbox have dropped, each in a signed gap. */
  dropped: Record<Lane, number>
}

/** The durable log between the sensors and the cloud: stored first, sealed once, sent many times, deleted on ack alone. */
export interface Outbox {
  readonly boot: number
  /**
   * Takes a record. Gives its number, or null where it was refused and counted.
   * @param options `durable` whether it is durable after the next group commit (the default) or when this returns, with all that
   * waited: some milliseconds of a flush, for what must not be lost to a power cut in the next moment
   */
  append<L extends Lane>(lane: L, record: Unsequenced<L>, options?: { durable: 'soon' | 'now' }): number | null
  /** The number that the next record of a lane will have. */
  nextSeq(lane: Lane): number
  /** Has what waits in a lane sealed with the next commit, however few they are. */
  seal(lane: Lane): void
  /** Commits now; true where nothing is left in memory. */
  flush(): boolean
  /** The oldest sealed batch of a lane behind an id (0: the first) that the cloud can read; of `raw`, that lies in one of the stretches. */
  nextBatch(lane: Lane, afterId: number, stretches?: readonly Stretch[]): StoredBatch | null
  /** The cloud reads this version of the wire: what it can read is written for it, what it cannot is held back. Kept over restarts. */
  setReader(wire: number): void
  /** A cloud has yet to say what it reads: only what every cloud reads is given, and nothing else deleted. */
  forgetReader(): void
  /** Deletes, with the next commit, the batches that the cloud has stored. */
  acknowledge(ack: AckedRange): void
  waiting(lane: Lane): LaneWaiting
  /** Keeps a small text over restarts, with the next commit. */
  remember(key: string, value: string): void
  recall(key: string): string | null
  counters(): OutboxCounters
  /** Commits, then lets the file and its lock go; may be called twice. */
  close(): void
}

/**
 * Opens the outbox of a data folder as a new boot; what an earlier boot left unsealed is sealed in that boot's numbering.
 * @throws {StartError} `outbox_locked` where another agent has it
 */
export function openOutbox(options: OutboxOptions): Outbox {
  const { folder, warn } = options
  const { db, growth, setAside, unlock } = openLocked(options)
  if (setAside !== null) warn(`Opening the outbox: ${describeSalvage(options, db, setAside)}`)
  const store = createStore(db)
  const refusals = { refused: 0, invalid: 0, unsealable: 0 }
  const { device, privateKey, wallMs, rawIsRing = false, isOnItsWay = () => false } = options
  /** What is written for, and what is given to the cloud that is there. */
  let writesFor = Number(store.note('wire') ?? firstWireVersion)
  let reader = firstWireVersion
  const own = { db, store, device, privateKey, wallMs }
  const sealer = createSealer({
    ...own,
    wire: () => writesFor,
    unsealable(lane, boot, seq, error) {
      refusals.unsealable++
      warn(`Sealing record ${seq} of ${lane}, boot ${boot}: no batch can carry it, it is left out: ${String(error)}`)
    },
  })
  const replaceCorrupt = createReplaceCorrupt({ ...own, warn })
  const room = createRoom({ ...own, capBytes: growth.capBytes, rawIsRing, isOnItsWay, replaceCorrupt })
  const boot = nextBoot(store)
  const lastAt = store.note('lastAt')
  const number = createNumbering(options.buildMs, lastAt === null ? null : Number(lastAt))
  const group = createGroupCommit({
    db,
    store,
    sealer,
    wire: () => reader,
    makeRoom(step) {
      restartLog(db)
      return (step === 0 && growRoom(db, growth)) || room.giveWay()
    },
    tidy() {
      try {
        while (room.trim());
        readyRoom(db, growth)
      } catch (error) {
        if (!isNoRoom(error)) throw error
      }
    },
    boot,
    startedAt: options.wallMs(),
    after: options.after,
    committed: options.committed ?? (() => {}),
    trouble: (message) => options.trouble(message === null ? null : `${message} (outbox in "${folder}")`),
  })
  group.flush()

  let open = true
  return {
    boot,
    append(lane, record, { durable } = { durable: 'soon' }) {
      if (group.held(lane) >= lanePolicies[lane].maxPending) {
        group.skip(lane, number.skip(lane))
        refusals.refused++
        return null
      }
      try {
        const { seq, at, body } = number.next(lane, record)
        group.add(lane, seq, body)
        if (at !== null) group.note('lastAt', String(at))
        if (durable === 'now') group.flush()
        return seq
      } catch (error) {
        if (!(error instanceof BatchError || error instanceof RangeError)) throw error
        refusals.invalid++
        warn(`Storing a record of ${lane}: refused: ${error.message}`)
        return null
      }
    },
    nextSeq: number.peek,
    seal: group.seal,
    flush: group.flush,
    nextBatch(lane, afterId, stretches) {
      for (let after = afterId; ; ) {
        const batch = stretches
          ? store.nextWithin(lane, after, reader, stretches)
          : store.nextBatch(lane, after, reader)
        if (batch === null) return null
        try {
          if (!replaceCorrupt(batch)) return batch
        } catch (error) {
          if (!isNoRoom(error)) throw error
          // The others go on; it is looked at again when all that is not acked is sent again.
          after = batch.id
        }
      }
    },
    setReader(wire) {
      reader = wire
      if (wire === writesFor) return
      writesFor = wire
      group.note('wire', String(wire))
    },
    forgetReader() {
      reader = firstWireVersion
    },
    acknowledge: group.acknowledge,
    waiting(lane) {
      const { batches, records } = store.waiting(lane)
      return { batches, records: records + group.held(lane) }
    },
    remember: group.note,
    recall: (key) => group.noted(key) ?? store.note(key),
    counters() {
      const dropped = Object.fromEntries(lanes.map((lane) => [lane, store.dropped(lane)])) as Record<Lane, number>
      return { ...group.counters, ...refusals, dropped }
    },
    close() {
      if (!open) return
      open = false
      group.flush()
      group.stop()
      db.close()
      unlock()
    },
  }
}

/** Gives each record its number and its time; a record that is refused takes no number. */
function createNumbering(buildMs: number, lastAt: number | null) {
  const floor = createTimeFloor({ buildMs, lastAt })
  const last: Record<Lane, number> = { urgent: 0, trips: 0, telematics: 0, raw: 0 }
  return {
    peek: (lane: Lane): number => last[lane] + 1,
    /** Spends a number on a record that is refused. */
    skip: (lane: Lane): number => ++last[lane],
    next<L extends Lane>(lane: L, record: Unsequenced<L>): { seq: number; at: number | null; body: Buffer } {
      const seq = last[lane] + 1
      let at: number | null = null
      let numbered = record as LaneRecords[L]
      if (lane === 'telematics') {
        const event = record as Unsequenced<'telematics'>
        if (!Number.isFinite(event.at)) throw new RangeError(`its time is ${event.at}`)
        at = floor(event.at, event.quality)
        numbered = { ...event, at, seq } as LaneRecords[L]
      }
      const body = encodeRecord(lane, numbered)
      last[lane] = seq
      return { seq, at, body }
    },
  }
}

/** Moves over what is readable of a corrupt file, and says what became of it. A file that was set aside is not tried twice. */
function describeSalvage(options: OutboxOptions, db: Database.Database, path: string): string {
  const kept = `its file was corrupt; it is kept as "${path}", a new one is begun`
  try {
    const generation = () => randomBytes(4).readUInt32BE()
    const { batches, records, lost } = salvage({ ...options, db, path, generation })
    const gone = lost === null ? 'how many are lost cannot be read' : `${lost} records are lost`
    return `${kept}: ${batches} batches and ${records} records were readable, ${gone}`
  } catch (error) {
    return `${kept}: nothing of it could be moved: ${String(error)}`
  }
}

/** The boot behind the last of this file's generation, which is drawn with the file. */
function nextBoot(store: Store): number {
  const known = store.note('generation')
  const previous = store.lastBoot(known === null ? null : Number(known))
  if (previous !== null) return previous + 1
  return bootId(known === null ? randomBytes(4).readUInt32BE() : Number(known), 1)
}

function openLocked({ folder, wallMs, maxBytes }: OutboxOptions) {
  makeDataFolder(folder)
  const unlock = takeLock(join(folder, 'outbox.lock'))
  try {
    return { ...openDatabase(folder, maxBytes ?? null, wallMs), unlock }
  } catch (error) {
    unlock()
    throw error
  }
}
