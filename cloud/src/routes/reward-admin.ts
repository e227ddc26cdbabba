import { RedemptionId } from '@fairmile/contract/http/ids.ts'
import { pageOf } from '@fairmile/contract/http/page.ts'
import {
  AdminRedemption,
  RedemptionQuery,
  RewardCatalogueDocument,
  RewardCorrection,
  RewardCorrectionBody,
  SettleRedemptionBody,
} from '@fairmile/contract/http/rewards.ts'
import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import { adminOnly, notThere, requireUser } from '../auth/guard.ts'
import { refuseOwn } from '../auth/refuse-own.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { drivers } from '../db/schema/people.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { correctPoints } from '../rewards/correct-points.ts'
import { listRedemptions, redemptionOf } from '../rewards/redemption-queue.ts'
import { settleRedemption } from '../rewards/settle-redemption.ts'

const common = { tags: ['admin'], security: loggedInBy }

const read = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'get',
  path: '/api/v1/admin/rewards/catalogue',
  summary: 'What safe driving earns, and what that is good for',
  responses: { 200: json(RewardCatalogueDocument, 'The catalogue'), ...problems('unauthorized', 'forbidden') },
})

const correct = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'post',
  path: '/api/v1/admin/rewards/corrections',
  summary: 'Give points or take them, with a reason; no balance becomes negative',
  request: { body: jsonRequest(RewardCorrectionBody) },
  responses: {
    201: json(RewardCorrection, 'The balance after that'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation'),
  },
})

const queue = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'get',
  path: '/api/v1/admin/rewards/redemptions',
  summary: 'What drivers had for points, of a state: open ones as they were made, others the newest first',
  request: { query: RedemptionQuery },
  responses: { 200: json(pageOf(AdminRedemption), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const settle = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'post',
  path: '/api/v1/admin/rewards/redemptions/{redemptionId}/settlement',
  summary: 'Say that it was given, or refuse it with a reason: the points come back then; told to the driver',
  request: { params: z.object({ redemptionId: RedemptionId }), body: jsonRequest(SettleRedemptionBody) },
  responses: {
    200: json(AdminRedemption, 'The redemption after that'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation'),
  },
})

interface RewardAdminOptions {
  readonly db: Database
  readonly changed: Changed
  readonly catalogue: RewardCatalogue
  readonly now?: (() => number) | undefined
}

/** The side of rewards that admins see. */
export function rewardAdminRoutes({ db, changed, catalogue, now = Date.now }: RewardAdminOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(read, (c) => c.json({ ...catalogue }, 200))
    .openapi(correct, async (c) => {
      const { driverId, points, reason } = c.req.valid('json')
      const [driver] = await db.select({ id: drivers.id }).from(drivers).where(eq(drivers.id, driverId))
      if (!driver) throw notThere(`driver "${driverId}"`)
      const by = requireUser(c).id
      const refused = `You do not give points to driver "${driverId}"`
      if (points > 0) await refuseOwn(db, { by, driverIds: [driverId], refused })
      const made = await correctPoints(db, catalogue, { driverId, points, reason, by, now: now() })
      await changed(tagOf.driver(driverId))
      return c.json(made, 201)
    })
    .openapi(queue, async (c) => c.json(await listRedemptions(db, c.req.valid('query')), 200))
    .openapi(settle, async (c) => {
      const { redemptionId: id } = c.req.valid('param')
      const found = await redemptionOf(db, id)
      if (!found) throw notThere(`redemption "${id}"`)
      const { driverId } = found
      const by = requireUser(c).id
      if (driverId !== null)
        await refuseOwn(db, { by, driverIds: [driverId], refused: `You do not settle redemption "${id}"` })
      await settleRedemption(db, catalogue, { id, ask: c.req.valid('json'), by, now: now() })
      if (driverId !== null) await changed(tagOf.driver(driverId))
      return c.json((await redemptionOf(db, id))!, 200)
    })
}
