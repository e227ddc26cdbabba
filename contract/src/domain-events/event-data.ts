import { z } from 'zod'
import { contestReasons, contestRulings, rulers } from '../contest.ts'
import { bands, eventKinds } from '../driving-event.ts'
import { policyChangeKinds } from '../http/policies.ts'
import { redemptionKinds } from '../reward-catalogue.ts'

const id = z.string().min(1).max(64)
/** UTC epoch milliseconds; the last is the end of 2099. */
const epochMs = z.int().min(0).max(4_102_444_800_000)
const maybe = z.number().nullable()
const version = z.int().min(1)
/** Money in minor units. */
const minor = z.int().nonnegative()

/** Trips that one event tells of at most; what changes more of them brings more events. */
export const maxTripsTold = 200

/**
 * A trip that ended and was stored, or changed: a missing part arrived, or another drove it. One for each whose score rests on it or rested on it
 * before, and for each policy of theirs that is to be priced anew; its statistics stay in the trips table.
 */
export const TripCompletedV1 = z.object({
  tripId: id,
  deviceId: id,
  driverId: id,
  policyId: id,
  startAt: epochMs,
  endAt: epochMs,
  /** The version of the trip that is spoken of; absent in events of before versions were kept. */
  version: version.optional(),
  /** All trips of the driver and policy that changed together, this one too; absent where it is the only one. */
  tripIds: z.array(id).min(2).max(maxTripsTold).optional(),
})

/**
 * A driver's features were made anew, as a trip ended or changed: of which trips now. What they are is read where they lie, checked against the trips as
 * they are by then.
 */
export const DriverFeaturesUpdatedV1 = z.object({
  driverId: id,
  /** The trip that ended or changed. */
  tripId: id,
  /** End of the newest trip that they are of; where none is left, when that was seen. */
  asOf: epochMs,
  trips: z.int().nonnegative(),
  exposureKm: z.number().nonnegative(),
  /** Kilometres of them on which events could be graded. */
  judgedKm: z.number().nonnegative(),
})

/** A new version of a driver's score, 0 (safest) to 100. `policyId` is the policy that covered the trip: to be priced anew. */
export const RiskScoreCalculatedV1 = z.object({
  driverId: id,
  version,
  tripId: id,
  policyId: id,
  risk: z.number().min(0).max(100),
  intervalHalfWidth: z.number().nonnegative(),
})

/** A new version of a policy's premium, with its receipt. Money in minor units, shares in parts per million. */
export const PremiumUpdatedV1 = z.object({
  driverId: id,
  policyId: id,
  version,
  receiptId: id,
  premiumMinor: minor,
  currency: z.string().length(3),
  discountPpm: z.int(),
})

/** A new driver with a log-in. What is personal stays in the drivers table, where it can be erased. */
export const DriverCreatedV1 = z.object({ driverId: id })

/** A driver's own data changed. It says which fields, not what they are: what is personal stays where it can be erased. */
export const DriverUpdatedV1 = z.object({ driverId: id, changed: z.array(z.enum(['name', 'email'])).min(1) })

/** An alert that a device gave; `driverId` is null where no policy covers its vehicle. */
export const SafetyAlertV1 = z.object({
  deviceId: id,
  driverId: id.nullable(),
  alert: z.object({
    eventId: id,
    tripId: id,
    kind: z.enum(eventKinds),
    band: z.enum(bands),
    at: epochMs,
    /** In the unit of the event's peak. */
    value: z.number(),
    speedMps: maybe,
    lat: maybe,
    lon: maybe,
  }),
})

/** A driver contests an event, which counts for nothing until it is ruled on. What they wrote stays in the contests table. */
export const ContestOpenedV1 = z.object({
  contestId: id,
  eventId: id,
  tripId: id,
  driverId: id,
  reason: z.enum(contestReasons),
  ruleBy: epochMs,
})

/** A contest was settled: by admins, by their silence, or taken back by the driver. The grounds stay in its rulings. */
export const ContestRuledV1 = z.object({
  contestId: id,
  eventId: id,
  tripId: id,
  driverId: id,
  ruling: z.enum(contestRulings),
  by: z.enum(rulers),
})

/** A driver had something for points: somebody is to give it. */
export const PointsRedeemedV1 = z.object({
  redemptionId: id,
  driverId: id,
  offerId: z.string().min(1).max(40),
  kind: z.enum(redemptionKinds),
  points: z.int().min(1),
  valueMinor: minor,
  currency: z.string().length(3),
})

/** What a driver had for points was given, or refused and the points came back that are still due. Why stays in the table of redemptions. */
export const RedemptionSettledV1 = z.object({
  redemptionId: id,
  driverId: id,
  state: z.enum(['fulfilled', 'refused']),
  /** Points that came back; left out where it was given, and of what was settled before it was told. */
  backPoints: z.int().min(0).optional(),
})

/** What became of a policy: one that follows another is `bound`, and what it follows `renewed` or `endorsed`. Why stays in the policy's history. */
export const PolicyChangedV1 = z.object({
  /** Its number in the histories of all policies. */
  changeId: z.int().min(1),
  policyId: id,
  driverId: id,
  kind: z.enum(policyChangeKinds),
  /** The first day of which it is true. */
  onDay: z.iso.date(),
})

/** A person gave a driver points (above zero) or took some. Why stays in the account. */
export const PointsCorrectedV1 = z.object({
  transactionId: id,
  driverId: id,
  points: z.int(),
  balance: z.int().nonnegative(),
})

/** The newest version of each kind of event. A new version is a new entry beside the old one, which stays readable. */
export const eventDataV1 = {
  TripCompleted: TripCompletedV1,
  DriverFeaturesUpdated: DriverFeaturesUpdatedV1,
  RiskScoreCalculated: RiskScoreCalculatedV1,
  PremiumUpdated: PremiumUpdatedV1,
  DriverCreated: DriverCreatedV1,
  DriverUpdated: DriverUpdatedV1,
  SafetyAlert: SafetyAlertV1,
  ContestOpened: ContestOpenedV1,
  ContestRuled: ContestRuledV1,
  PointsRedeemed: PointsRedeemedV1,
  RedemptionSettled: RedemptionSettledV1,
  PolicyChanged: PolicyChangedV1,
  PointsCorrected: PointsCorrectedV1,
} as const
