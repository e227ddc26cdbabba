import { DriverId } from '@fairmile/contract/http/ids.ts'
import { DriverMonth, FleetHour, HourQuery, MonthQuery } from '@fairmile/contract/http/telematics.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, loggedIn } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { monthOf } from '../db/partitions.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { driverMonth } from '../telematics/driver-month.ts'
import { fleetHour } from '../telematics/fleet-hour.ts'

const hourMs = 3_600_000

const month = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/telematics',
  tags: ['telematics'],
  summary: 'What a driver drove in a month, an hour and a half a point',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }), query: MonthQuery },
  responses: { 200: json(DriverMonth, 'The month'), ...problems('unauthorized', 'not-found', 'validation') },
})

const hour = createRoute({
  method: 'get',
  path: '/api/v1/fleet/hour',
  tags: ['telematics'],
  summary: 'Where the devices were last in an hour, and how they were driven; 500 at most, those of the highest risk',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: HourQuery },
  responses: { 200: json(FleetHour, 'The hour'), ...problems('unauthorized', 'forbidden', 'validation') },
})

interface TelematicsRoutesOptions {
  readonly db: Database
  /** Wall clock by which the month and the hour are those of now. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** Telematics by month and by hour. */
export function telematicsRoutes({ db, now = Date.now }: TelematicsRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(month, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      const { month = monthOf(now()) } = c.req.valid('query')
      return c.json({ driverId, month, points: await driverMonth(db, driverId, month) }, 200)
    })
    .openapi(hour, async (c) => {
      const { at } = c.req.valid('query')
      const fromMs = Math.floor((at === undefined ? now() - hourMs : Date.parse(at)) / hourMs) * hourMs
      const [from, to] = [fromMs, fromMs + hourMs].map((ms) => new Date(ms).toISOString()) as [string, string]
      return c.json({ from, to, points: await fleetHour(db, fromMs) }, 200)
    })
}
