import { z } from 'zod'

/** A driver's features: what a score is made of. */
export const DriverFeatures = z
  .object({
    driverId: z.string(),
    /** End of the newest trip that counts. */
    asOf: z.iso.datetime(),
    computedAt: z.iso.datetime(),
    /** Days before `asOf` that are looked back. */
    periodDays: z.int(),
    trips: z.int(),
    exposureKm: z.number(),
    judgedKm: z.number(),
    /** Version of the formulas. */
    featureVersion: z.int(),
    /** The model that is live, with the version of the formulas it was trained on; null where none is. */
    model: z.object({ name: z.string(), version: z.string(), featureVersion: z.int() }).nullable(),
    features: z.array(
      z.object({
        name: z.string(),
        unit: z.string(),
        /** Null where it is unknown. */
        value: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'DriverFeatures' })
export type DriverFeatures = z.infer<typeof DriverFeatures>
