import { z } from 'zod'
import { Moment } from './times.ts'

const nullableNumber = z.number().nullable()

/** Minutes of a point of a driver's month: its at most 496 points are as many as a chart shows. */
export const monthPointMinutes = 90

/** Which month: `YYYY-MM`, UTC; without one this month. */
export const MonthQuery = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .optional(),
})

/** What was driven in an hour and a half; only those in which there is something. Metres per second, m/s², x forward and y left. */
export const MonthPoint = z
  .object({
    /** Start of the 90 minutes, RFC 3339. */
    at: z.string(),
    /** Seconds that were recorded on trips. */
    seconds: z.int(),
    speedMeanMps: nullableNumber,
    speedMaxMps: nullableNumber,
    aLongMin: nullableNumber,
    aLongMax: nullableNumber,
    /** Of the largest magnitude, without its side. */
    aLatMax: nullableNumber,
    /** Live risk, 0 to 100: advice, never priced. */
    riskMean: nullableNumber,
    riskMax: nullableNumber,
  })
  .meta({ id: 'MonthPoint' })
export type MonthPoint = z.infer<typeof MonthPoint>

/** What a driver drove in a month, in at most 496 points. */
export const DriverMonth = z
  .object({ driverId: z.string(), month: z.string(), points: z.array(MonthPoint) })
  .meta({ id: 'DriverMonth' })
export type DriverMonth = z.infer<typeof DriverMonth>

/** Most devices of an hour that are returned: a map shows no more. */
export const maxFleetPoints = 500

/** Which hour: any moment in it; without one the hour before this. */
export const HourQuery = z.object({
  at: Moment.optional(),
})

/** One device in an hour: where it was last, and how it was driven. */
export const FleetPoint = z
  .object({
    deviceId: z.string(),
    /** Of the newest second, RFC 3339. */
    at: z.string(),
    lat: nullableNumber,
    lon: nullableNumber,
    headingDeg: nullableNumber,
    speedMps: nullableNumber,
    /** Of the hour. */
    seconds: z.int(),
    speedMeanMps: nullableNumber,
    riskMax: nullableNumber,
  })
  .meta({ id: 'FleetPoint' })
export type FleetPoint = z.infer<typeof FleetPoint>

/** The devices that drove in an hour: 500 at most, those of the highest live risk. */
export const FleetHour = z
  .object({ from: z.iso.datetime(), to: z.iso.datetime(), points: z.array(FleetPoint) })
  .meta({ id: 'FleetHour' })
export type FleetHour = z.infer<typeof FleetHour>
