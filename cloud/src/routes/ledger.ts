import { PolicyId } from '@fairmile/contract/http/ids.ts'
import { Billed, PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { driverOfPolicy } from '../drivers/driver-of-policy.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { billPolicy, putOffWords } from '../pricing/bill.ts'
import { listEntries } from '../pricing/ledger-queries.ts'
import type { PricePolicy } from '../pricing/price-policy.ts'

const onePolicy = z.object({ policyId: PolicyId })

const list = createRoute({
  method: 'get',
  path: '/api/v1/policies/{policyId}/ledger',
  tags: ['policies'],
  summary: 'What a policy was asked for and given back, the newest entry first',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: onePolicy, query: PageQuery },
  responses: { 200: json(pageOf(PremiumEntry), 'A page'), ...problems('unauthorized', 'not-found', 'validation') },
})

const bill = createRoute({
  method: 'post',
  path: '/api/v1/policies/{policyId}/bill',
  tags: ['policies'],
  summary: 'Bill the periods of a policy that are over, 24 at most; one with a pending contest waits for the ruling',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params: onePolicy },
  responses: {
    200: json(Billed, 'How many periods were billed'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation'),
  },
})

interface LedgerRoutesOptions {
  readonly db: Database
  readonly changed: Changed
  /** Null where no model can be used: nothing is billed then. */
  readonly price: (db: Database) => Promise<PricePolicy | null>
  readonly now?: (() => number) | undefined
}

/** The ledgers of policies: read by their driver, billed by admins and by the job. */
export function ledgerRoutes({ db, changed, price, now = Date.now }: LedgerRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => {
      const { policyId } = c.req.valid('param')
      const driverId = await driverOfPolicy(db, policyId)
      requireOwner(c, driverId, `policy "${policyId}"`)
      if (driverId === null) throw notThere(`policy "${policyId}"`)
      return c.json(await listEntries(db, policyId, c.req.valid('query')), 200)
    })
    .openapi(bill, async (c) => {
      const { policyId } = c.req.valid('param')
      const driverId = await driverOfPolicy(db, policyId)
      if (driverId === null) throw notThere(`policy "${policyId}"`)
      const priced = await price(db)
      if (!priced) throw new ProblemError('conflict', 'There is no model that prices now; see /api/v1/admin/models.')
      const { periods, more, putOff } = await billPolicy(db, policyId, { price: priced, until: now() })
      if (putOff && periods === 0) throw new ProblemError('conflict', putOffWords(putOff))
      await changed(tagOf.driver(driverId))
      return c.json({ periods, more, putOffBy: putOff?.contestId ?? null }, 200)
    })
}
