import {
  DeviceCare,
  DeviceChains,
  DeviceCommandBody,
  DeviceCommandId,
  DeviceGap,
  DeviceSettingsBody,
  DeviceSettingsVersion,
} from '@fairmile/contract/http/device-care.ts'
import { DeviceId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, notThere } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { deviceCare, deviceGapPage } from '../devices/care.ts'
import { deviceChains } from '../devices/chains.ts'
import type { DeviceMail } from '../devices/mail.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { matchedVersion, preconditionFailed } from '../http/if-match.ts'
import { rejectInvalid } from '../http/validation.ts'

const params = z.object({ deviceId: DeviceId })
const refusals = problems('unauthorized', 'forbidden', 'not-found', 'validation')

const care = createRoute({
  method: 'get',
  path: '/api/v1/devices/{deviceId}/care',
  tags: ['devices'],
  summary: 'How a device says it is: its state, its newest report, its settings and commands',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params },
  responses: { 200: json(DeviceCare, 'As the device last said'), ...refusals },
})

const gaps = createRoute({
  method: 'get',
  path: '/api/v1/devices/{deviceId}/gaps',
  tags: ['devices'],
  summary: 'What a device says it has dropped of its log, signed by it, the newest first',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params, query: PageQuery },
  responses: { 200: json(pageOf(DeviceGap), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const chains = createRoute({
  method: 'get',
  path: '/api/v1/devices/{deviceId}/chains',
  tags: ['devices'],
  summary: 'How complete the log of a device is: dropped, refused and missing numbers and open ends, by lane and boot',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params },
  responses: { 200: json(DeviceChains, 'Its lanes'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const settings = createRoute({
  method: 'patch',
  path: '/api/v1/devices/{deviceId}/settings',
  tags: ['devices'],
  summary: 'Change settings of a device; it has them when it is next online',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params, body: jsonRequest(DeviceSettingsBody) },
  responses: {
    200: json(DeviceSettingsVersion, 'The version that the device will tell'),
    ...refusals,
    ...problems('precondition-failed'),
  },
})

const command = createRoute({
  operationId: 'sendDeviceCommand',
  method: 'post',
  path: '/api/v1/devices/{deviceId}/commands',
  tags: ['devices'],
  summary: 'Tell a device to do something once; it has the command when it is next online',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params, body: jsonRequest(DeviceCommandBody) },
  responses: { 202: json(DeviceCommandId, 'Kept and sent'), ...refusals },
})

/** The care of devices, for admins. */
export function deviceCareRoutes({ db, mail }: { db: Database; mail: DeviceMail }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(care, async (c) => {
      const { deviceId } = c.req.valid('param')
      const found = await deviceCare(db, deviceId)
      if (!found) throw notThere(`device "${deviceId}"`)
      return c.json(found, 200)
    })
    .openapi(gaps, async (c) => {
      return c.json(await deviceGapPage(db, c.req.valid('param').deviceId, c.req.valid('query')), 200)
    })
    .openapi(chains, async (c) => c.json({ items: await deviceChains(db, c.req.valid('param').deviceId) }, 200))
    .openapi(settings, async (c) => {
      const { deviceId } = c.req.valid('param')
      const version = await mail.changeSettings(deviceId, c.req.valid('json'), matchedVersion(c))
      if (version === 'outdated') throw preconditionFailed()
      if (version === null) throw notThere(`device "${deviceId}"`)
      c.header('etag', `"${version}"`)
      return c.json({ version }, 200)
    })
    .openapi(command, async (c) => {
      const { deviceId } = c.req.valid('param')
      const body = c.req.valid('json')
      const told = body.type === 'send_raw' ? { ...body, from: Date.parse(body.from), to: Date.parse(body.to) } : body
      const id = await mail.command(deviceId, told)
      if (id === null) throw notThere(`device "${deviceId}"`)
      return c.json({ id }, 202)
    })
}
