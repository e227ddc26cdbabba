import { CopyRefusedError } from '../db/copy.ts'
import type { OpenDatabase } from '../db/open.ts'
import { isDataError, isMissingPartition } from '../db/sql-state.ts'
import { messageOf } from '../errors.ts'
import type { LivePort } from '../live/fan-out.ts'
import type { Log } from '../log.ts'
import { ForeignIdError } from '../trips/store-trip.ts'
import type { IngestCounters } from './counters.ts'
import { heldBytes, maxGroupBytes, maxLineBytes } from './held-bytes.ts'
import { type Judged, rejectAccepted, timesOf } from './judge.ts'
import type { Months } from './months.ts'
import type { Persist } from './persist.ts'
import { createQueue } from './queue.ts'
import { type Stored, storeMessages } from './store.ts'
import type { Tell } from './tell.ts'

/** Judged messages that wait for their transaction, `maxLineBytes` of them at most: two of the largest, so that none waits for judging. */
const maxReady = 512
/** Messages of one transaction, `maxGroupBytes` of them at most: enough to share its statements and its commit, few enough for an ack within a second. */
const maxGroup = 256

export interface StoreLineOptions {
  database: OpenDatabase
  months: Months
  live: LivePort
  tell: Tell
  persist: Persist
  counters: IngestCounters
  log: Log
  /** Told after each commit that recorded domain events. */
  onCommitted: () => void
}

/** Messages that are stored one group after the other; a device's are all in one line. */
export interface StoreLine {
  /** Adds a message; ends when there is room for the next. */
  push(message: Judged): Promise<void>
  /** Stores what is in line until it is closed and empty. */
  run(): Promise<void>
  close(): void
}

export function createStoreLine(options: StoreLineOptions): StoreLine {
  const { persist, log } = options
  const ready = createQueue<Judged>({
    ...{ limit: maxReady, maxBytes: maxLineBytes, bytesOf: heldBytes },
    onBytes: (by) => options.counters.heldBytes.inc(by),
  })
  const tryCommit = createTryCommit(options)

  /** Stores a group; where it fails for what it holds, in halves, so that one cannot hold up the others: the last one alone, past rows that are there. */
  const storeGroup = async (group: readonly Judged[]): Promise<void> => {
    const fault = await persist('storing', () => tryCommit(group, { inBulk: true }))
    if (fault === undefined) log.warn({ messages: group.length }, 'stopped before they were stored')
    if (!fault) return
    if (group.length === 1) return storeAlone(group[0]!)
    const middle = group.length >> 1
    await storeGroup(group.slice(0, middle))
    await storeGroup(group.slice(middle))
  }

  const storeAlone = async (message: Judged): Promise<void> => {
    const attempt = (one: Judged) => persist('storing', () => tryCommit([one], { inBulk: false }))
    let fault = await attempt(message)
    // Once more before it is given up: another process may just have stored the same.
    if (fault && !(fault instanceof ForeignIdError)) fault = await attempt(message)
    if (fault) fault = await attempt(giveUp(message, fault))
    if (fault === undefined) log.warn({ messages: 1 }, 'stopped before they were stored')
    else if (fault !== null) log.error({ error: messageOf(fault) }, 'a message could not even be set aside')
  }

  return {
    push: (message) => ready.push(message),
    close: () => ready.close(),
    async run() {
      for (;;) {
        const group = await ready.take(maxGroup, maxGroupBytes)
        if (group.length === 0) break
        await storeGroup(group)
      }
      await tryCommit.told()
    },
  }
}

/** Commits a group; gives what is wrong with what it holds, null where nothing is. @throws where it is to be tried again */
interface TryCommit {
  (group: readonly Judged[], how: { inBulk: boolean }): Promise<unknown>
  /** Ends when the devices of the last group have been told. */
  told(): Promise<void>
}

function createTryCommit({ database, months, live, tell, counters, log, onCommitted }: StoreLineOptions): TryCommit {
  let telling: Promise<void> = Promise.resolve()

  const commit = async (group: readonly Judged[], inBulk: boolean): Promise<void> => {
    await months.ensure(group.flatMap((message) => (message.kind === 'accepted' ? [timesOf(message.batch)] : [])))
    const stored = await database.transaction((tx, copy) => storeMessages(tx, group, inBulk ? { copy } : {}))
    count(stored, counters)
    for (const { deviceId, reason, detail, topic } of stored.rejected)
      log.warn({ device: deviceId, topic, reason, detail }, 'dead letter')
    if (group.some(bringsEvents)) onCommitted()
    for (const message of stored.live) live.publish(message)
    // The next group is stored while this one's acks are on their way; those of the one after wait for them.
    await telling
    telling = tell(stored)
  }

  const tryCommit = async (group: readonly Judged[], { inBulk }: { inBulk: boolean }): Promise<unknown> => {
    try {
      await commit(group, inBulk)
      return null
    } catch (error) {
      if (isMissingPartition(error)) months.forget()
      else if (isItsOwnFault(error)) return error
      throw error
    }
  }
  return Object.assign(tryCommit, { told: () => telling })
}

/** Lanes whose records domain events come of; every second of driving would wake the consumers for nothing. */
const bringsEvents = (message: Judged): boolean =>
  message.kind === 'accepted' && (message.batch.lane === 'trips' || message.batch.lane === 'urgent')

const isItsOwnFault = (error: unknown): boolean =>
  error instanceof ForeignIdError || error instanceof CopyRefusedError || isDataError(error)

function giveUp(message: Judged, error: unknown): Judged {
  if (message.kind === 'seen') return message
  if (message.kind === 'rejected') return { ...message, payload: null, detail: messageOf(error) }
  return rejectAccepted(message, error instanceof ForeignIdError ? 'foreign' : 'not_storable', messageOf(error))
}

function count(stored: Stored, counters: IngestCounters): void {
  counters.batches.inc(stored.batches)
  counters.records.inc(stored.records)
  counters.again.inc(stored.again)
  counters.gaps.inc(stored.gaps)
  counters.missing.inc(stored.missing)
  counters.dropped.inc(stored.dropped)
  counters.lettersGone.inc(stored.lettersGone)
  for (const { reason } of stored.rejected) counters.rejected.inc({ reason })
}
