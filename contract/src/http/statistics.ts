import { z } from 'zod'
import { tripSources } from './trip-versions.ts'
import { EventCount } from './trips.ts'

const nullable = z.number().nullable()
const bins = z.array(z.number())

/** Sums, counts and histograms of driving, as the car makes them; fields as in the contract's `TripStatistics`. */
export const DrivingStatistics = z
  .object({
    distanceM: z.number(),
    gradableM: z.number(),
    durationS: z.number(),
    movingS: z.number(),
    idleS: z.number(),
    stops: z.number(),
    speedMaxMps: z.number(),
    speedSum: z.number(),
    speedSquareSum: z.number(),
    speedHistS: bins,
    imuS: z.number(),
    aLongHistS: bins,
    aLatHistS: bins,
    aLongSquareSum: z.number(),
    aLatSquareSum: z.number(),
    jerkHistS: bins,
    jerkSquareSum: z.number(),
    hourHistS: bins,
    weekendS: z.number(),
    limitKnownS: z.number(),
    overLimitS: bins,
    phoneS: z.number(),
    phoneKnownS: z.number(),
    riskSum: z.number(),
    riskS: z.number(),
    events: z.array(EventCount),
  })
  .meta({ id: 'DrivingStatistics' })

/** What the cloud makes of a trip's telematics events; fields as in the models' `TripAccount`. */
export const CloudAccount = z
  .object({
    version: z.int(),
    computedAt: z.iso.datetime(),
    seconds: z.int(),
    expectedSeconds: z.int(),
    completeness: nullable,
    distanceM: z.number(),
    bridgedM: z.number(),
    durationS: z.number(),
    movingS: z.number(),
    idleS: z.number(),
    stops: z.number(),
    speedMaxMps: z.number(),
    speedSum: z.number(),
    speedSquareSum: z.number(),
    speedHistS: bins,
    imuS: z.number(),
    brakingMeanMps2: nullable,
    accelerationMeanMps2: nullable,
    corneringMeanMps2: nullable,
    brakingPeakMps2: nullable,
    accelerationPeakMps2: nullable,
    corneringPeakMps2: nullable,
    aLongPeakHistS: bins,
    aLatPeakHistS: bins,
    limitKnownS: z.number(),
    overLimitS: z.number(),
    events: z.array(EventCount),
  })
  .meta({ id: 'CloudAccount' })

/** A trip's statistics: the car's, which count, the cloud's own account beside them, and whether the two distances agree. */
export const TripStatisticsReport = z
  .object({
    tripId: z.string(),
    version: z.int(),
    source: z.enum(tripSources),
    statistics: DrivingStatistics,
    /** Null until the cloud has looked at the trip, some minutes after its end. */
    account: CloudAccount.nullable(),
    reconciliation: z
      .object({
        carM: z.number(),
        cloudM: z.number(),
        toleranceM: z.number(),
        verdict: z.enum(['agrees', 'differs', 'incomplete']),
      })
      .nullable(),
  })
  .meta({ id: 'TripStatisticsReport' })
export type TripStatisticsReport = z.infer<typeof TripStatisticsReport>

/** Days that a driver's trips are added up over, before the end of the newest one. */
export const statisticsDays = [7, 30, 90] as const

export const DriverStatisticsQuery = z.object({
  days: z
    .enum(['7', '30', '90'])
    .default('30')
    .transform((text) => Number(text) as (typeof statisticsDays)[number]),
})

/** A driver's trips added up. */
export const DriverStatisticsReport = z
  .object({
    driverId: z.string(),
    days: z.int(),
    /** The end of the newest trip, and so many days before it. */
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    /** Trips as driven: segments less than ten minutes apart are one. */
    trips: z.int(),
    statistics: DrivingStatistics,
  })
  .meta({ id: 'DriverStatisticsReport' })
export type DriverStatisticsReport = z.infer<typeof DriverStatisticsReport>
