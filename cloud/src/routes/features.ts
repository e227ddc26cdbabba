import { DriverFeatures } from '@fairmile/contract/http/features.ts'
import { DriverId } from '@fairmile/contract/http/ids.ts'
import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { driverFeatures } from '@fairmile/models/features/driver.ts'
import { featureVersion } from '@fairmile/models/features/feature.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { currentFeatures } from '../features/feature-store.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'

const get = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/features',
  tags: ['risk'],
  summary: "A driver's features as their trips are now: names, units, values; 404 before the first trip",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }) },
  responses: { 200: json(DriverFeatures, 'The features'), ...problems('unauthorized', 'not-found', 'validation') },
})

interface FeatureRoutesOptions {
  readonly db: Database
  /** The driver model that is live now; null where none can be used. */
  readonly model: (db: Database) => Promise<Pick<PricingModel, 'manifest'> | null>
}

/** Features: read by their driver. */
export function featureRoutes({ db, model }: FeatureRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(get, async (c) => {
    const { driverId } = c.req.valid('param')
    const what = `set of features of "${driverId}" yet; it comes with the first trip`
    requireOwner(c, driverId, what)
    const found = await currentFeatures(db, { driverId })
    if (!found) throw notThere(what)
    const { asOf, computedAt, trips, exposureKm, judgedKm, features } = found
    const manifest = (await model(db))?.manifest
    const about = { asOf: asOf.toISOString(), computedAt: computedAt.toISOString(), periodDays: standardPeriodDays }
    return c.json(
      {
        ...{ driverId, ...about, trips, exposureKm, judgedKm, featureVersion },
        model: manifest
          ? { name: manifest.name, version: manifest.version, featureVersion: manifest.featureVersion }
          : null,
        features: driverFeatures.map(({ name, unit }) => ({ name, unit, value: features[name] ?? null })),
      },
      200,
    )
  })
}
