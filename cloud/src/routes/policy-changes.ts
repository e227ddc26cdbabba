import { PolicyId } from '@fairmile/contract/http/ids.ts'
import { CancelPolicyBody, EndorsePolicyBody, PolicyDetail, RenewPolicyBody } from '@fairmile/contract/http/policies.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { adminOnly, loggedIn, notThere, requireOwner, requireUser } from '../auth/guard.ts'
import { refuseOwn } from '../auth/refuse-own.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { policyDetail } from '../drivers/policy-detail.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { cancelPolicy, endorsePolicy } from '../pricing/change-policy.ts'
import type { PricePolicy } from '../pricing/price-policy.ts'
import { renewPolicy } from '../pricing/renew-policy.ts'

const params = z.object({ policyId: PolicyId })
const failures = problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation')
const get = createRoute({
  method: 'get',
  path: '/api/v1/policies/{policyId}',
  tags: ['policies'],
  summary: 'A policy with its state and history',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params },
  responses: { 200: json(PolicyDetail, 'The policy'), ...problems('unauthorized', 'not-found', 'validation') },
})

const renew = createRoute({
  method: 'post',
  path: '/api/v1/policies/{policyId}/renew',
  tags: ['policies'],
  security: loggedInBy,
  middleware: [adminOnly] as const,
  summary: 'Bind the next term of a policy',
  request: { params, body: jsonRequest(RenewPolicyBody) },
  responses: { 201: json(PolicyDetail, 'The policy of the next term'), ...failures },
})

const endorse = createRoute({
  method: 'post',
  path: '/api/v1/policies/{policyId}/endorse',
  tags: ['policies'],
  security: loggedInBy,
  middleware: [adminOnly] as const,
  summary: 'Insure another car, by another plan, or for another place or class, from a day of the term on',
  request: { params, body: jsonRequest(EndorsePolicyBody) },
  responses: { 201: json(PolicyDetail, 'The policy of the rest of the term'), ...failures },
})

const cancel = createRoute({
  method: 'post',
  path: '/api/v1/policies/{policyId}/cancel',
  tags: ['policies'],
  security: loggedInBy,
  middleware: [adminOnly] as const,
  summary: 'End a policy early; what stands still is charged to that day alone',
  request: { params, body: jsonRequest(CancelPolicyBody) },
  responses: { 200: json(PolicyDetail, 'The policy, cancelled'), ...failures },
})

interface PolicyChangeRoutesOptions {
  readonly db: Database
  readonly changed: Changed
  readonly plans: PlanSource
  /** Null where no model can be used: no policy is changed then. */
  readonly price: (db: Database) => Promise<PricePolicy | null>
  readonly now?: (() => number) | undefined
}

/** What becomes of policies: seen by their driver, changed by admins. */
export function policyChangeRoutes(options: PolicyChangeRoutesOptions): OpenAPIHono<AppEnv> {
  const { db, changed, plans, price, now = Date.now } = options
  const detailOf = async (policyId: string): Promise<PolicyDetail> => {
    const found = await policyDetail(db, policyId)
    if (!found) throw notThere(`policy "${policyId}"`)
    return found
  }
  /** Changes a policy that there is, of another than who asks, and gives what it, or the one that follows it, is then. */
  const change = async (
    c: Context<AppEnv>,
    policyId: string,
    act: (means: { plans: typeof plans; price: PricePolicy; by: string; nowMs: number }) => Promise<string>,
  ): Promise<PolicyDetail> => {
    const { driverId } = await detailOf(policyId)
    const by = requireUser(c).id
    await refuseOwn(db, { by, driverIds: [driverId], refused: `You do not change policy "${policyId}"` })
    const priced = await price(db)
    if (!priced) throw new ProblemError('conflict', 'There is no model that prices now; see /api/v1/admin/models.')
    const id = await act({ plans, price: priced, by, nowMs: now() })
    await changed(tagOf.driver(driverId), tagOf.drivers, tagOf.devices)
    return detailOf(id)
  }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(get, async (c) => {
      const { policyId } = c.req.valid('param')
      const found = await policyDetail(db, policyId)
      requireOwner(c, found?.driverId ?? null, `policy "${policyId}"`)
      return c.json(await detailOf(policyId), 200)
    })
    .openapi(renew, async (c) => {
      const { policyId } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await change(c, policyId, (means) => renewPolicy(db, policyId, body, means)), 201)
    })
    .openapi(endorse, async (c) => {
      const { policyId } = c.req.valid('param')
      const body = c.req.valid('json')
      return c.json(await change(c, policyId, (means) => endorsePolicy(db, policyId, body, means)), 201)
    })
    .openapi(cancel, async (c) => {
      const { policyId } = c.req.valid('param')
      const body = c.req.valid('json')
      const act = (means: Parameters<typeof cancelPolicy>[3]) =>
        cancelPolicy(db, policyId, body, means).then(() => policyId)
      return c.json(await change(c, policyId, act), 200)
    })
}
