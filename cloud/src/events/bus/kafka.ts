import { setTimeout as wait } from 'node:timers/promises'
import type { Counter } from 'prom-client'
import { backOffMs } from '../../back-off.ts'
import type { Log } from '../../log.ts'
import type { BroughtEvent, Bus } from './bus.ts'
import { commit, type KafkaMessage, kafkaBatches } from './kafka-batches.ts'
import { kafkaClient } from './kafka-client.ts'
import { eventIdOf } from './kafka-message.ts'
import { createKafkaPublisher } from './kafka-publisher.ts'

/** Where the events are; a topic of its own for another meaning of its name. */
const defaultTopic = 'fairmile.domain-events.v1'
const defaultGroup = 'fairmile-cloud'
/** Between the tries to read from Kafka. */
const retries = { firstMs: 250, maxMs: 15_000 }

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

/** Kafka as the bus: an idempotent producer, keyed by subject; a consumer that commits what was taken. */
export function createKafkaBus(options: KafkaOptions): Bus {
  const { brokers, topic = defaultTopic, group = defaultGroup, unreadable, log } = options
  const client = kafkaClient(brokers)
  const publisher = createKafkaPublisher(client, topic)
  const stopping = new AbortController()
  const { signal } = stopping
  let reading: Promise<void> | null = null

  function readable({ headers, partition, offset }: KafkaMessage): BroughtEvent[] {
    try {
      return [{ id: eventIdOf(Object.fromEntries(headers)) }]
    } catch (error) {
      unreadable.inc()
      log.warn({ topic, partition, offset: String(offset), error }, 'passed over a record that is no event of ours')
      return []
    }
  }

  async function run(take: (events: readonly BroughtEvent[]) => Promise<void>): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        for await (const batch of kafkaBatches(client, { topic, group, signal })) {
          await take(batch.flatMap(readable))
          await commit(batch)
          failures = 0
        }
      } catch (error) {
        if (signal.aborted) return
        log.warn({ error, failures }, 'Kafka: reading events failed; trying again')
        await wait(backOffMs(retries, failures++), undefined, { signal }).catch(() => {})
      }
    }
  }

  return {
    publish: publisher.publish,
    subscribe: (take) => {
      reading ??= run(take)
    },
    async close() {
      stopping.abort()
      await reading
      await publisher.close()
    },
  }
}
