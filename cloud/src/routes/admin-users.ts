import { AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import { CreateUserBody, ResetPasswordBody, UpdateUserBody, UserParams } from '@fairmile/contract/http/admin-users.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { changeUser, resetPassword, type UserChange } from '../admin/change-user.ts'
import { readAdminUser } from '../admin/list-users.ts'
import { firstPassword, linkMeans } from '../auth/first-password.ts'
import { adminOnly, notThere, requireUser } from '../auth/guard.ts'
import type { LinkTokens } from '../auth/link-tokens.ts'
import { type InviteRefusal, inviteAgain } from '../auth/password-links.ts'
import { hashPassword } from '../auth/passwords.ts'
import type { Sessions } from '../auth/sessions.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { insertUser } from '../drivers/users.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'

const path = '/api/v1/admin/users'
const about = { tags: ['admin'], security: loggedInBy, middleware: [adminOnly] }

const create = createRoute({
  ...{ ...about, method: 'post', path },
  operationId: 'createAdminUser',
  summary:
    'Add a log-in for an admin, who is invited by e-mail where no password is given; drivers get theirs when they are created',
  request: { body: jsonRequest(CreateUserBody) },
  responses: { 201: json(AdminUser, 'The log-in'), ...problems('unauthorized', 'forbidden', 'conflict', 'validation') },
})
const update = createRoute({
  ...{ ...about, method: 'patch', path: `${path}/{userId}` },
  operationId: 'updateAdminUser',
  summary: 'Change the role of a log-in, disable it or let it in again; its sessions end',
  request: { params: UserParams, body: jsonRequest(UpdateUserBody) },
  responses: {
    200: json(AdminUser, 'The log-in after the change'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation'),
  },
})
const password = createRoute({
  ...{ ...about, method: 'post', path: `${path}/{userId}/password` },
  operationId: 'resetAdminUserPassword',
  summary: 'Set the password of a log-in; its sessions end',
  request: { params: UserParams, body: jsonRequest(ResetPasswordBody) },
  responses: {
    200: json(AdminUser, 'The log-in'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'validation'),
  },
})
const invitation = createRoute({
  ...{ ...about, method: 'post', path: `${path}/{userId}/invitation` },
  operationId: 'inviteAdminUser',
  summary: 'Send the invitation of a log-in that has no password yet again; the link before it is worth nothing then',
  request: { params: UserParams },
  responses: {
    200: json(AdminUser, 'The log-in'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation'),
  },
})

interface AdminUserOptions {
  readonly db: Database
  readonly sessions: Pick<Sessions, 'forget'>
  readonly changed: Changed
  /** Null: nobody can be invited. */
  readonly links: LinkTokens | null
  /** Wall clock, epoch ms. */
  readonly now?: (() => number) | undefined
}

/** Log-ins: added, disabled and changed by admins, never their own. */
export function adminUserRoutes({ db, sessions, changed, links, now }: AdminUserOptions): OpenAPIHono<AppEnv> {
  const read = async (userId: string) => {
    const user = await readAdminUser(db, userId)
    if (!user) throw notThere(`log-in "${userId}"`)
    return user
  }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(create, async (c) => {
      const { name, email, password: secret } = c.req.valid('json')
      const user = { name, email, role: 'admin' as const, driverId: null }
      const first = await firstPassword(secret, { setBy: requireUser(c).id, links, now })
      const added = await db.transaction((tx) => insertUser(tx, user, first))
      if (!added) throw new ProblemError('conflict', `"${email}" has a log-in already.`)
      return c.json(await read(added.id), 201)
    })
    .openapi(update, async (c) => {
      const { userId } = c.req.valid('param')
      if (userId === requireUser(c).id)
        throw new ProblemError('conflict', 'Another admin has to change your log-in: nobody shuts themselves out.')
      refuse(await changeUser(db, userId, c.req.valid('json')), userId)
      sessions.forget(userId)
      await changed(tagOf.drivers)
      return c.json(await read(userId), 200)
    })
    .openapi(password, async (c) => {
      const { userId } = c.req.valid('param')
      const passwordHash = await hashPassword(c.req.valid('json').password)
      if (!(await resetPassword(db, { userId, passwordHash, by: requireUser(c).id })))
        throw notThere(`log-in "${userId}"`)
      sessions.forget(userId)
      return c.json(await read(userId), 200)
    })
    .openapi(invitation, async (c) => {
      const { userId } = c.req.valid('param')
      const before = await read(userId)
      const outcome = await inviteAgain(db, userId, linkMeans({ links, now }))
      if (outcome !== 'sent') throw inviteRefused(outcome, before)
      return c.json(await read(userId), 200)
    })
}

/** @throws ProblemError where the log-in could not be changed */
function refuse(change: UserChange, userId: string): void {
  if (change === 'unknown') throw notThere(`log-in "${userId}"`)
  if (change === 'last-admin') throw new ProblemError('conflict', 'This is the last admin who can log in.')
  if (change === 'no-driver')
    throw new ProblemError('conflict', `The log-in "${userId}" is of nobody who drives; create a driver instead.`)
}

function inviteRefused(refusal: InviteRefusal, { id, email }: AdminUser): ProblemError {
  if (refusal === 'unknown') return notThere(`log-in "${id}"`)
  if (refusal === 'disabled')
    return new ProblemError('conflict', `The log-in of ${email} is disabled: let it in first.`)
  return new ProblemError(
    'conflict',
    `${email} has chosen a password already; who has forgotten it asks for a link at the log-in.`,
  )
}
