import { Consumer, type Message, type MessagesStream, stringDeserializers } from '@platformatic/kafka'
import { closed, ensureTopic, type KafkaClient } from './kafka-client.ts'

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
/** Records of one batch, which is one transaction of the inbox. */
const maxBatch = 500

export type KafkaMessage = Message<string, string, string, string>

interface BatchOptions {
  readonly topic: string
  readonly group: string
  readonly signal: AbortSignal
}

/**
 * Reads from where the group is, a batch at a time, until the signal.
 *
 * @throws where Kafka goes away
 */
export async function* kafkaBatches(client: KafkaClient, options: BatchOptions): AsyncGenerator<KafkaMessage[]> {
  const { topic, group, signal } = options
  await ensureTopic(client, topic)
  const deserializers = stringDeserializers
  const consumer = new Consumer({ ...client, groupId: group, deserializers, ...membership, autocommit: false })
  // One promise, made anew after each wait: a race against promises that live on would leave something in them each time.
  const state = { failure: null as Error | null, call: Promise.withResolvers<void>() }
  const wake = () => state.call.resolve()
  const fail = (error: Error) => {
    state.failure ??= error
    wake()
  }
  consumer.on('error', fail)
  signal.addEventListener('abort', wake)
  try {
    const stream = await consumer.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' })
    stream.on('error', fail)
    stream.on('close', () => fail(new Error('the stream ended')))
    stream.on('readable', wake)
    while (!signal.aborted) {
      const batch = nextBatch(stream)
      if (batch.length > 0) {
        yield batch
        continue
      }
      if (state.failure) throw state.failure
      await state.call.promise
      state.call = Promise.withResolvers()
    }
  } finally {
    signal.removeEventListener('abort', wake)
    await closed(consumer)
  }
}

/** What has come, without waiting. */
function nextBatch(stream: MessagesStream<string, string, string, string>): KafkaMessage[] {
  const batch: KafkaMessage[] = []
  while (batch.length < maxBatch) {
    const message = stream.read() as KafkaMessage | null
    if (message === null) break
    batch.push(message)
  }
  return batch
}

/** Tells Kafka how far each partition was taken. */
export async function commit(batch: readonly KafkaMessage[]): Promise<void> {
  const last = new Map(batch.map((message) => [message.partition, message]))
  await Promise.all([...last.values()].map((message) => message.commit()))
}
