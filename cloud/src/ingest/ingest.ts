import { setTimeout as wait } from 'node:timers/promises'
import { parseUpTopic } from '@fairmile/contract/topics.ts'
import type { BrokerMessage, RefusedMessage } from '../broker/broker.ts'
import { spread } from '../broker/share.ts'
import { CopyRefusedError } from '../db/copy.ts'
import type { OpenDatabase } from '../db/open.ts'
import { ensurePartitions, monthOf } from '../db/partitions.ts'
import { isDataError, isMissingPartition } from '../db/sql-state.ts'
import { messageOf } from '../errors.ts'
import type { LivePort } from '../live/fan-out.ts'
import type { Log } from '../log.ts'
import { createSchemaShelf } from '../schemas/schema-shelf.ts'
import { ForeignIdError } from '../trips/store-trip.ts'
import type { IngestCounters } from './counters.ts'
import { type Accepted, judge, type Rejected, rejectAccepted, timesOf } from './judge.ts'
import { createFindDevices } from './known-devices.ts'
import { createLiveStates } from './live-states.ts'
import { type BoundedQueue, createQueue } from './queue.ts'
import { type Stored, storeMessages } from './store.ts'
import { createTell, type TellOptions } from './tell.ts'
import type { Seen } from './words.ts'

/** Messages that wait to be stored: at the largest batch size 64 MiB. A full queue stops the broker from reading on. */
const maxQueued = 1_000
/** Messages that are judged side by side: their signatures keep the process's other threads busy. */
const maxJudged = 32
/** Judged messages that wait for their transaction: two of the largest, so that none waits for judging. */
const maxReady = 512
/** Groups that are stored side by side: while one waits for its commit, the database works on the other. */
const maxLines = 2
/** Messages of one transaction: enough to share its statements and its commit, few enough for an ack within a second. */
const maxGroup = 256
/** First and longest wait before a failed transaction is tried again, ms; drawn from the whole range (full jitter). */
const firstRetryMs = 100
const maxRetryMs = 10_000

export interface IngestOptions {
  database: OpenDatabase
  publish: TellOptions['publish']
  /** Told of a device that has come online. @default nobody */
  greet?: (deviceId: string) => Promise<void>
  live: LivePort
  counters: IngestCounters
  log: Log
  /** Wall clock, UTC epoch milliseconds. @default Date.now */
  nowMs?: () => number
  /** Told after each commit that recorded domain events, so that consumers need not wait for their next look. */
  onCommitted?: () => void
}

/** Stores what devices send, and acks it once it is committed. */
export interface Ingest {
  /** Takes a message; ends when there is room for the next. */
  take(message: BrokerMessage): Promise<void>
  /** Takes note of a message that the broker refused. */
  refused(message: RefusedMessage): void
  /** Begins to store. */
  start(): void
  /** Finishes what is queued, then ends; may be called twice. */
  stop(): Promise<void>
}

type Judged = Accepted | Rejected | Seen

/** Messages that are stored one group after the other; a device's are all in one line. */
interface Line {
  /** What is judged while the group before is stored. */
  readonly ready: BoundedQueue<Judged>
  /** Ends when the devices of the group before have been told. */
  telling: Promise<void>
}

const createLine = (): Line => ({ ready: createQueue<Judged>({ limit: maxReady }), telling: Promise.resolve() })

