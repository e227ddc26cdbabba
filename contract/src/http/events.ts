import { z } from 'zod'
import { contestStates } from '../contest.ts'
import { bands, eventKinds, grades } from '../driving-event.ts'
import { Contest } from './contests.ts'

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
    /**
     * How the contest stands that takes it out, pending or upheld, whoever contested: the event counts for nothing. Else that of whose the trip is, null where
     * there is none. "Not me" is about the whole trip, and told only of one whose the trip is all the same.
     */
    contest: z.enum(contestStates).nullable(),
    /** What it counts as by a limit that was put right since, whoever contested it: `band` null where it is no speeding by that; null as a whole where there is none, or a contest takes the event out. */
    trueLimit: z.object({ limitKmh: z.number(), band: z.enum(bands).nullable() }).nullable(),
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

/** What an event was judged on: ten seconds on both sides, and how far the axes were known. */
export const DrivingEventEvidence = z
  .object({
    eventId: z.string(),
    kind: z.enum(eventKinds),
    band: z.enum(bands),
    grade: z.enum(grades),
    /** Names of the rows of the grade table that kept it from A. */
    gradeReasons: z.array(z.string()),
    startAt: z.iso.datetime(),
    endAt: z.iso.datetime(),
    /** At 10 Hz, in columns: m/s, and g along (forwards) and across (to the left); null where no trace was kept. */
    trace: z
      .object({
        offsetMs: z.array(z.number()),
        speedMps: column,
        alongG: column,
        acrossG: column,
        lat: column,
        lon: column,
      })
      .nullable(),
    /** What the second-by-second log says of the same time: the limit, the height, the road's slope by both, and bits of quality. */
    seconds: z.object({
      offsetMs: z.array(z.number()),
      limitKmh: column,
      altM: column,
      /** Rise over run; null where height or way is not known. */
      slope: column,
      quality: z.array(z.int()),
    }),
    /** The limit where the peak was. */
    limitKmh: nullableNumber,
    /** How well the box knew its axes: one standard deviation of an acceleration, as a bound in g that the grade asked for. */
    calibration: z.object({ state: z.enum(['within', 'beyond', 'unknown', 'not_asked']), maxSigmaG: z.number() }),
    /** Until when it may be contested. */
    contestableUntil: z.iso.datetime(),
    contest: z.union([Contest, z.null()]),
  })
  .meta({ id: 'DrivingEventEvidence' })
export type DrivingEventEvidence = z.infer<typeof DrivingEventEvidence>
