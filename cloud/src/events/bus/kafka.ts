import { setTimeout as wait } from 'node:timers/promises'
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import {
  Admin,
  Consumer,
  type Message,
  type MessagesStream,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka'
import type { Counter } from 'prom-client'
import { messageOf } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Bus } from './bus.ts'
import { fromKafkaRecord, toKafkaRecord } from './kafka-message.ts'

/** Where the events are; a topic of its own for another meaning of its name. */
const defaultTopic = 'fairmile.domain-events.v1'
const defaultGroup = 'fairmile-cloud'
/** Partitions of a new topic: as many workers may read side by side. */
const partitions = 12
/** How long an answer of Kafka is waited for: a connection of the database may be held meanwhile. */
const timeoutMs = 5_000
/**
 * A reader that falls silent is given up after ten seconds, and the others wait for one another little longer: an answer to
 * their question takes as long.
 */
const membership = {
  sessionTimeout: 10_000,
  rebalanceTimeout: 12_000,
  heartbeatInterval: 2_000,
  requestTimeout: 20_000,
}
/** How long a send may take, its own second try included. */
const sendMs = 2 * timeoutMs
/** How long the end waits for Kafka's goodbye. */
const closeMs = 3_000
/** Records of one transaction of the inbox. */
const maxBatch = 500
/** First and longest wait before Kafka is asked again; drawn from the whole range (full jitter). */
const firstRetryMs = 250
const maxRetryMs = 15_000

interface KafkaOptions {
  /** `host:port` of each. */
  readonly brokers: readonly string[]
  /** @default fairmile.domain-events.v1 */
  readonly topic?: string
  /** The processes of one database share a group. @default fairmile-cloud */
  readonly group?: string
  /** Counts records that are no events of ours, which are passed over. */
  readonly unreadable: Counter
  readonly log: Log
}

type Records = MessagesStream<string, string, string, string>
type KafkaMessage = Message<string, string, string, string>

/** Kafka as the bus: an idempotent producer, keyed by subject; a consumer that commits what was taken. */
export function createKafkaBus(options: KafkaOptions): Bus {
  const { brokers, topic = defaultTopic, group = defaultGroup, unreadable, log } = options
  const base = {
    clientId: 'fairmile-cloud',
    bootstrapBrokers: [...brokers],
    timeout: timeoutMs,
    connectTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    retries: 1,
  }
  const stopping = new AbortController()
  let producer: Producer<string, string, string, string> | null = null
  let reading: Promise<void> | null = null
  let open: Records | null = null

  async function publish(events: readonly StoredDomainEvent[]): Promise<void> {
    try {
      if (!producer) {
        await ensureTopic(base, topic)
        producer = new Producer({ ...base, idempotent: true, strict: true, serializers: stringSerializers })
      }
      const sent = producer.send({ messages: events.map((event) => ({ topic, ...toKafkaRecord(event) })) })
      await within(sendMs, sent)
    } catch (error) {
      // What a broken producer numbered is unsure: the next one has a number of its own.
      const broken = producer
      producer = null
      if (broken) await closed(broken)
      throw new Error(`Publishing ${events.length} events to Kafka: ${messageOf(error)}`, { cause: error })
    }
  }

  /** Reads from where the group is to the end; throws where Kafka goes away. */
  async function read(
    take: (events: readonly StoredDomainEvent[]) => Promise<void>,
    onRead: () => void,
  ): Promise<void> {
    await ensureTopic(base, topic)
    const consumer = new Consumer({
      ...base,
      groupId: group,
      deserializers: stringDeserializers,
      ...membership,
      autocommit: false,
    })
    // One promise, made anew after each wait: a race against promises that live on would leave something in them each time.
    const state = { failure: null as Error | null, call: Promise.withResolvers<void>() }
    const wake = () => state.call.resolve()
    const fail = (error: Error) => {
      state.failure ??= error
      wake()
    }
    consumer.on('error', fail)
    stopping.signal.addEventListener('abort', wake)
    try {
      const stream = await consumer.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' })
      open = stream
      stream.on('error', fail)
      stream.on('close', () => fail(new Error('the stream ended')))
      stream.on('readable', wake)
      while (!stopping.signal.aborted) {
        const batch = nextBatch(stream)
        if (batch.length === 0) {
          if (state.failure) throw state.failure
          await state.call.promise
          state.call = Promise.withResolvers()
          continue
        }
        await take(batch.flatMap(readable))
        await commit(batch)
        onRead()
      }
    } finally {
      stopping.signal.removeEventListener('abort', wake)
      open = null
      await closed(consumer)
    }
  }

  function readable(message: KafkaMessage): StoredDomainEvent[] {
    try {
      return [fromKafkaRecord({ value: message.value, headers: Object.fromEntries(message.headers) })]
    } catch (error) {
      unreadable.inc()
      const { partition, offset } = message
      log.warn({ topic, partition, offset: String(offset), error }, 'passed over a record that is no event of ours')
      return []
    }
  }

  async function run(take: (events: readonly StoredDomainEvent[]) => Promise<void>): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      try {
        await read(take, () => {
          attempt = 0
        })
      } catch (error) {
        if (stopping.signal.aborted) return
        log.warn({ error, attempt }, 'Kafka: reading events failed; trying again')
        const longest = Math.min(maxRetryMs, firstRetryMs * 2 ** attempt)
        await wait(Math.random() * longest, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  }

  return {
    publish,
    subscribe: (take) => {
      reading ??= run(take)
    },
    async close() {
      stopping.abort()
      open?.destroy()
      await reading
      const last = producer
      producer = null
      if (last) await closed(last)
    },
  }
}

/** Closes a client; one that Kafka does not answer is left to itself. */
async function closed(client: { close(force?: boolean): Promise<void> }): Promise<void> {
  await within(closeMs, client.close(true)).catch(() => {})
}

/** Waits for Kafka so long at most: a client whose connection went away may never answer. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(reject, ms, new Error(`no answer within ${ms} ms`))
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What has come, without waiting. */
function nextBatch(stream: Records): KafkaMessage[] {
  const batch: KafkaMessage[] = []
  while (batch.length < maxBatch) {
    const message = stream.read() as KafkaMessage | null
    if (message === null) break
    batch.push(message)
  }
  return batch
}

/** Tells Kafka how far each partition was taken. */
async function commit(batch: readonly KafkaMessage[]): Promise<void> {
  const last = new Map(batch.map((message) => [message.partition, message]))
  await Promise.all([...last.values()].map((message) => message.commit()))
}

async function ensureTopic(base: ConstructorParameters<typeof Admin>[0], topic: string): Promise<void> {
  const admin = new Admin(base)
  try {
    const known = await admin.listTopics()
    if (!known.includes(topic)) await admin.createTopics({ topics: [topic], partitions, replicas: -1 })
  } catch (error) {
    // Another process was first.
    if (!messageOf(error).includes('already exists') && !(await admin.listTopics()).includes(topic)) throw error
  } finally {
    await admin.close().catch(() => {})
  }
}