export function createIngest(options: IngestOptions): Ingest {
  const { database, publish, greet, live, counters, log, nowMs = Date.now, onCommitted = () => {} } = options
  const { db } = database
  const queue = createQueue<BrokerMessage | Rejected>({ limit: maxQueued })
  // The embedded database has one session: a second line would only wait for it.
  const lines = Array.from({ length: database.kind === 'postgres' ? maxLines : 1 }, createLine)
  const tell = createTell({ publish, greet, counters, log })
  const findDevices = createFindDevices(db)
  const liveStates = createLiveStates({ db, live, counters, nowMs })
  const schemas = createSchemaShelf(db)
  const stopping = new AbortController()
  const months = new Set<string>()
  let running: Promise<void> | null = null

  const enqueue = async (item: BrokerMessage | Rejected): Promise<void> => {
    const before = queue.waited
    const placed = queue.push(item)
    if (queue.waited > before) counters.waited.inc()
    counters.queued.set(queue.size)
    await placed
  }

  const judgeAll = async (items: readonly (BrokerMessage | Rejected)[]): Promise<Judged[]> => {
    const ids = new Set(items.flatMap((item) => ('kind' in item ? [] : (parseUpTopic(item.topic)?.device ?? []))))
    const known = await findDevices([...ids])
    const judgeEach = () => {
      const judging = { devices: known, nowMs: nowMs(), payloads: schemas.payloads }
      return Promise.all(items.map((item) => ('kind' in item ? item : judge(item, judging))))
    }
    const judged = await judgeEach()
    // Nothing is asked for what this release knows: only a schema that it does not know may have been registered since.
    return judged.some(hasUnknownSchema) && (await schemas.learn()) ? judgeEach() : judged
  }

  const ensureMonths = async (judged: readonly Judged[]): Promise<void> => {
    const missing = new Set<string>()
    for (const message of judged)
      if (message.kind === 'accepted')
        for (const month of monthsOf(timesOf(message.batch))) if (!months.has(month)) missing.add(month)
    if (missing.size === 0) return
    await ensurePartitions(database, missing)
    for (const month of missing) months.add(month)
  }

  const commit = async (judged: readonly Judged[], line: Line, inBulk: boolean): Promise<void> => {
    await ensureMonths(judged)
    const stored = await database.transaction((tx, copy) => storeMessages(tx, judged, inBulk ? { copy } : {}))
    count(stored, counters)
    for (const { deviceId, reason, detail, topic } of stored.rejected)
      log.warn({ device: deviceId, topic, reason, detail }, 'dead letter')
    if (judged.some(bringsEvents)) onCommitted()
    for (const message of stored.live) live.publish(message)
    // The next group is stored while this one's acks are on their way; those of the one after wait for them.
    await line.telling
    line.telling = tell(stored)
  }

  /** Tries until it works or the service stops, with a longer wait each time; undefined where it stops before. */
  const persist = async <T>(what: string, attempt: () => Promise<T>): Promise<T | undefined> => {
    for (let failures = 0; ; failures++) {
      try {
        return await attempt()
      } catch (error) {
        counters.retries.inc()
        log.error({ error: messageOf(error), attempt: failures }, `${what} failed`)
        if (stopping.signal.aborted) return undefined
        const longest = Math.min(maxRetryMs, firstRetryMs * 2 ** failures)
        await wait(Math.random() * longest, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }

  /** Commits a group; gives what is wrong with what it holds, null where nothing is. */
  const tryCommit = async (group: readonly Judged[], line: Line, inBulk = false): Promise<unknown> => {
    try {
      await commit(group, line, inBulk)
      return null
    } catch (error) {
      if (isMissingPartition(error)) months.clear()
      else if (isItsOwnFault(error)) return error
      throw error
    }
  }

  /** Stores a group; where it fails for what it holds, each message alone and past rows that are there, so that one cannot hold up the others. */
  const storeGroup = async (group: readonly Judged[], line: Line): Promise<void> => {
    const fault = await persist('storing', () => tryCommit(group, line, true))
    if (fault === undefined) log.warn({ messages: group.length }, 'stopped before they were stored')
    else if (fault !== null) for (const message of group) await storeAlone(message, line)
  }

  const storeAlone = async (message: Judged, line: Line): Promise<void> => {
    let fault = await persist('storing', () => tryCommit([message], line))
    // Once more before it is given up: another process may just have stored the same.
    if (fault && !(fault instanceof ForeignIdError)) fault = await persist('storing', () => tryCommit([message], line))
    if (fault) fault = await persist('storing', () => tryCommit([giveUp(message, fault)], line))
    if (fault === undefined) log.warn({ messages: 1 }, 'stopped before they were stored')
    else if (fault !== null) log.error({ error: messageOf(fault) }, 'a message could not even be set aside')
  }

  const judgeQueue = async (): Promise<void> => {
    for (;;) {
      const items = await queue.take(maxJudged)
      counters.queued.set(queue.size)
      if (items.length === 0) return
      const judged = await persist('asking for devices', () => judgeAll(items))
      if (judged === undefined) log.warn({ messages: items.length }, 'stopped before they were judged')
      for (const message of judged ?? []) await lines[lineOf(message, lines.length)]!.ready.push(message)
    }
  }

  const storeLine = async (line: Line): Promise<void> => {
    for (;;) {
      const group = await line.ready.take(maxGroup)
      if (group.length === 0) break
      await storeGroup(group, line)
    }
    await line.telling
  }

  const run = async (): Promise<void> => {
    const storing = lines.map(storeLine)
    await judgeQueue()
    for (const { ready } of lines) ready.close()
    await Promise.all(storing)
  }

  return {
    async take(message) {
      const topic = parseUpTopic(message.topic)
      if (topic?.stream !== 'live') return enqueue(message)
      try {
        await liveStates.pass(topic.device, message.payload)
      } catch {
        await enqueue(message) // judged there, and dead-lettered with the reason
      }
    },
    refused(message) {
      if (queue.size < maxQueued) void enqueue({ kind: 'rejected', range: null, ...message })
      else counters.lettersDropped.inc()
    },
    start() {
      running ??= run()
    },
    async stop() {
      stopping.abort()
      queue.close()
      await running
    },
  }
}

/** The line of a message: the same for all of a device. */
function lineOf(message: Judged, lines: number): number {
  const device = message.kind === 'accepted' ? message.device.id : (message.deviceId ?? '')
  return lines === 1 ? 0 : spread(device) % lines
}

/** Lanes whose records domain events come of; every second of driving would wake the consumers for nothing. */
const bringsEvents = (message: Judged): boolean =>
  message.kind === 'accepted' && (message.batch.lane === 'trips' || message.batch.lane === 'urgent')

const hasUnknownSchema = (message: Judged): boolean =>
  message.kind === 'rejected' && message.reason === 'unknown_schema'

const isItsOwnFault = (error: unknown): boolean =>
  error instanceof ForeignIdError || error instanceof CopyRefusedError || isDataError(error)

/** The months of moments in UTC epoch milliseconds, which are mostly all of one. */
function monthsOf(times: readonly number[]): Set<string> {
  const [first, last] = [Math.min(...times), Math.max(...times)]
  if (times.length === 0) return new Set()
  return monthOf(first) === monthOf(last) ? new Set([monthOf(first)]) : new Set(times.map(monthOf))
}

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
  for (const { reason } of stored.rejected) counters.rejected.inc({ reason })
}
