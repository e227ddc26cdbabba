import { type DomainCloudEvent, fromCloudEvent, toCloudEvent } from '@fairmile/contract/domain-events/cloud-event.ts'
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
 * Reads a record back.
 *
 * @throws Error where it is no event of ours, or of a version that is not known here
 */
export function fromKafkaRecord({ value, headers }: Pick<KafkaRecord, 'value' | 'headers'>): StoredDomainEvent {
  const attributes: Record<string, unknown> = { datacontenttype: headers['content-type'] }
  for (const [name, text] of Object.entries(headers)) if (name.startsWith('ce_')) attributes[name.slice(3)] = text
  return fromCloudEvent({ ...attributes, data: JSON.parse(value) } as DomainCloudEvent)
}
