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
    /** m/s² for harsh events, m/s over the limit for speeding, s for phone use. */
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
}).meta({ id: 'DrivingEventDetail' })
export type DrivingEventDetail = z.infer<typeof DrivingEventDetail>

/** The events of a trip in order of time. */
export const DrivingEventList = z.object({ items: z.array(DrivingEventSummary) }).meta({ id: 'DrivingEventList' })
export type DrivingEventList = z.infer<typeof DrivingEventList>
