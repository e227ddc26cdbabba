import { parseUpTopic } from '@fairmile/contract/topics.ts'
import type { BrokerMessage, RefusedMessage } from '../broker/broker.ts'
import { spread } from '../broker/share.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { LivePort } from '../live/fan-out.ts'
import type { Log } from '../log.ts'
import type { IngestCounters } from './counters.ts'
import { heldBytes, maxJudgedBytes, maxUnjudgedBytes, onItsOwn, unfoldedBytes } from './held-bytes.ts'
import type { Judged, Rejected } from './judge.ts'
import { createJudgeAll } from './judge-all.ts'
import { createLiveStates } from './live-states.ts'
import { createMonths } from './months.ts'
import { createPersist } from './persist.ts'
import { createQueue } from './queue.ts'
import { createStoreLine } from './store-line.ts'
import { createTell, type TellOptions } from './tell.ts'

/** Messages that wait to be judged, `maxUnjudgedBytes` of them at most. A full queue stops the broker from reading on. */
const maxQueued = 1_000
/** Messages that are judged side by side, `maxJudgedBytes` of them at most: their signatures keep the process's other threads busy. */
const maxJudged = 32
/** Groups that are stored side by side: while one waits for its commit, the database works on the other. */
const maxLines = 2

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

interface TakeOptions {
  readonly signal?: AbortSignal
}

/** Stores what devices send, and acks it once it is committed. */
export interface Ingest {
  /**
   * Takes a message; ends when there is room for the next.
   *
   * @param options.signal gives the message up while it waits for room
   * @throws where it was given up, and once it is stopped: the message was not taken
   */
  take(message: BrokerMessage, options?: TakeOptions): Promise<void>
  /** Takes note of a message that the broker refused. */
  refused(message: RefusedMessage): void
  /** Begins to store. */
  start(): void
  /** Finishes what is queued, then ends; may be called twice. */
  stop(): Promise<void>
}

export function createIngest(options: IngestOptions): Ingest {
  const { database, publish, greet, live, counters, log, nowMs = Date.now, onCommitted = () => {} } = options
  const { db } = database
  const stopping = new AbortController()
  const persist = createPersist({ signal: stopping.signal, counters, log })
  const queue = createQueue<BrokerMessage | Rejected>({
    ...{ limit: maxQueued, maxBytes: maxUnjudgedBytes, bytesOf: heldBytes },
    onBytes: (by) => counters.heldBytes.inc(by),
  })
  const judgeAll = createJudgeAll({ db, nowMs })
  const liveStates = createLiveStates({ db, live, counters, nowMs })
  const tell = createTell({ publish, greet, counters, log })
  const months = createMonths(database)
  // The embedded database has one session: a second line would only wait for it.
  const lines = Array.from({ length: database.kind === 'postgres' ? maxLines : 1 }, () =>
    createStoreLine({ database, months, live, tell, persist, counters, log, onCommitted }),
  )
  let running: Promise<void> | null = null

  const enqueue = async (item: BrokerMessage, { signal }: TakeOptions): Promise<void> => {
    const before = queue.waited
    const placed = queue.push(item, { signal })
    if (queue.waited > before) counters.waited.inc()
    counters.queued.set(queue.size)
    await placed.catch((error) => {
      if (signal?.aborted) counters.givenUp.inc()
      throw error
    })
  }

  const judgeQueue = async (): Promise<void> => {
    for (;;) {
      const items = await queue.take(maxJudged, maxJudgedBytes, unfoldedBytes)
      counters.queued.set(queue.size)
      if (items.length === 0) return
      const judged = await persist('asking for devices', () => judgeAll(items))
      if (judged === undefined) log.warn({ messages: items.length }, 'stopped before they were judged')
      else counters.revoked.inc(items.length - judged.length)
      if (judged) await fileAll(judged)
    }
  }

  /** Gives messages to their lines; those that have no place yet are held here. */
  const fileAll = async (judged: readonly Judged[]): Promise<void> => {
    counters.heldBytes.inc(judged.reduce((sum, message) => sum + heldBytes(message), 0))
    for (const message of judged) {
      const placed = lines[lineOf(message, lines.length)]!.push(message)
      counters.heldBytes.dec(heldBytes(message)) // the line counts it from now on
      await placed
    }
  }

  const run = async (): Promise<void> => {
    const storing = lines.map((line) => line.run())
    await judgeQueue()
    for (const line of lines) line.close()
    await Promise.all(storing)
  }

  return {
    async take(message, options = {}) {
      const topic = parseUpTopic(message.topic)
      if (topic?.stream !== 'live') return enqueue(onItsOwn(message), options)
      try {
        liveStates.pass(topic.device, message.payload)
      } catch {
        await enqueue(onItsOwn(message), options) // judged there, and dead-lettered with the reason
      }
    },
    refused(message) {
      if (queue.offer({ kind: 'rejected', range: null, ...message })) counters.queued.set(queue.size)
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
