import { CreateDriverBody, Driver, UpdateDriverBody } from '@fairmile/contract/http/drivers.ts'
import { DriverId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { firstPassword } from '../auth/first-password.ts'
import { adminOnly, loggedIn, notThere, requireOwner, requireUser } from '../auth/guard.ts'
import type { LinkTokens } from '../auth/link-tokens.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { createDriver } from '../drivers/create-driver.ts'
import { getDriver, listDrivers } from '../drivers/queries.ts'
import { updateDriver } from '../drivers/update-driver.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { etagOfAnswer, requireMatch } from '../http/if-match.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'

const create = createRoute({
  method: 'post',
  path: '/api/v1/drivers',
  tags: ['drivers'],
  summary: 'Create a driver with a log-in; where no password is given, the driver is invited by e-mail to choose one',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { body: jsonRequest(CreateDriverBody) },
  responses: {
    201: json(Driver, 'The new driver'),
    ...problems('unauthorized', 'forbidden', 'conflict', 'validation'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/api/v1/drivers',
  tags: ['drivers'],
  summary: 'All drivers, in order of their ids',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: PageQuery },
  responses: { 200: json(pageOf(Driver), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const get = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}',
  tags: ['drivers'],
  summary: 'A driver with their policies',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }) },
  responses: { 200: json(Driver, 'The driver'), ...problems('unauthorized', 'not-found', 'validation') },
})

const update = createRoute({
  method: 'patch',
  path: '/api/v1/drivers/{driverId}',
  tags: ['drivers'],
  summary: 'Change what a driver is called, or (as an admin) the e-mail address of the log-in',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }), body: jsonRequest(UpdateDriverBody) },
  responses: {
    200: json(Driver, 'The driver after the change'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'precondition-failed', 'validation'),
  },
})

interface DriverOptions {
  readonly db: Database
  readonly changed: Changed
  /** Null: nobody can be invited. */
  readonly links: LinkTokens | null
  /** Wall clock, epoch ms. */
  readonly now?: (() => number) | undefined
}

/** Drivers: created and listed by admins, read and renamed by themselves. */
export function driverRoutes({ db, changed, links, now }: DriverOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(create, async (c) => {
      const { name, email, password } = c.req.valid('json')
      const first = await firstPassword(password, { setBy: requireUser(c).id, links, now })
      const driver = await createDriver(db, { name, email }, first)
      if (!driver) throw new ProblemError('conflict', `"${email}" has a log-in already.`)
      await changed(tagOf.drivers)
      return c.json(driver, 201)
    })
    .openapi(list, async (c) => c.json(await listDrivers(db, c.req.valid('query')), 200))
    .openapi(get, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, `driver "${driverId}"`)
      const driver = await getDriver(db, driverId)
      if (!driver) throw notThere(`driver "${driverId}"`)
      return c.json(driver, 200)
    })
    .openapi(update, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, `driver "${driverId}"`)
      const change = c.req.valid('json')
      if (change.email !== undefined && requireUser(c).role !== 'admin')
        throw new ProblemError('forbidden', 'Only an admin may change the e-mail address of a log-in.')
      const by = requireUser(c).id
      const outcome = await updateDriver(db, driverId, { ...change, by }, (before) =>
        requireMatch(c, etagOfAnswer(before)),
      )
      if (outcome === 'taken') throw new ProblemError('conflict', `"${change.email}" has a log-in already.`)
      const driver = outcome === 'unknown' ? null : await getDriver(db, driverId)
      if (!driver) throw notThere(`driver "${driverId}"`)
      await changed(tagOf.driver(driverId), tagOf.drivers, tagOf.devices)
      c.header('etag', etagOfAnswer(driver))
      return c.json(driver, 200)
    })
}
