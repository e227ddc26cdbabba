import { z } from 'zod'
import { SafetyAlertV1 } from '../domain-events/event-data.ts'
import { bands, eventKinds } from '../driving-event.ts'
import { policyChangeKinds } from './policies.ts'

/** Number of a notification. */
export const NotificationId = z.string().regex(/^\d{1,15}$/)

const base = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  /** Null while it is unread. */
  readAt: z.iso.datetime().nullable(),
})

/** What a driver is told; a page finds the words for each kind. */
export const Notification = z
  .discriminatedUnion('kind', [
    base.extend({ kind: z.literal('welcome'), data: z.object({}) }),
    base.extend({
      kind: z.literal('high_risk'),
      /** Both from 0 (safest) to 100; `limit` is what the risk reached or went past. `isFirst` of the first score; left out of what was told before it was. */
      data: z.object({ risk: z.number(), limit: z.number(), isFirst: z.boolean().optional() }),
    }),
    base.extend({
      kind: z.literal('contest_ruled'),
      data: z.object({
        contestId: z.string(),
        eventId: z.string(),
        ruling: z.string(),
        /** What was contested; null, and left out of what was told before it was, where it is not known. */
        event: z
          .object({ kind: z.enum(eventKinds), band: z.enum(bands), startAt: z.iso.datetime() })
          .nullable()
          .optional(),
        /** What the event had done to the premium of the term by then, minor units; null where nobody knew. */
        effect: z.object({ premiumMinor: z.int(), currency: z.string() }).nullable().optional(),
        /** The true limit where the event was judged by one, and what the event is by it; null, and left out of what was told before it was, where there is none. */
        limit: z.object({ limitKmh: z.number(), isSpeeding: z.boolean(), counts: z.boolean() }).nullable().optional(),
      }),
    }),
    base.extend({
      kind: z.literal('trip_assigned'),
      /** A trip of which a person said that this driver drove it. */
      data: z.object({
        tripId: z.string(),
        startAt: z.iso.datetime(),
        distanceM: z.number(),
        /** Whether a policy of theirs pays for it; left out of what was told before it was. */
        isOnOwnPolicy: z.boolean().optional(),
      }),
    }),
    base.extend({
      kind: z.literal('redemption_settled'),
      /** What was had for points, and whether it was given; why not, where it was refused and the points came back that are still due. */
      data: z.object({
        redemptionId: z.string(),
        title: z.string(),
        /** By language, where the catalogue had others. */
        titles: z.record(z.string(), z.string()).optional(),
        points: z.int(),
        state: z.enum(['fulfilled', 'refused']),
        reason: z.string().nullable(),
        /** Points that came back; left out where it was given, and of what was told before it was. */
        backPoints: z.int().optional(),
      }),
    }),
    base.extend({
      kind: z.literal('policy_changed'),
      /** What became of a policy of the driver's, and from which day on. */
      data: z.object({
        policyId: z.string(),
        vehicleName: z.string(),
        change: z.enum(policyChangeKinds).exclude(['bound']),
        onDay: z.iso.date(),
        /** What was said of it; null where nobody said why. */
        reason: z.string().nullable(),
        /** What follows it from that day on; null where it ends. */
        next: z
          .object({ policyId: z.string(), planId: z.string(), endsOn: z.iso.date(), vehicleName: z.string() })
          .nullable(),
      }),
    }),
    base.extend({
      kind: z.literal('points_corrected'),
      /** Points that a person gave (above zero) or took, why, and how many there were then. */
      data: z.object({ points: z.int(), balance: z.int(), reason: z.string() }),
    }),
    base.extend({
      kind: z.literal('device_silent'),
      data: z.object({ deviceId: z.string(), heardAt: z.iso.datetime(), days: z.int() }),
    }),
    base.extend({ kind: z.literal('safety_alert'), data: SafetyAlertV1.shape.alert }),
    base.extend({
      kind: z.literal('premium_updated'),
      /** Money in minor units; what was before is null for a first premium. What may be left out was not told before it was. */
      data: z.object({
        policyId: z.string(),
        receiptId: z.string(),
        premiumMinor: z.int(),
        beforeMinor: z.int().nullable(),
        currency: z.string(),
        /** What the term costs to date with fees and taxes; null where the plan has none. */
        payableMinor: z.int().nullable().optional(),
        /** A month at the present price, and at the one that was told before; without fees and taxes. */
        monthMinor: z.int().optional(),
        beforeMonthMinor: z.int().nullable().optional(),
        /** The last day that was billed with it; null where none was. */
        billedTo: z.iso.date().nullable().optional(),
        /** What came back for days that were billed after the policy's early end, without fees and taxes as the ledger has it; null where nothing did. */
        givenBackMinor: z.int().nullable().optional(),
        /** What came back of a bill that costs less as trips are judged now: a contest, a limit that was put right, late data, without fees and taxes as well; null where nothing did. */
        refundedMinor: z.int().nullable().optional(),
      }),
    }),
  ])
  .meta({ id: 'Notification' })
export type Notification = z.infer<typeof Notification>

/** What is told, without when and whether it was read. */
export type Told = {
  [K in Notification['kind']]: Pick<Extract<Notification, { kind: K }>, 'kind' | 'data'>
}[Notification['kind']]

/** A page of notifications, the newest first, and how many are unread of all. */
export const NotificationPage = z
  .object({ items: z.array(Notification), nextCursor: z.string().nullable(), unread: z.int() })
  .meta({ id: 'NotificationPage' })
export type NotificationPage = z.infer<typeof NotificationPage>

/** Marks all up to one as read. */
export const ReadNotificationsBody = z.object({ upTo: NotificationId }).meta({ id: 'ReadNotificationsBody' })

export const ReadNotifications = z.object({ read: z.int(), unread: z.int() }).meta({ id: 'ReadNotifications' })
export type ReadNotifications = z.infer<typeof ReadNotifications>
