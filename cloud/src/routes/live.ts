import { LiveTicket } from '@fairmile/contract/http/live.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { loggedIn } from '../auth/guard.ts'
import { tokenOf } from '../auth/token-of.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import type { Tickets } from '../live/tickets.ts'

const issue = createRoute({
  operationId: 'issueLiveTicket',
  method: 'post',
  path: '/api/v1/live/tickets',
  tags: ['live'],
  summary:
    'A ticket for one live socket, for clients that cannot send header or cookie: `/api/v1/live?ticket=…`, within 30 s',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  responses: { 201: json(LiveTicket, 'The ticket'), ...problems('unauthorized') },
})

/** Tickets for live sockets. */
export function liveRoutes({ tickets }: { tickets: Tickets }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>().openapi(issue, async (c) => {
    const token = tokenOf(c.req.header('authorization'), c.req.header('cookie')) ?? ''
    const { ticket, expiresAt } = await tickets.issue(token)
    return c.json({ ticket, expiresAt: expiresAt.toISOString() }, 201)
  })
}
