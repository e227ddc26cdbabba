import { ackSchema, parseMessage } from '@fairmile/contract/messages.ts'
import { type Lane, lanes, logTopic } from '@fairmile/contract/topics.ts'
import type { After } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { StoredBatch, Stretch } from '../outbox/store.ts'

/** Batches of the backlog that may wait for their ack at once: enough to fill a round trip and to share the cloud's commits. */
export const maxInFlight = 48
/** Bytes of them: what 64 kbit/s carries in a quarter of a minute. */
const maxInFlightBytes = 128 * 1024
/** Batches of `urgent` and `trips` beside them: an alert waits for no backlog. */
export const maxInFlightFirst = 16
/** Lanes that go before the backlog. */
const firstLanes: ReadonlySet<Lane> = new Set(['urgent', 'trips'])
/** Silence of the cloud about the batch that waits longest after which everything unacked is sent again, milliseconds. */
export const ackTimeoutMs = 20_000

export interface UplinkOptions {
  device: string
  outbox: Pick<Outbox, 'nextBatch' | 'acknowledge'>
  /** Stretches of `raw` that may be sent. */
  stretches: () => readonly Stretch[]
  /** Publishes with QoS 1; a failure means that the connection is gone. */
  publish: (topic: string, payload: Buffer) => Promise<void>
  after: After
  log: Log
}

/** What the uplink has done since its start. */
export interface UplinkCounters {
  sent: number
  /** Batches sent again because the cloud kept silent. */
  timeouts: number
  acks: number
  /** Batches that the cloud dead-lettered. */
  rejected: number
}

/** Sends what the outbox holds, in order of worth, and deletes nothing before the cloud says that it has it. */
export interface Uplink {
  /** A connection is there: everything unacked is sent from the start. */
  connected(): void
  disconnected(): void
  /** There may be something new to send. */
  wake(): void
  /** Takes a message on the ack topic. */
  ack(payload: Buffer): void
  /** True for a batch that was sent and is not acked. */
  isOnItsWay(id: number): boolean
  stop(): void
  readonly counters: UplinkCounters
}

type InFlight = Omit<StoredBatch, 'bytes'> & { size: number }

const logOf = ({ boot, lane }: { boot: number; lane: Lane }): string => `${lane}/${boot}`

/** Makes the uplink of one device. */
export function createUplink({ device, outbox, stretches, publish, after, log }: UplinkOptions): Uplink {
  const counters: UplinkCounters = { sent: 0, timeouts: 0, acks: 0, rejected: 0 }
  const cursor: Record<Lane, number> = { urgent: 0, trips: 0, telematics: 0, raw: 0 }
  const inFlight = new Map<number, InFlight>()
  /** The last number that was sent of each lane and boot. */
  const sentTo = new Map<string, number>()
  let online = false
  let cancelTimeout: (() => void) | null = null

  const rewind = (): void => {
    inFlight.clear()
    for (const lane of lanes) cursor[lane] = 0
  }
  /** The first that was sent of those in flight. */
  const longestWaiting = (): number | undefined => inFlight.keys().next().value
  const rearm = (): void => {
    cancelTimeout?.()
    cancelTimeout = inFlight.size === 0 ? null : after(ackTimeoutMs, onSilence)
  }
  const onSilence = (): void => {
    counters.timeouts += inFlight.size
    log.warn({ batches: inFlight.size }, 'the cloud has not acked in time; sending again')
    rewind()
    fill()
    rearm()
  }
  const next = (): StoredBatch | null => {
    for (const lane of lanes) {
      if (!hasRoom(firstLanes.has(lane))) continue
      const batch = lane === 'raw' ? nextRaw() : outbox.nextBatch(lane, cursor[lane])
      if (batch) return batch
    }
    return null
  }
  const nextRaw = (): StoredBatch | null => {
    const wanted = stretches()
    return wanted.length === 0 ? null : outbox.nextBatch('raw', cursor.raw, wanted)
  }
  const hasRoom = (first: boolean): boolean => {
    const beside = [...inFlight.values()].filter(({ lane }) => firstLanes.has(lane) === first)
    if (first) return beside.length < maxInFlightFirst
    return beside.length < maxInFlight && beside.reduce((sum, { size }) => sum + size, 0) < maxInFlightBytes
  }

  const fill = (): void => {
    while (online) {
      const batch = next()
      if (batch === null) return
      const { bytes, ...about } = batch
      cursor[batch.lane] = batch.id
      inFlight.set(batch.id, { ...about, size: bytes.length })
      sentTo.set(logOf(batch), Math.max(batch.lastSeq, sentTo.get(logOf(batch)) ?? 0))
      counters.sent++
      publish(logTopic(device, batch.lane), bytes).catch((error: unknown) =>
        log.debug({ reason: String(error) }, 'a batch was not delivered; it is sent again'),
      )
    }
  }
  const wake = (): void => {
    const before = inFlight.size
    fill()
    if (before === 0) rearm()
  }

  return {
    counters,
    connected() {
      online = true
      rewind()
      wake()
    },
    disconnected() {
      online = false
      rewind()
      rearm()
    },
    wake,
    ack(payload) {
      const { boot, lane: name, from, upTo: told, rejected } = parseMessage(ackSchema, payload)
      const lane = name as Lane
      // What was never sent the cloud cannot have, whatever it says.
      const upTo = Math.min(told, sentTo.get(logOf({ boot, lane })) ?? 0)
      const waitedFor = longestWaiting()
      counters.acks++
      counters.rejected += rejected.length
      for (const { firstSeq, lastSeq, reason } of rejected)
        log.error({ boot, lane, firstSeq, lastSeq, reason }, 'the cloud set records aside as dead letters')
      outbox.acknowledge({ boot, lane, from, upTo })
      for (const { id, ...batch } of inFlight.values())
        if (batch.boot === boot && batch.lane === lane && batch.firstSeq >= (from ?? 0) && batch.lastSeq <= upTo)
          inFlight.delete(id)
      fill()
      // Other lanes that go on say nothing of the one that waits.
      if (longestWaiting() !== waitedFor) rearm()
    },
    isOnItsWay: (id) => inFlight.has(id),
    stop() {
      online = false
      cancelTimeout?.()
    },
  }
}
