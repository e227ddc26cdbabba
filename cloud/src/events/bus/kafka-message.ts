import { eventSource, toCloudEvent } from '@fairmile/contract/domain-events/cloud-event.ts'
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'

/** A Kafka record in the words of this file. */
export interface KafkaRecord {
  readonly key: string
  readonly value: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Writes an event as CloudEvents' Kafka binding has it in binary mode: attributes in `ce_` headers, the data as value; keyed
 * by subject, so that a driver's events share a partition and stay in order.
 */
export function toKafkaRecord(event: StoredDomainEvent): KafkaRecord {
  const { data, datacontenttype, ...attributes } = toCloudEvent(event)
  const headers = Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)])
  return {
    key: event.subject,
    value: JSON.stringify(data),
    headers: { 'content-type': datacontenttype, ...Object.fromEntries(headers) },
  }
}

/**
 * Which event of ours a record is, by its headers alone: what it says may be of a release that this one does not understand yet.
 *
 * @throws Error where it is no event of ours
 */
export function eventIdOf(headers: KafkaRecord['headers']): number {
  const { ce_source: source, ce_id: id = '' } = headers
  if (source !== eventSource) throw new Error(`Reading a record: its source is "${source}", not "${eventSource}"`)
  if (!/^\d{1,16}$/.test(id)) throw new Error(`Reading a record: its id is "${id}", which is no number`)
  return Number(id)
}
