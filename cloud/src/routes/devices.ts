import {
  ClaimDeviceBody,
  ClaimedDevice,
  CreateDeviceBody,
  CreatedDevice,
  Device,
} from '@fairmile/contract/http/devices.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { createAttempts } from '../auth/attempts.ts'
import { adminOnly, notThere } from '../auth/guard.ts'
import type { KeyedCertificate } from '../broker/certificates.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { claimDevice } from '../devices/claim-device.ts'
import { createDevice } from '../devices/create-device.ts'
import { listDevices } from '../devices/list-devices.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { waitWords } from '../http/wait-words.ts'

/** Wrong claim codes from one network address before a pause. A code has 100 bits: this only keeps the noise down. */
const maxWrongClaims = 20
const claimWindowMs = 10 * 60_000

const create = createRoute({
  method: 'post',
  path: '/api/v1/devices',
  tags: ['devices'],
  summary: 'Create a device in a vehicle; its claim code is shown this once',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { body: jsonRequest(CreateDeviceBody) },
  responses: {
    201: json(CreatedDevice, 'The new device'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'validation'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/api/v1/devices',
  tags: ['devices'],
  summary: 'All devices, in order of their ids',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: PageQuery },
  responses: { 200: json(pageOf(Device), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const claim = createRoute({
  operationId: 'claimDevice',
  method: 'post',
  path: '/api/v1/devices/claim',
  tags: ['devices'],
  summary: 'What a device calls at its first start: its code and key against its broker password and certificate',
  request: { body: jsonRequest(ClaimDeviceBody) },
  responses: { 200: json(ClaimedDevice, 'Claimed'), ...problems('not-found', 'validation', 'too-many-requests') },
})

interface DeviceRoutesOptions {
  readonly db: Database
  readonly changed: Changed
  /** Where devices reach the broker, `mqtt://…`. */
  readonly mqttUrl: string
  /** Certifies devices at their claim; null where they log in by password alone. */
  readonly authority: KeyedCertificate | null
}

/** Devices: created and listed by admins, claimed by themselves. */
export function deviceRoutes({ db, changed, mqttUrl, authority }: DeviceRoutesOptions): OpenAPIHono<AppEnv> {
  const wrongClaims = createAttempts({ limit: maxWrongClaims, windowMs: claimWindowMs })

  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(create, async (c) => {
      const created = await createDevice(db, c.req.valid('json'))
      if (!created) throw notThere('vehicle or policy with this id')
      await changed(tagOf.devices)
      return c.json(created, 201)
    })
    .openapi(list, async (c) => c.json(await listDevices(db, c.req.valid('query')), 200))
    .openapi(claim, async (c) => {
      const address = c.get('address')
      const waitS = Math.ceil(wrongClaims.blockedMs(address) / 1000)
      if (waitS > 0)
        throw new ProblemError('too-many-requests', `Too many wrong claim codes; try again in ${waitWords(waitS)}.`, {
          headers: { 'retry-after': String(waitS) },
        })
      const claimed = await claimDevice(db, c.req.valid('json'), { authority })
      if (!claimed) {
        wrongClaims.fail(address)
        throw notThere('device with this claim code, or it expired, or another device used it')
      }
      await changed(tagOf.devices)
      return c.json({ ...claimed, mqttUrl }, 200)
    })
}
