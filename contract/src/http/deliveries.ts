import { z } from 'zod'
import { DomainCloudEvent } from '../domain-events/cloud-event.ts'

const consumer = z.string().regex(/^[a-z]{1,32}$/)
const eventId = z.string().regex(/^\d{1,15}$/)

/** How the delivery of an event to one consumer stands. */
export const Delivery = z
  .object({
    consumer: z.string(),
    /** `ready`: due or waiting for its next attempt; `queued`: behind another of its subject; `dead`: given up. */
    state: z.enum(['ready', 'queued', 'done', 'dead']),
    attempts: z.int(),
    nextAttemptAt: z.iso.datetime(),
    /** Why the last attempt failed; null where none did. */
    error: z.string().nullable(),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof Delivery>

/** A domain event with its deliveries. */
export const DeliveredEvent = z
  .object({ event: DomainCloudEvent, deliveries: z.array(Delivery) })
  .meta({ id: 'DeliveredEvent' })
export type DeliveredEvent = z.infer<typeof DeliveredEvent>

/** No control characters: no name holds one, and PostgreSQL takes no NUL. */
const printable = /^\P{Cc}+$/u

/** Which events: all that one cause brought about, all of a driver or device. */
export const DomainEventFilter = z.object({
  correlationId: z.string().min(1).max(100).regex(printable, 'expected no control characters').optional(),
  subject: z.string().min(1).max(64).regex(printable, 'expected no control characters').optional(),
})
export type DomainEventFilter = z.infer<typeof DomainEventFilter>

/** A delivery that was given up, with its event. */
export const DeadDelivery = Delivery.extend({ event: DomainCloudEvent }).meta({ id: 'DeadDelivery' })
export type DeadDelivery = z.infer<typeof DeadDelivery>

export const DeadDeliveryFilter = z.object({ consumer: consumer.optional() })

/** Which dead deliveries are to be tried again; without ids the oldest first. */
export const ReplayDeliveriesBody = z
  .object({
    consumer,
    eventIds: z.array(eventId).min(1).max(1000).optional(),
    /** At most so many. */
    limit: z.int().min(1).max(1000).default(100),
  })
  .meta({ id: 'ReplayDeliveriesBody', example: { consumer: 'risk' } })
export type ReplayDeliveriesBody = z.infer<typeof ReplayDeliveriesBody>

export const ReplayedDeliveries = z.object({ replayed: z.int() }).meta({ id: 'ReplayedDeliveries' })
