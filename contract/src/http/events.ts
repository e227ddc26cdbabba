import { z } from 'zod'
import { bands, eventKinds, grades } from '../driving-event.ts'

const nullableNumber = z.number().nullable()
const column = z.array(nullableNumber)

/** A driving event without its trace. */
export const DrivingEventSummary = z
  .object({
    id: z.string(),
    tripId: z.string(),
    kind: z.enum(eventKinds),
    startAt: z.iso.datetime(),
    endAt: z.iso.datetime(),
    /** m/s² for harsh events and crashes, m/s over the limit for speeding, s for phone use. */
    peak: z.number(),
    band: z.enum(bands),
    grade: z.enum(grades),
    gradeReasons: z.array(z.string()),
    lat: nullableNumber,
    lon: nullableNumber,
    startSpeedMps: nullableNumber,
    endSpeedMps: nullableNumber,
    limitKmh: nullableNumber,
  })
  .meta({ id: 'DrivingEventSummary' })
export type DrivingEventSummary = z.infer<typeof DrivingEventSummary>

/** What the full-rate readings showed of a crash, and the readings of five seconds on both sides. */
export const CrashDetail = z
  .object({
    /** Change of the horizontal velocity, m/s. */
    deltaVMps: z.number(),
    /** Where the force came from, degrees clockwise from the front. */
    directionDeg: nullableNumber,
    /** Largest horizontal acceleration, averaged over 10 ms, m/s². */
    peakMps2: z.number(),
    rolledOver: z.boolean(),
    /** The sensor was at its limit: the crash was harder than this says. */
    saturated: z.boolean(),
    /** Readings a second. */
    rateHz: z.number(),
    /** Specific force in the axes of the box, m/s², by milliseconds from the crash; at most 2,000 points. */
    felt: z.object({
      offsetMs: z.array(z.number()),
      ax: z.array(z.number()),
      ay: z.array(z.number()),
      az: z.array(z.number()),
    }),
  })
  .meta({ id: 'CrashDetail' })
export type CrashDetail = z.infer<typeof CrashDetail>

/** A driving event with its trace of ±10 s at 10 Hz, in columns; null where none was kept. */
export const DrivingEventDetail = DrivingEventSummary.extend({
  trace: z
    .object({
      offsetMs: z.array(z.number()),
      speedMps: column,
      aLong: column,
      aLat: column,
      lat: column,
      lon: column,
    })
    .nullable(),
  /** Of a crash alone; null where the device sent nothing more than its alarm. */
  crash: CrashDetail.nullable(),
}).meta({ id: 'DrivingEventDetail' })
export type DrivingEventDetail = z.infer<typeof DrivingEventDetail>

/** The events of a trip in order of time. */
export const DrivingEventList = z.object({ items: z.array(DrivingEventSummary) }).meta({ id: 'DrivingEventList' })
export type DrivingEventList = z.infer<typeof DrivingEventList>
