import { z } from 'zod'
import { bands, eventKinds, grades } from '../driving-event.ts'
import { tripEndReasons } from '../trip.ts'
import { tripSources } from './trip-versions.ts'

const nullableNumber = z.number().nullable()

/** A count of events of one kind, band and grade. */
export const EventCount = z.object({
  kind: z.enum(eventKinds),
  band: z.enum(bands),
  grade: z.enum(grades),
  count: z.int(),
})

/** One trip; the end and the sums are null while it runs, and the events are those stored so far. Metres, seconds, m/s. */
export const Trip = z
  .object({
    id: z.string(),
    deviceId: z.string(),
    driverId: z.string().nullable(),
    startAt: z.iso.datetime(),
    endAt: z.iso.datetime().nullable(),
    endReason: z.enum(tripEndReasons).nullable(),
    /** Which version this is, from 1; 0 while the trip runs. */
    version: z.int(),
    /** `cloud`: found in telematics while no record of the car came; not graded. */
    source: z.enum(tripSources),
    startLat: nullableNumber,
    startLon: nullableNumber,
    endLat: nullableNumber,
    endLon: nullableNumber,
    distanceM: nullableNumber,
    gradableM: nullableNumber,
    durationS: nullableNumber,
    movingS: nullableNumber,
    speedMaxMps: nullableNumber,
    /** Mean live risk of the scored seconds, 0 (safest) to 100: advice, never priced. */
    meanLiveRisk: nullableNumber,
    events: z.array(EventCount),
  })
  .meta({ id: 'Trip' })
export type Trip = z.infer<typeof Trip>

/** Most points of a path that are returned: a screen shows no more. */
export const maxPathPoints = 500

/** One point of a path: the largest magnitudes and the highest risk of the seconds that it stands for. */
export const PathPoint = z
  .object({
    /** Seconds since the trip's start. */
    tS: z.number(),
    lat: nullableNumber,
    lon: nullableNumber,
    speedMps: nullableNumber,
    /** m/s², x forward and y left. */
    aLong: nullableNumber,
    aLat: nullableNumber,
    /** Live risk, 0 to 100. */
    risk: nullableNumber,
    limitKmh: nullableNumber,
  })
  .meta({ id: 'PathPoint' })
export type PathPoint = z.infer<typeof PathPoint>

/** The path of a trip, thinned to at most 500 points. */
export const TripPath = z.object({ tripId: z.string(), points: z.array(PathPoint) }).meta({ id: 'TripPath' })
export type TripPath = z.infer<typeof TripPath>
