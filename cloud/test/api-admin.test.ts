import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import type { CreatedDevice, Device } from '@fairmile/contract/http/devices.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Policy } from '@fairmile/contract/http/policies.ts'
import { deadLetters } from '../src/db/schema/devices.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { addUser, caller, createTestApp, password } from './api-rig.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`what an admin does on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const { app, sessions } = createTestApp(db)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const term = { planId: 'fairmile-1', startsOn: '2026-01-01', endsOn: '2026-12-31' }

    it('takes a driver from a log-in to a claimed device', async () => {
      const created = await admin('POST', '/api/v1/drivers', { name: 'Ana', email: 'Ana@example.org', password })
      assert.equal(created.status, 201)
      const driver = created.body as Driver
      assert.match(driver.id, /^DRV-\d{4}$/)
      const [event] = await db.select().from(domainEvents)
      assert.deepEqual([event?.type, event?.subject], ['DriverCreated', driver.id])

      const vehicle = { name: 'Blue hatchback' }
      const insured = await admin('POST', '/api/v1/policies', { driverId: driver.id, vehicle, ...term })
      const policy = insured.body as Policy
      assert.deepEqual([insured.status, policy.vehicle.name], [201, 'Blue hatchback'])

      const installed = await admin('POST', '/api/v1/devices', { policyId: policy.id })
      const device = installed.body as CreatedDevice
      assert.equal(installed.status, 201)

      const claim = { claimCode: device.claimCode, publicKey: generateKeyPair().publicKey }
      const claimed = await caller(app)('POST', '/api/v1/devices/claim', claim)
      const { deviceId, mqttUrl } = claimed.body as { deviceId: string; mqttUrl: string }
      assert.deepEqual([claimed.status, deviceId, mqttUrl], [200, device.id, 'mqtt://broker.test:1883'])

      const { body } = await admin('GET', '/api/v1/devices')
      const [listed] = (body as Page<Device>).items
      assert.deepEqual([listed?.id, listed?.vehicle], [device.id, policy.vehicle])
      const found = await admin('GET', `/api/v1/drivers/${driver.id}`)
      assert.deepEqual((found.body as Driver).policies, [policy])
      const login = await caller(app)('POST', '/api/v1/auth/login', { email: 'ana@example.org', password })
      assert.equal(login.status, 200)
    })

    it('refuses a second log-in of an address and leaves no driver behind', async () => {
      const body = { name: 'Bo', email: 'bo@example.org', password }
      assert.equal((await admin('POST', '/api/v1/drivers', body)).status, 201)
      const before = (await admin('GET', '/api/v1/drivers')).body
      assert.equal((await admin('POST', '/api/v1/drivers', body)).status, 409)
      assert.deepEqual((await admin('GET', '/api/v1/drivers')).body, before)
    })

    it('is told of a plan, driver, policy or claim code that there is not', async () => {
      const nul = { name: 'a\0b', email: 'nul@example.org', password }
      assert.equal((await admin('POST', '/api/v1/drivers', nul)).status, 422)
      const policy = { driverId: 'DRV-0001', vehicle: { name: 'Car' }, ...term }
      assert.equal((await admin('POST', '/api/v1/policies', { ...policy, planId: 'gone' })).status, 422)
      assert.equal((await admin('POST', '/api/v1/policies', { ...policy, endsOn: '2025-12-31' })).status, 422)
      assert.equal((await admin('POST', '/api/v1/policies', { ...policy, driverId: 'DRV-9999' })).status, 404)
      assert.equal((await admin('POST', '/api/v1/devices', { policyId: 'POL-9' })).status, 404)
      const claim = { claimCode: 'WRONG', publicKey: generateKeyPair().publicKey }
      const statuses = new Set<number>()
      const stranger = createTestApp(db).app
      for (let n = 0; n < 21; n++) statuses.add((await caller(stranger)('POST', '/api/v1/devices/claim', claim)).status)
      assert.deepEqual([...statuses], [404, 429])
    })

    it('pages through drivers without losing or repeating one', async () => {
      for (let n = 0; n < 5; n++)
        await admin('POST', '/api/v1/drivers', { name: `N ${n}`, email: `n${n}@example.org`, password })
      const ids: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query: string = cursor === '' ? 'limit=2' : `limit=2&cursor=${cursor}`
        const page = (await admin('GET', `/api/v1/drivers?${query}`)).body as Page<Driver>
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      assert.equal(new Set(ids).size, ids.length)
      assert.deepEqual(ids, ids.toSorted())
      assert.equal(ids.length, 7)
    })

    it('reads dead letters, the newest first', async () => {
      for (const reason of ['bad_signature', 'too_large'])
        await db
          .insert(deadLetters)
          .values({ topic: 'fairmile/v1/DEV-1/up/log/trips', reason, detail: 'x', sizeBytes: 1 })
      const { body } = await admin('GET', '/api/v1/dead-letters')
      assert.deepEqual(
        (body as Page<{ reason: string }>).items.map(({ reason }) => reason),
        ['too_large', 'bad_signature'],
      )
    })
  })
}
