import { type Lane, lanes } from '@fairmile/contract/topics.ts'
import type Database from 'better-sqlite3'
import type { After } from '../clock.ts'
import { isFull, isNoRoom } from './database.ts'
import type { Sealer, SeqRange } from './seal.ts'
import type { AckedRange, Store } from './store.ts'

/** A group commit: long enough to spare the card, short enough that a power cut costs nothing one would miss. */
export const commitMs = 150
/** Wait after a commit that found no room. */
export const retryMs = 1000
/** Steps of dropping that one commit may take to find room; then it waits for the next try, so that time goes on. */
const maxSteps = 8

/** Lanes whose records go with the commit that stores them, however few they are. */
const sealedAtOnce: ReadonlySet<Lane> = new Set(['urgent', 'trips'])

/** A range of records that a power cut can no longer take. */
export interface Committed {
  boot: number
  lane: Lane
  firstSeq: number
  lastSeq: number
}

export interface GroupCommitOptions {
  db: Database.Database
  store: Store
  sealer: Sealer
  /** Version of the wire that the cloud reads. */
  wire: () => number
  /** Makes room after a commit that found none, a step at a time; false where nothing is left to try. */
  makeRoom: (step: number) => boolean
  /** Called after each commit: keeps the lanes within their shares. */
  tidy: () => void
  boot: number
  startedAt: number
  after: After
  /** Told after each commit that the disk has confirmed; the ranges are empty where it only sealed or applied acks. */
  committed: (ranges: readonly Committed[]) => void
  /** Told once that commits fail; null when they succeed again. */
  trouble: (message: string | null) => void
}

/** Gathers writes and makes them durable together, by one timer. */
export interface GroupCommit {
  /** Records of a lane held in memory. */
  held(lane: Lane): number
  /** Numbers of the records must follow one another in each lane. */
  add(lane: Lane, seq: number, body: Buffer): void
  /** Takes note of a number whose record was refused for want of memory, behind all that was added to the lane; a gap tells of it. */
  skip(lane: Lane, seq: number): void
  acknowledge(ack: AckedRange): void
  seal(lane: Lane): void
  note(key: string, value: string): void
  noted(key: string): string | undefined
  /** Commits now; true where nothing is left in memory. */
  flush(): boolean
  /** Ends the timer. */
  stop(): void
  readonly counters: { committed: number; failedCommits: number }
}

/** Makes the group commit of one boot; its first commit also seals what earlier boots left unsealed. */
export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { db, store, sealer, boot, startedAt, after, committed, trouble } = options
  const counters = { committed: 0, failedCommits: 0 }
  const held: Record<Lane, number> = { urgent: 0, trips: 0, telematics: 0, raw: 0 }
  const notes = new Map<string, string>()
  const toSeal = new Set<Lane>()
  const skipped = new Map<Lane, SeqRange>()
  let pending: { lane: Lane; seq: number; body: Buffer }[] = []
  let acks: AckedRange[] = []
  let cancelTimer: (() => void) | null = null
  let begun = false
  let unwell = false

  // Deletions alone, so that they free room when the commit of new records finds none.
  const commitAcks = db.transaction(() => {
    for (const ack of acks) store.acknowledge(ack, options.wire())
  })
  const commitRecords = db.transaction(() => {
    if (!begun) {
      for (const left of store.unsealed()) sealer.seal(left.lane, left.boot, 'all')
      store.addBoot(boot, startedAt)
    }
    for (const { lane, seq, body } of pending) store.addRecord(lane, boot, seq, body)
    for (const { lane, lastSeq } of rangesOf(boot, pending)) store.setLastSeq(boot, lane, lastSeq)
    for (const lane of lanes) {
      const hole = skipped.get(lane)
      if (hole || toSeal.has(lane) || (held[lane] > 0 && sealedAtOnce.has(lane))) sealer.seal(lane, boot, 'all')
      else if (held[lane] > 0) sealer.seal(lane, boot, 'full')
      if (hole === undefined) continue
      sealer.gap(lane, boot, hole)
      store.setLastSeq(boot, lane, hole.lastSeq)
    }
    for (const [key, value] of notes) store.setNote(key, value)
  })

  let acked = false
  const commit = (): void => {
    if (acks.length > 0) {
      commitAcks.immediate()
      acked = true
    }
    acks = []
    if (!begun || pending.length + notes.size + toSeal.size + skipped.size > 0) commitRecords.immediate()
  }
  /** Commits; where there is no room, what is worth least gives way, a step at a time. */
  const commitSomehow = (): void => {
    for (let step = 0; ; step++) {
      try {
        commit()
        return
      } catch (error) {
        if (!isFull(error) || step > maxSteps || !options.makeRoom(step)) throw error
      }
    }
  }
  const settle = (): void => {
    const ranges = rangesOf(boot, pending)
    const changed = ranges.length + toSeal.size + skipped.size > 0 || acked
    counters.committed += pending.length
    begun = true
    pending = []
    notes.clear()
    toSeal.clear()
    skipped.clear()
    for (const lane of lanes) held[lane] = 0
    if (unwell) trouble(null)
    unwell = false
    acked = false
    if (changed) committed(ranges)
  }
  const flush = (): boolean => {
    try {
      commitSomehow()
    } catch (error) {
      if (!isNoRoom(error)) throw error
      counters.failedCommits++
      if (!unwell)
        trouble(
          `Storing ${pending.length} records: ${String(error)}; they wait in memory and are tried again: free some space`,
        )
      unwell = true
      return false
    }
    settle()
    options.tidy()
    return true
  }
  const schedule = (ms: number = commitMs): void => {
    cancelTimer ??= after(ms, () => {
      cancelTimer = null
      if (!flush()) schedule(retryMs)
    })
  }

  return {
    counters,
    held: (lane) => held[lane],
    add(lane, seq, body) {
      pending.push({ lane, seq, body })
      held[lane]++
      schedule()
    },
    skip(lane, seq) {
      skipped.set(lane, { firstSeq: skipped.get(lane)?.firstSeq ?? seq, lastSeq: seq })
    },
    acknowledge(ack) {
      acks.push(ack)
      schedule()
    },
    seal(lane) {
      toSeal.add(lane)
      schedule()
    },
    note(key, value) {
      notes.set(key, value)
      schedule()
    },
    noted: (key) => notes.get(key),
    flush() {
      const stored = flush()
      if (!stored) schedule(retryMs)
      return stored
    },
    stop() {
      cancelTimer?.()
    },
  }
}

function rangesOf(boot: number, records: readonly { lane: Lane; seq: number }[]): Committed[] {
  return lanes.flatMap((lane) => {
    const seqs = records.filter((record) => record.lane === lane).map(({ seq }) => seq)
    return seqs.length === 0 ? [] : [{ boot, lane, firstSeq: seqs[0]!, lastSeq: seqs.at(-1)! }]
  })
}
