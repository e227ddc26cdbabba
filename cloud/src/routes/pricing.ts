import { DriverId, ReceiptId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { Premium, PremiumQuery, ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { utcDay } from '../drivers/present-policy.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { getReceipt, listReceipts, newestPremium } from '../pricing/queries.ts'

const oneDriver = z.object({ driverId: DriverId })
const failures = problems('unauthorized', 'not-found', 'validation')

const premium = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/premium',
  tags: ['pricing'],
  summary:
    "The newest premium of a driver's policy in force, or else of the next to begin, or of the last that ended; 404 before the first score",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: oneDriver, query: PremiumQuery },
  responses: { 200: json(Premium, 'The premium'), ...failures },
})

const list = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/receipts',
  tags: ['pricing'],
  summary: "A driver's receipts, the newest first",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: oneDriver, query: PageQuery },
  responses: { 200: json(pageOf(ReceiptSummary), 'A page'), ...failures },
})

const receipt = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/receipts/{receiptId}',
  tags: ['pricing'],
  summary: 'A receipt, byte for byte as it was issued; `npx fairmile verify` re-derives it',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: oneDriver.extend({ receiptId: ReceiptId }) },
  responses: {
    200: { content: { 'application/json': { schema: { type: 'object' as const } } }, description: 'The receipt' },
    ...failures,
  },
})

interface PricingRoutesOptions {
  readonly db: Database
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** Premiums and their receipts: read by their driver. */
export function pricingRoutes({ db, now = Date.now }: PricingRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(premium, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, `driver "${driverId}"`)
      const { policyId } = c.req.valid('query')
      const found = await newestPremium(db, driverId, policyId === undefined ? { day: utcDay(now()) } : { policyId })
      if (!found) throw notThere(`premium of "${driverId}" yet; the first one comes with the first score`)
      return c.json(found, 200)
    })
    .openapi(list, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      return c.json(await listReceipts(db, driverId, c.req.valid('query')), 200)
    })
    .openapi(receipt, async (c) => {
      const { driverId, receiptId } = c.req.valid('param')
      requireOwner(c, driverId, `receipt "${receiptId}"`)
      const found = await getReceipt(db, { driverId, receiptId })
      if (!found) throw notThere(`receipt "${receiptId}"`)
      c.header('content-disposition', `inline; filename="${receiptId}.json"`)
      c.header('content-type', 'application/json')
      // The bytes as they were hashed: writing the JSON again could differ.
      return c.body(found.body, 200) as never
    })
}
