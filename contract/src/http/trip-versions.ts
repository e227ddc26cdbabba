import { z } from 'zod'
import { tripEndReasons } from '../trip.ts'
import { DriverId } from './ids.ts'

/** Who says that there was a trip: the car in its record, or the cloud, which found it in telematics while no record came. */
export const tripSources = ['car', 'cloud'] as const

/**
 * Why a version of a trip came to be: the car's first record; a newer record; an older record that came late and never counted;
 * another driver by a person's word; found by the cloud; found differently as more came; the car's record in place of what was found; an event that
 * was contested, or ruled on; a speed limit that was corrected; the box was on another trip at the time, or is not any more. Of another's contest a driver is told `reassigned` where the trip came to them by it, or else
 * `corrected`, and no reason.
 */
export const tripCauses = [
  'recorded',
  'corrected',
  'came_late',
  'reassigned',
  'found',
  'found_anew',
  'recovered',
  'contest',
  'limit_corrected',
  'overlap',
] as const

const nullableText = z.string().nullable()

/** One version of a trip. Metres and seconds. */
export const TripVersion = z
  .object({
    version: z.int(),
    /** Whether it is the one that score and price rest on. */
    counts: z.boolean(),
    source: z.enum(tripSources),
    cause: z.enum(tripCauses),
    /** When the cloud took it in. */
    recordedAt: z.iso.datetime(),
    /** Who made it, where a person did (told to them and to admins), and why. */
    changedBy: nullableText,
    changeReason: nullableText,
    /** What ties it to the batch that brought it and to the scores and prices that followed. */
    correlationId: nullableText,
    /** Whose the trip was; of another driver it is told to admins alone. */
    driverId: nullableText,
    /** The policy that pays for it; told to whom it insures, and to admins. */
    policyId: nullableText,
    startAt: z.iso.datetime(),
    endAt: z.iso.datetime(),
    endReason: z.enum(tripEndReasons).nullable(),
    distanceM: z.number(),
    gradableM: z.number(),
    durationS: z.number(),
    /** SHA-256 of the car's record, hex; null for what the cloud found and for records of before it was kept. */
    recordHash: nullableText,
  })
  .meta({ id: 'TripVersion' })
export type TripVersion = z.infer<typeof TripVersion>

/** The versions of a trip, the newest number first; none while it runs. */
export const TripVersionList = z.object({ items: z.array(TripVersion) }).meta({ id: 'TripVersionList' })

/** Who drove a trip; null for nobody who is insured here. */
export const ReassignTripBody = z
  .object({
    driverId: DriverId.nullable(),
    /** Kept with the version. */
    reason: z.string().trim().min(3).max(500),
  })
  .meta({ id: 'ReassignTripBody', example: { driverId: 'DRV-0002', reason: 'Lent to a friend that day' } })
export type ReassignTripBody = z.infer<typeof ReassignTripBody>
