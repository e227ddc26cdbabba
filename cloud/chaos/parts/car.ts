import { type SealedBatch, sealBatch } from '@fairmile/contract/batch.ts'
import { genesisHash } from '@fairmile/contract/chain.ts'
import type { LaneRecords } from '@fairmile/contract/codec.ts'
import { ackSchema, parseMessage } from '@fairmile/contract/messages.ts'
import { type Lane, lanes, logTopic } from '@fairmile/contract/topics.ts'
import type { Identity } from './register-cars.ts'

/** A batch that the cloud has said it has. */
export interface AckedBatch {
  readonly lane: Lane
  readonly boot: number
  readonly firstSeq: number
  readonly lastSeq: number
  /** Of its bytes, hex. */
  readonly hash: string
  /** Why it was dead-lettered; null where its records are stored. */
  readonly rejected: string | null
  /** When it was first sent and when acked, ms of the monotonic clock. */
  readonly sentMs: number
  readonly ackedMs: number
}

/** A car that sends as the agent does: nothing is let go before the cloud's own ack. */
export interface Car {
  readonly identity: Identity
  readonly boot: number
  /** What was acked, in the order of the acks: the history that the checker believes. */
  readonly acked: readonly AckedBatch[]
  /** Batches not acked yet. */
  readonly backlog: number
  /** When those of them were first sent that were, ms of the monotonic clock. */
  readonly unackedSentMs: readonly number[]
  /** Batches that were published, those sent again too. */
  readonly sent: number
  nextSeq(lane: Lane): number
  /** Seals records as the lane's next batch and sends it when it may. */
  record<L extends Lane>(lane: L, records: readonly LaneRecords[L][]): SealedBatch
  /** Takes a message on the ack topic. */
  ack(payload: Uint8Array): void
  /** A connection is there: all that is not acked is sent, from the start. */
  connected(): void
  disconnected(): void
  /** A new boot: numbers begin anew, the chain and what is not acked go on. */
  reboot(boot: number): void
  /** Sends no more, and forgets no history. */
  stop(): void
}

export interface CarOptions {
  identity: Identity
  /** Publishes with QoS 1; a failure means that the connection is gone. */
  publish: (topic: string, payload: Buffer) => Promise<void>
  /** Batches that may wait for their ack at once. @default 16 */
  window?: number
  /** Silence of the cloud after which all that is not acked is sent again, ms. @default 20,000, as the agent has it */
  ackTimeoutMs?: number
  boot?: number
  /** Lets go of a batch when the broker has it, as a device without the cloud's ack would: for controls. @default false */
  trustBroker?: boolean
  /** Told of each batch that is acked. */
  onAcked?: (batch: AckedBatch) => void
}

interface Waiting extends SealedBatch {
  lane: Lane
  boot: number
  /** On its way. */
  out: boolean
  firstSentMs: number | null
}

export function createCar(options: CarOptions): Car {
  const { identity, publish, window = 16, ackTimeoutMs = 20_000, trustBroker = false, onAcked = () => {} } = options
  const waiting: Record<Lane, Waiting[]> = { urgent: [], trips: [], telematics: [], raw: [] }
  const next: Record<Lane, number> = { urgent: 1, trips: 1, telematics: 1, raw: 1 }
  const before: Record<Lane, Buffer> = fromLanes(() => genesisHash)
  const acked: AckedBatch[] = []
  let boot = options.boot ?? 1
  let online = false
  let out = 0
  let sent = 0
  let timer: NodeJS.Timeout | undefined

  const rearm = (): void => {
    clearTimeout(timer)
    if (out > 0) timer = setTimeout(again, ackTimeoutMs)
  }
  const rewind = (): void => {
    for (const lane of lanes) for (const batch of waiting[lane]) batch.out = false
    out = 0
  }
  const again = (): void => {
    rewind()
    fill()
    rearm()
  }
  const fill = (): void => {
    for (const lane of lanes)
      for (const batch of waiting[lane]) {
        if (!online || out >= window) return
        if (batch.out) continue
        batch.out = true
        batch.firstSentMs ??= performance.now()
        out++
        sent++
        const published = publish(logTopic(identity.id, lane), batch.bytes)
        const delivered = trustBroker ? published.then(() => release(lane, (one) => one === batch)) : published
        delivered.catch(() => undefined) // sent again, for want of an ack
      }
  }
  /** Takes what is acked out of what waits. */
  const release = (
    lane: Lane,
    isAcked: (batch: Waiting) => boolean,
    rejected: readonly { firstSeq: number; lastSeq: number; reason: string }[] = [],
  ): void => {
    const ackedMs = performance.now()
    waiting[lane] = waiting[lane].filter((batch) => {
      if (!isAcked(batch)) return true
      const { firstSeq, lastSeq } = batch
      if (batch.out) out--
      const refused = rejected.find((range) => range.firstSeq <= firstSeq && range.lastSeq >= lastSeq)
      const about = { lane, boot: batch.boot, firstSeq, lastSeq, hash: batch.hash.toString('hex') }
      const done = { ...about, rejected: refused?.reason ?? null, sentMs: batch.firstSentMs ?? ackedMs, ackedMs }
      acked.push(done)
      onAcked(done)
      return false
    })
    fill()
    rearm()
  }
  return {
    identity,
    acked,
    get boot() {
      return boot
    },
    get backlog() {
      return lanes.reduce((sum, lane) => sum + waiting[lane].length, 0)
    },
    get unackedSentMs() {
      return lanes.flatMap((lane) => waiting[lane].flatMap(({ firstSentMs }) => firstSentMs ?? []))
    },
    get sent() {
      return sent
    },
    nextSeq: (lane) => next[lane],
    record(lane, records) {
      const { id: device, keys } = identity
      const chain = { previousHash: before[lane], privateKey: keys.privateKey }
      const batch = sealBatch({ device, boot, lane, firstSeq: next[lane], records, ...chain })
      before[lane] = batch.hash
      next[lane] = batch.lastSeq + 1
      waiting[lane].push({ ...batch, lane, boot, out: false, firstSentMs: null })
      const idle = out === 0
      fill()
      if (idle) rearm()
      return batch
    },
    ack(payload) {
      const { boot: of, lane: name, from = 0, upTo, rejected } = parseMessage(ackSchema, payload)
      if (trustBroker) return
      release(
        name as Lane,
        ({ boot: its, firstSeq, lastSeq }) => its === of && firstSeq >= from && lastSeq <= upTo,
        rejected,
      )
    },
    connected() {
      online = true
      again()
    },
    disconnected() {
      online = false
      rewind()
      rearm()
    },
    reboot(to) {
      boot = to
      for (const lane of lanes) next[lane] = 1
    },
    stop() {
      online = false
      clearTimeout(timer)
    },
  }
}

const fromLanes = <T>(make: () => T): Record<Lane, T> => ({
  urgent: make(),
  trips: make(),
  telematics: make(),
  raw: make(),
})
