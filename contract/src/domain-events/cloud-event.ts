import { z } from 'zod'
import type { DomainEventType, StoredDomainEvent } from './domain-event.ts'
import { eventDataV1 } from './event-data.ts'

/** Where the events come from: `source` and `id` together name one event. */
export const eventSource = 'urn:fairmile:cloud'

const decimal = z.string().regex(/^\d{1,16}$/)

/** `fairmile.TripCompleted.v1`: a consumer asks for the versions that it can read. */
const typeOf = <T extends DomainEventType>(name: T) => `fairmile.${name}.v1` as const
const schemaOf = <T extends DomainEventType>(name: T) => `urn:fairmile:domain-event:${name}:v1` as const

/** Type of the event that tests a webhook: nothing happened, and `data` names the webhook alone. */
export const webhookTestType = 'fairmile.WebhookTest.v1'

/** CloudEvents 1.0 in its JSON format, with the extensions `correlationid` and `causedby`. */
const envelopeOf = <T extends DomainEventType>(name: T) =>
  z.object({
    specversion: z.literal('1.0'),
    id: decimal,
    source: z.literal(eventSource),
    type: z.literal(typeOf(name)),
    subject: z.string().min(1).max(64),
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    dataschema: z.literal(schemaOf(name)),
    /** The same for all that one cause brought about. */
    correlationid: z.string().min(1).max(100),
    /** The `id` of the event that brought this one about; absent where none did. */
    causedby: decimal.optional(),
    data: eventDataV1[name],
  })

/** Every domain event as a CloudEvent, told apart by `type`. */
export const DomainCloudEvent = z
  .discriminatedUnion('type', [
    envelopeOf('TripCompleted'),
    envelopeOf('RiskScoreCalculated'),
    envelopeOf('PremiumUpdated'),
    envelopeOf('DriverCreated'),
    envelopeOf('DriverUpdated'),
    envelopeOf('SafetyAlert'),
    envelopeOf('ContestOpened'),
    envelopeOf('ContestRuled'),
    envelopeOf('PointsRedeemed'),
    envelopeOf('RedemptionSettled'),
    envelopeOf('PolicyChanged'),
    envelopeOf('PointsCorrected'),
    envelopeOf('DriverFeaturesUpdated'),
  ])
  .meta({ id: 'DomainCloudEvent' })
export type DomainCloudEvent = z.infer<typeof DomainCloudEvent>

/** Writes a stored event as a CloudEvent. */
export function toCloudEvent(event: StoredDomainEvent): DomainCloudEvent {
  const { type, id, subject, time, correlationId, causedBy, data } = event
  return {
    specversion: '1.0',
    id: String(id),
    source: eventSource,
    type: typeOf(type),
    subject,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: schemaOf(type),
    correlationid: correlationId,
    ...(causedBy !== null && { causedby: String(causedBy) }),
    data,
  } as DomainCloudEvent
}

/**
 * Reads a CloudEvent back.
 *
 * @throws {z.ZodError} where it is none of ours, or of a version that is not known here
 */
export function fromCloudEvent(input: unknown): StoredDomainEvent {
  const { id, type, subject, time, correlationid, causedby, data } = DomainCloudEvent.parse(input)
  return {
    id: Number(id),
    type: type.split('.')[1],
    subject,
    time: new Date(time),
    correlationId: correlationid,
    causedBy: causedby === undefined ? null : Number(causedby),
    data,
  } as StoredDomainEvent
}
