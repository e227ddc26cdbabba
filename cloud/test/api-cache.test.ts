import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CacheStatistics } from '@fairmile/contract/http/cache.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import { type Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { eq } from 'drizzle-orm'
import { drivers } from '../src/db/schema/people.ts'
import { trips } from '../src/db/schema/trips.ts'
import { createCacheConsumer } from '../src/events/cache-consumer.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`cached routes on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db, 1)
    const { driverId } = device
    await addDevice(db, 2)
    const { app, sessions, cache } = createTestApp(db)
    const tokenOf = async (email: string, id: string | null = null) =>
      (await sessions.issue(await addUser(db, email, id))).token
    const [admin, own, other] = [
      await tokenOf('admin@example.org'),
      await tokenOf('one@example.org', driverId),
      await tokenOf('two@example.org', 'DRV-0002'),
    ]
    const path = `/api/v1/drivers/${driverId}`
    const get = (target: string, token: string, headers: Record<string, string> = {}) =>
      app.request(target, { headers: { authorization: `Bearer ${token}`, ...headers } })
    const from = async (target: string, token: string) => (await get(target, token)).headers.get('x-cache')
    /** Changes a name behind the back of the API. */
    const rename = (name: string) => db.update(drivers).set({ name }).where(eq(drivers.id, driverId))
    const nameOf = async (token: string) => ((await (await get(path, token)).json()) as Driver).name

    it('give the same bytes again with the same headers, and ask nobody', async () => {
      const first = await get(path, own)
      await rename('Renamed')
      const second = await get(path, own)
      assert.deepEqual([first.headers.get('x-cache'), second.headers.get('x-cache')], ['miss', 'hit'])
      assert.equal(await first.text(), await second.text())
      const headers = (response: Response) =>
        Object.fromEntries([...response.headers].filter(([name]) => !/^(x-cache|ratelimit)/.test(name)))
      assert.deepEqual(headers(first), headers(second))
      assert.deepEqual([first.headers.has('ratelimit'), second.headers.has('ratelimit')], [true, false])
      assert.equal(second.headers.get('cache-control'), 'private, no-cache')
      assert.match(second.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    })

    it('answer 304 to who names the ETag, from the cache and when it is new', async () => {
      const etag = (await get(path, own)).headers.get('etag') ?? assert.fail('no ETag')
      const same = await get(path, own, { 'if-none-match': etag })
      assert.deepEqual([same.status, await same.text(), same.headers.get('etag')], [304, '', etag])
      await cache.invalidate({ all: true })
      await rename('Named again')
      const changed = await get(path, own, { 'if-none-match': etag })
      assert.equal(changed.status, 200)
      const next = changed.headers.get('etag') ?? assert.fail('no ETag')
      assert.notEqual(next, etag)
      await cache.invalidate({ all: true })
      assert.equal((await get(path, own, { 'if-none-match': next })).status, 304)
    })

    it('give no one what was kept for another, whatever was asked before', async () => {
      assert.equal((await get(path, own)).status, 200)
      for (let n = 0; n < 2; n++) {
        assert.equal((await get(path, other)).status, 404)
        assert.equal((await app.request(path)).status, 401)
        assert.equal((await get('/api/v1/drivers', admin)).status, 200)
        assert.equal((await get('/api/v1/drivers', own)).status, 403)
      }
      assert.equal(await from(`/api/v1/drivers?limit=1`, admin), 'miss')
    })

    it('are kept once, however the same parameters are written', async () => {
      const before = cache.statistics().memory.entries
      assert.equal(await from(`${path}/trend?days=10&periodDays=30`, own), 'miss')
      for (const query of ['periodDays=30&days=10', 'days=10&periodDays=30&_=1', '&days=010&x=%00', 'days=%310'])
        assert.equal(await from(`${path}/trend?${query}`, own), 'hit', query)
      assert.equal(await from(`${path}/trend?days=11`, own), 'miss')
      assert.equal(cache.statistics().memory.entries, before + 2)
      assert.equal(await from(path, own), await from(`${path}?nobody=knows`, own))
      for (const query of ['days=10&days=10&periodDays=30', 'days=ten'])
        assert.equal((await get(`${path}/trend?${query}`, own)).status, 422, query)
    })

    it('are kept once, whether defaults are said or not', async () => {
      await cache.invalidate({ all: true })
      assert.equal(await from('/api/v1/drivers', admin), 'miss')
      assert.equal(await from('/api/v1/drivers?', admin), 'hit')
      assert.equal(await from(`/api/v1/drivers?limit=${PageQuery.parse({}).limit}`, admin), 'hit')
    })

    it('keep no empty page for a cursor that anybody can write', async () => {
      const { nextCursor } = (await (await get('/api/v1/drivers?limit=1', admin)).json()) as Page<Driver>
      const next = `/api/v1/drivers?cursor=${nextCursor}`
      assert.deepEqual([await from(next, admin), await from(next, admin)], ['miss', 'hit'])
      const place: string[] = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString())
      const beyond = Buffer.from(JSON.stringify(place.map(() => '~~~'))).toString('base64url')
      for (let n = 0; n < 2; n++) {
        const empty = await get(`/api/v1/drivers?cursor=${beyond}`, admin)
        assert.deepEqual([empty.headers.get('x-cache'), empty.headers.get('cache-control')], [null, 'no-store'])
        assert.deepEqual(await empty.json(), { items: [], nextCursor: null })
      }
    })

    it('give nothing to a session that has ended', async () => {
      const ended = await tokenOf('ended@example.org', driverId)
      assert.deepEqual([await from(path, ended), await from(path, ended)], ['miss', 'hit'])
      await caller(app, ended)('POST', '/api/v1/auth/logout')
      assert.equal((await get(path, ended)).status, 401)
    })

    it('keep no answer that is a problem', async () => {
      assert.equal((await get(`${path}/score`, own)).status, 404)
      assert.equal((await get(`${path}/score`, own)).headers.get('cache-control'), 'no-store')
      assert.equal(await from(`${path}/score`, own), null)
    })

    it('keep nothing of a trip that runs', async () => {
      const trip = { id: 'TRP-1', deviceId: device.id, bootId: 1, vehicleId: device.vehicleId, driverId }
      await db.insert(trips).values({ ...trip, startAt: new Date() })
      await cache.invalidate({ all: true })
      for (const target of ['/api/v1/trips/TRP-1', '/api/v1/trips/TRP-1/path', `${path}/trips`])
        assert.deepEqual([await from(target, own), await from(target, own)], [null, null], target)
      await db.delete(trips).where(eq(trips.id, 'TRP-1'))
    })

    it('keep a trip that ended', async () => {
      await storeDrives(database, laneOf(device, 'trips'), [driveRecords(1)])
      const [trip = assert.fail('no trip')] = await db.select({ id: trips.id }).from(trips)
      for (const target of [`/api/v1/trips/${trip.id}`, `/api/v1/trips/${trip.id}/path`, `${path}/trips`])
        assert.deepEqual([await from(target, own), await from(target, own)], ['miss', 'hit'], target)
    })

    it('keep nothing of a trip without a policy: no event tells of its next version', async () => {
      const [trip = assert.fail('no trip')] = await db.select({ id: trips.id }).from(trips)
      const ofTrip = eq(trips.id, trip.id)
      const target = `/api/v1/trips/${trip.id}`
      await cache.invalidate({ all: true })
      await db.update(trips).set({ policyId: null }).where(ofTrip)
      const versionSeen = async () => ((await (await get(target, own)).json()) as Trip).version
      const before = await versionSeen()
      await db
        .update(trips)
        .set({ version: before + 1, versions: before + 1 })
        .where(ofTrip)
      assert.equal(await versionSeen(), before + 1)
      await db.update(trips).set({ policyId: device.policyId, version: before, versions: before }).where(ofTrip)
    })

    it('are asked anew after a domain event of the driver, and others are not', async () => {
      const handlers = { cache: createCacheConsumer({ cache }) }
      const log = createLog({ level: 'silent' })
      const consumers = createConsumers({ db, handlers, metrics: createMetrics(), log })
      const elsewhere = '/api/v1/drivers/DRV-0002'
      const before = [await nameOf(own), await from(elsewhere, other)]
      await rename('By an event')
      const data = { driverId, changed: ['name' as const] }
      await db.transaction((tx) => recordDomainEvent(tx, { type: 'DriverUpdated', subject: driverId, data }))
      assert.deepEqual([await nameOf(own), 'miss'], before)
      await consumers.drain()
      assert.equal(await nameOf(own), 'By an event')
      assert.equal(await from(elsewhere, other), 'hit')
    })

    it('are asked anew after a change through the API', async () => {
      const as = caller(app, admin)
      assert.equal(await nameOf(own), 'By an event')
      assert.equal((await as('GET', '/api/v1/drivers')).status, 200)
      await as('PATCH', path, { name: 'By the API' })
      assert.equal(await nameOf(own), 'By the API')
      const body = {
        driverId,
        vehicle: { name: 'Another car' },
        planId: 'fairmile-1',
        startsOn: '2027-01-01',
        endsOn: '2027-12-31',
      }
      assert.equal((await as('POST', '/api/v1/policies', body)).status, 201)
      const driver = (await (await get(path, own)).json()) as Driver
      assert.equal(driver.policies.length, 2)
    })

    it('are counted, and asked anew when an admin says so, by tag and by pattern; nobody else may', async () => {
      const invalidate = (token: string, body: object) => caller(app, token)('POST', '/api/v1/cache/invalidate', body)
      for (const body of [{ tags: [`driver:${driverId}`] }, { pattern: '/api/v1/drivers/*' }]) {
        await get(path, own)
        assert.equal(await from(path, own), 'hit')
        assert.equal((await invalidate(own, body)).status, 403)
        assert.equal(await from(path, own), 'hit')
        assert.equal((await invalidate(admin, body)).status, 204)
        assert.equal(await from(path, own), 'miss')
      }
      for (const body of [{}, { tags: [] }, { pattern: '[a-z]' }, { pattern: '/*a*b*c*d*e*f' }])
        assert.equal((await invalidate(admin, body)).status, 422)
      const { body } = await caller(app, admin)('GET', '/api/v1/cache')
      const statistics = body as CacheStatistics
      assert.ok(statistics.memory.entries > 0 && statistics.memory.bytes > 0)
      assert.equal(statistics.redis, null)
      const route = statistics.routes.find(({ route: name }) => name === '/api/v1/drivers/{driverId}')
      assert.ok(route && route.hit > 0 && route.miss > 0 && route.hitRate && route.hitRate < 1)
      assert.equal((await caller(app, own)('GET', '/api/v1/cache')).status, 403)
    })
  })
}
