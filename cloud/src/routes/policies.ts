import { CreatePolicyBody, Policy } from '@fairmile/contract/http/policies.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { adminOnly, notThere, requireUser } from '../auth/guard.ts'
import { refuseOwn } from '../auth/refuse-own.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { createPolicy } from '../drivers/create-policy.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { planProblem } from '../plans/plan-problem.ts'
import type { PlanSource } from '../plans/plan-source.ts'

const create = createRoute({
  method: 'post',
  path: '/api/v1/policies',
  tags: ['policies'],
  summary: 'Insure a vehicle for a driver',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { body: jsonRequest(CreatePolicyBody) },
  responses: {
    201: json(Policy, 'The new policy'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'validation'),
  },
})

interface PolicyRoutesOptions {
  readonly db: Database
  readonly changed: Changed
  readonly plans: PlanSource
}

/** Policies: created by admins. */
export function policyRoutes({ db, changed, plans }: PolicyRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(create, async (c) => {
    const body = c.req.valid('json')
    const by = requireUser(c).id
    await refuseOwn(db, { by, driverIds: [body.driverId], refused: `You do not insure driver "${body.driverId}"` })
    const problem = await planProblem(db, plans, body)
    if (problem)
      throw new ProblemError('validation', problem.message, {
        errors: [{ path: `json.${problem.path}`, message: problem.message }],
      })
    const policy = await createPolicy(db, body, by)
    if (!policy) throw notThere(`driver "${body.driverId}"`)
    await changed(tagOf.driver(body.driverId), tagOf.drivers, tagOf.devices)
    return c.json(policy, 201)
  })
}
