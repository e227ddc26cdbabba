import { DeviceId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { RawChunkBody, RawChunkPath, RawChunkSummary } from '@fairmile/contract/http/raw-chunks.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, notThere } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { rawChunk, rawChunkPage } from '../devices/raw-chunks.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'

const list = createRoute({
  method: 'get',
  path: '/api/v1/devices/{deviceId}/raw-chunks',
  tags: ['devices'],
  summary: 'Stretches of full-rate readings that are here of a device, the newest first',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params: z.object({ deviceId: DeviceId }), query: PageQuery },
  responses: { 200: json(pageOf(RawChunkSummary), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const one = createRoute({
  method: 'get',
  path: '/api/v1/devices/{deviceId}/raw-chunks/{boot}/{seq}',
  tags: ['devices'],
  summary: 'One stretch of full-rate readings, in columns',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params: RawChunkPath },
  responses: {
    200: json(RawChunkBody, 'The readings'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'validation'),
  },
})

/** Full-rate readings of devices, for admins. */
export function rawChunkRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) =>
      c.json(await rawChunkPage(db, c.req.valid('param').deviceId, c.req.valid('query')), 200),
    )
    .openapi(one, async (c) => {
      const path = c.req.valid('param')
      const found = await rawChunk(db, { ...path, boot: Number(path.boot), seq: Number(path.seq) })
      if (!found) throw notThere(`chunk ${path.seq} of boot ${path.boot} of device "${path.deviceId}"`)
      return c.json(found, 200)
    })
}
