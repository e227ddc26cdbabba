import { LoginBody, Session, User } from '@fairmile/contract/http/auth.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { deleteCookie, setCookie } from 'hono/cookie'
import { loggedIn, requireUser } from '../auth/guard.ts'
import type { Login } from '../auth/login.ts'
import type { Sessions } from '../auth/sessions.ts'
import { sessionCookie, tokenOf } from '../auth/token-of.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'

const login = createRoute({
  operationId: 'logIn',
  method: 'post',
  path: '/api/v1/auth/login',
  tags: ['auth'],
  summary: 'Log in: sets the session cookie and gives the same token as a bearer',
  request: { body: jsonRequest(LoginBody) },
  responses: { 200: json(Session, 'Logged in'), ...problems('unauthorized', 'validation', 'too-many-requests') },
})

const logout = createRoute({
  operationId: 'logOut',
  method: 'post',
  path: '/api/v1/auth/logout',
  tags: ['auth'],
  summary: 'Log out: ends the session and takes its cookie away',
  responses: { 204: { description: 'Logged out' } },
})

const me = createRoute({
  operationId: 'getMe',
  method: 'get',
  path: '/api/v1/auth/me',
  tags: ['auth'],
  summary: 'Who is logged in',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  responses: { 200: json(User, 'The user'), ...problems('unauthorized') },
})

/** Log-in, log-out and who is logged in. */
export function authRoutes({ login: tryLogin, sessions }: { login: Login; sessions: Sessions }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(login, async (c) => {
      const user = await tryLogin({ ...c.req.valid('json'), address: c.get('address') })
      const { token, expiresAt } = await sessions.issue(user)
      setCookie(c, sessionCookie, token, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        secure: new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https',
        expires: expiresAt,
      })
      return c.json({ accessToken: token, expiresAt: expiresAt.toISOString(), user }, 200)
    })
    .openapi(logout, async (c) => {
      const token = tokenOf(c.req.header('authorization'), c.req.header('cookie'))
      if (token !== undefined) await sessions.revoke(token)
      deleteCookie(c, sessionCookie, { path: '/' })
      return c.body(null, 204)
    })
    .openapi(me, (c) => c.json(requireUser(c), 200))
}
