import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { Producer, stringSerializers } from '@platformatic/kafka'
import { messageOf } from '../../errors.ts'
import { closed, ensureTopic, type KafkaClient, timeoutMs, within } from './kafka-client.ts'
import { toKafkaRecord } from './kafka-message.ts'

/** How long a send may take, its own second try included. */
const sendMs = 2 * timeoutMs

interface KafkaPublisher {
  publish(events: readonly StoredDomainEvent[]): Promise<void>
  /** May be called twice. */
  close(): Promise<void>
}

/** Sends events in order, keyed by subject, by an idempotent producer. */
export function createKafkaPublisher(client: KafkaClient, topic: string): KafkaPublisher {
  let producer: Producer<string, string, string, string> | null = null

  async function close(): Promise<void> {
    const last = producer
    producer = null
    if (last) await closed(last)
  }

  return {
    async publish(events) {
      try {
        if (!producer) {
          await ensureTopic(client, topic)
          producer = new Producer({ ...client, idempotent: true, strict: true, serializers: stringSerializers })
        }
        const sent = producer.send({ messages: events.map((event) => ({ topic, ...toKafkaRecord(event) })) })
        await within(sendMs, sent)
      } catch (error) {
        // What a broken producer numbered is unsure: the next one has a number of its own.
        await close()
        throw new Error(`Publishing ${events.length} events to Kafka: ${messageOf(error)}`, { cause: error })
      }
    },
    close,
  }
}
