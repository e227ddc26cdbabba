import {
  AdminDriver,
  AdminDriverQuery,
  AdminPolicy,
  AdminPolicyQuery,
  AdminUser,
  AdminUserQuery,
} from '@fairmile/contract/http/admin-lists.ts'
import { pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { listAdminDrivers } from '../admin/list-drivers.ts'
import { listAdminPolicies } from '../admin/list-policies.ts'
import { listAdminUsers } from '../admin/list-users.ts'
import { adminOnly } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'

const about = { tags: ['admin'], security: loggedInBy, middleware: [adminOnly] }
const refusals = problems('unauthorized', 'forbidden', 'validation')

const drivers = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/admin/drivers' },
  summary: 'Drivers with their scores, policies and boxes: searched, filtered and sorted',
  request: { query: AdminDriverQuery },
  responses: { 200: json(pageOf(AdminDriver), 'A page'), ...refusals },
})
const policies = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/admin/policies' },
  summary: 'Policies with their premiums and renewals: searched, filtered and sorted',
  request: { query: AdminPolicyQuery },
  responses: { 200: json(pageOf(AdminPolicy), 'A page'), ...refusals },
})
const users = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/admin/users' },
  summary: 'Log-ins: searched, filtered and sorted',
  request: { query: AdminUserQuery },
  responses: { 200: json(pageOf(AdminUser), 'A page'), ...refusals },
})

/** Lists of people and policies, for admins. */
export function adminListRoutes({
  db,
  now = Date.now,
}: {
  db: Database
  now?: (() => number) | undefined
}): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(drivers, async (c) => c.json(await listAdminDrivers(db, c.req.valid('query'), { nowMs: now() }), 200))
    .openapi(policies, async (c) => c.json(await listAdminPolicies(db, c.req.valid('query'), { nowMs: now() }), 200))
    .openapi(users, async (c) => c.json(await listAdminUsers(db, c.req.valid('query')), 200))
}
