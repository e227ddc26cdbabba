import { parseUpTopic } from '@fairmile/contract/topics.ts'
import type { BrokerMessage, RefusedMessage } from '../broker/broker.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { LivePort } from '../live/fan-out.ts'
import type { Log } from '../log.ts'
import type { IngestCounters } from './counters.ts'
import { onItsOwn, ownBytes } from './held-bytes.ts'
import { createIntake } from './intake.ts'
import { type Judged, keptPayload } from './judge.ts'
import { createJudgeAll } from './judge-all.ts'
import { createLiveStates } from './live-states.ts'
import { createMonths } from './months.ts'
import { createPersist } from './persist.ts'
import { createStoreLines } from './store-lines.ts'
import { createSweep } from './sweep.ts'
import { createTell, type TellOptions } from './tell.ts'

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
  const intake = createIntake(counters)
  const judgeAll = createJudgeAll({ db, nowMs })
  const liveStates = createLiveStates({ db, live, counters, nowMs })
  const tell = createTell({ publish, greet, counters, log })
  const months = createMonths(database)
  const lines = createStoreLines({ database, months, live, tell, persist, counters, log, onCommitted })
  const sweep = createSweep()
  let running: Promise<void> | null = null

  const judgeQueue = async (): Promise<void> => {
    for (;;) {
      const items = await intake.take()
      if (items.length === 0) return
      const judged = await persist('asking for devices', () => judgeAll(items))
      if (judged === undefined) log.warn({ messages: items.length }, 'stopped before they were judged')
      else counters.revoked.inc(items.length - judged.length)
      if (!judged) continue
      await lines.file(judged)
      if (judged.some(leavesMuch)) sweep()
    }
  }

  const run = async (): Promise<void> => {
    const storing = lines.run()
    await judgeQueue()
    lines.close()
    await storing
  }

  return {
    async take(message, options = {}) {
      const topic = parseUpTopic(message.topic)
      if (topic?.stream !== 'live') return intake.put(onItsOwn(message), options)
      try {
        liveStates.pass(topic.device, message.payload)
      } catch {
        await intake.put(onItsOwn(message), options) // judged there, and dead-lettered with the reason
      }
    },
    refused({ payload, ...message }) {
      const kept = payload && keptPayload(payload)
      intake.offer({ kind: 'rejected', range: null, ...message, payload: kept && ownBytes(kept) })
    },
    start() {
      running ??= run()
    },
    async stop() {
      stopping.abort()
      intake.close()
      await running
    },
  }
}

/** What is larger than the seconds of a drive are, or no batch at all: those of ordinary batches die young, and V8 is quick with them. */
const leavesMuch = (message: Judged): boolean =>
  message.kind === 'rejected' || (message.kind === 'accepted' && 'chunks' in message.batch)
