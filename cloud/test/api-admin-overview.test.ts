import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AdminDriver, AdminPolicy, AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { eq } from 'drizzle-orm'
import { deadLetters, devices } from '../src/db/schema/devices.ts'
import { readExportPage } from '../src/exports/read-page.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { portfolioReport } from '../src/reports/portfolio.ts'
import { addPremium, addScore } from './admin-rig.ts'
import { addUser, caller, createTestApp, password } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

/** Nine days after the first drive of the tests. */
const now = Date.UTC(2026, 5, 10, 18)
const hourMs = 3_600_000

for (const engine of engines()) {
  describe(`what admins oversee on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { app, sessions } = createTestApp(db, { now: () => now, embedded: true })
    const token = async (user: Awaited<ReturnType<typeof addUser>>) => (await sessions.issue(user)).token
    const ana = await addUser(db, 'ana@example.org')
    const admin = caller(app, await token(ana))
    const boxes = [await addDevice(db, 1), await addDevice(db, 2), await addDevice(db, 3)]
    const people = ['ada.berger@example.org', 'bo@example.org', "cy.o'brien@example.org"]
    for (const [n, box] of boxes.entries()) await addUser(db, people[n] ?? '', box.driverId)
    const [first = assert.fail(), second = assert.fail(), third = assert.fail()] = boxes
    await db
      .update(devices)
      .set({ lastSeenAt: new Date(now - hourMs) })
      .where(eq(devices.id, first.id))
    await db
      .update(devices)
      .set({ lastSeenAt: new Date(now - 9 * 24 * hourMs) })
      .where(eq(devices.id, second.id))
    await storeDrives(database, laneOf(first, 'trips'), [driveRecords(4), driveRecords(9, 'count')])
    await db
      .update(devices)
      .set({ lastSeenAt: new Date(now - hourMs) })
      .where(eq(devices.id, first.id))
    for (const [version, risk] of [90, 12.5].entries())
      await addScore(db, first.driverId, risk, { version: version + 1 })
    await addScore(db, second.driverId, 60)
    // Neither counts: one is of another period, and of the third driver too few kilometres were judged.
    await takeInPlans(db, loadPlans().values())
    await addScore(db, second.driverId, 1, { version: 2, periodDays: 90 })
    await addScore(db, third.driverId, 99, { judgedKm: 4 })
    await addPremium(db, { ...first, minor: 50_000 })
    await addPremium(db, { ...first, version: 2, minor: 48_000, discountPpm: 200_000 })

    const items = async <T>(path: string): Promise<T[]> => {
      const { status, body } = await admin('GET', path)
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
      return (body as Page<T>).items
    }
    const driverIds = async (query: string) =>
      (await items<AdminDriver>(`/api/v1/admin/drivers?${query}`)).map(({ id }) => id)

    it('shows no number of whom too few kilometres were judged, and how many are missing', async () => {
      const [one, two, three] = await items<AdminDriver>('/api/v1/admin/drivers?sort=id')
      assert.deepEqual([one?.score?.safetyScore, one?.missingKm], [87.5, 0])
      assert.deepEqual([two?.score?.safetyScore, two?.missingKm], [40, 0])
      assert.deepEqual([three?.id, three?.score, three?.missingKm], [third.driverId, null, 1])
      assert.deepEqual(await driverIds('unscored=true'), [third.driverId])
      assert.deepEqual(await driverIds('scoreTo=5'), [])
      const report = await portfolioReport(db, '2099-12')
      const rows = report.tables.find(({ name }) => name === 'scores')?.rows
      const others = rows?.filter(([score]) => score !== 'none yet')
      assert.deepEqual(others, [
        ['40 to 49', 1],
        ['80 to 89', 1],
      ])
      const { rows: drivers } = await readExportPage(db, {
        ...{ of: 'portfolio', set: 'drivers', fromMs: 0, toMs: Date.UTC(2100), after: null },
      })
      assert.deepEqual(
        drivers.map(({ risk, relativity, judged_km: km, missing_km: missing }) => [risk, relativity, km, missing]),
        [
          [12.5, 1, 800, 0],
          [60, 1, 800, 0],
          [null, null, 4, 1],
        ],
      )
    })

    it('is the portfolio at a glance, by newest scores and premiums', async () => {
      const { body } = await admin('GET', '/api/v1/admin/overview')
      const {
        drivers,
        activePolicies,
        devices: heard,
        driven,
        scores,
        premiums,
        activity,
        events,
      } = body as AdminOverview
      assert.deepEqual([drivers, activePolicies, heard], [3, 3, { claimed: 3, heard: 1 }])
      assert.deepEqual(driven, {
        today: { trips: 0, km: 0 },
        days7: { trips: 2, km: 120 },
        days30: { trips: 2, km: 120 },
      })
      assert.deepEqual([scores.scored, scores.unscored, scores.mean], [2, 1, 63.75])
      assert.deepEqual(scores.bins, [0, 0, 0, 0, 1, 0, 0, 0, 1, 0])
      assert.deepEqual(premiums, [
        { currency: 'EUR', policies: 1, premiumMinor: 48_000, monthMinor: 4_000, meanDiscountPpm: 200_000 },
      ])
      assert.equal(activity.length, 30)
      assert.deepEqual(activity.at(-2), { day: '2026-06-09', trips: 1, drivers: 1, km: 60, gradableKm: 59 })
      assert.deepEqual(events, [
        { day: '2026-06-04', kind: 'harsh_braking', events: 1, counted: 0 },
        { day: '2026-06-09', kind: 'harsh_braking', events: 1, counted: 1 },
      ])
    })

    it('says how the service is, and is kept for a minute', async () => {
      await db.insert(deadLetters).values({ topic: 't', reason: 'range', detail: 'x', sizeBytes: 1 })
      const { health } = (await admin('GET', '/api/v1/admin/overview')).body as AdminOverview
      assert.equal(health.deadLetters.waiting, 0)
      await admin('POST', '/api/v1/cache/invalidate', { tags: ['drivers'] })
      const fresh = ((await admin('GET', '/api/v1/admin/overview')).body as AdminOverview).health
      assert.equal(fresh.deadLetters.waiting, 1)
      assert.ok(fresh.database.sizeBytes > 1e6)
      assert.deepEqual([fresh.database.kind, fresh.cacheHitRate], ['embedded', 0.5])
      assert.ok(fresh.deliveries.some(({ consumer, pending }) => consumer === 'risk' && pending === 2))
    })

    it('finds drivers by words and ids, whatever is typed', async () => {
      assert.deepEqual(await driverIds('search=ADA.b'), [first.driverId])
      assert.deepEqual(await driverIds('search=drv-0002'), [second.driverId])
      assert.deepEqual(await driverIds('search=nobody'), [])
      for (const odd of ["'", '%25', ':*', '\\', '((', "o'brien"])
        assert.ok(Array.isArray(await driverIds(`search=${encodeURIComponent(odd)}`)))
    })

    it('filters and sorts drivers, page by page, each once', async () => {
      assert.deepEqual(await driverIds('unscored=true'), ['DRV-0003'])
      assert.deepEqual(await driverIds('scoreFrom=80'), ['DRV-0001'])
      assert.deepEqual(await driverIds('scoreTo=50'), ['DRV-0002'])
      assert.deepEqual(await driverIds('silent=true'), ['DRV-0002', 'DRV-0003'])
      assert.deepEqual(await driverIds('active=false'), [])
      assert.deepEqual((await driverIds('plan=fairmile-1')).length, 3)
      for (const [sort, expected] of [
        ['-score', ['DRV-0001', 'DRV-0002', 'DRV-0003']],
        ['score', ['DRV-0002', 'DRV-0001', 'DRV-0003']],
        ['name', ['DRV-0001', 'DRV-0002', 'DRV-0003']],
      ] as const) {
        const found: string[] = []
        for (let cursor: string | null = ''; cursor !== null; ) {
          const from: string = cursor === '' ? '' : `&cursor=${cursor}`
          const page = (await admin('GET', `/api/v1/admin/drivers?limit=1&sort=${sort}${from}`))
            .body as Page<AdminDriver>
          found.push(...page.items.map(({ id }) => id))
          cursor = page.nextCursor
        }
        assert.deepEqual(found, expected)
      }
      const foreign = Buffer.from('["x","y"]').toString('base64url')
      assert.equal((await admin('GET', `/api/v1/admin/drivers?sort=score&cursor=${foreign}`)).status, 422)
    })

    it('lists policies with premium and renewal', async () => {
      const policies = (query: string) => items<AdminPolicy>(`/api/v1/admin/policies?${query}`)
      const [dearest] = await policies('sort=-premium')
      assert.deepEqual([dearest?.id, dearest?.premium?.premiumMinor, dearest?.state], ['POL-1', 48_000, 'active'])
      assert.deepEqual(
        (await policies('search=bo')).map(({ id }) => id),
        ['POL-2'],
      )
      assert.equal((await policies('endsWithin=30')).length, 0)
      assert.equal((await policies('endsWithin=300&plan=fairmile-1')).length, 3)
    })

    it('disables a log-in and ends its sessions; nobody is locked out by their own hand', async () => {
      const { body } = await admin('POST', '/api/v1/admin/users', { name: 'Bea', email: 'bea@example.org', password })
      const bea = body as AdminUser
      const asBea = caller(app, await token({ ...ana, id: bea.id, email: bea.email }))
      assert.equal((await asBea('GET', '/api/v1/auth/me')).status, 200)
      assert.equal((await admin('PATCH', `/api/v1/admin/users/${ana.id}`, { disabled: true })).status, 409)
      assert.equal((await admin('PATCH', `/api/v1/admin/users/${bea.id}`, { role: 'driver' })).status, 409)
      const disabled = (await admin('PATCH', `/api/v1/admin/users/${bea.id}`, { disabled: true })).body as AdminUser
      assert.ok(disabled.disabledAt)
      assert.equal((await asBea('GET', '/api/v1/auth/me')).status, 401)
      const login = { email: 'bea@example.org', password }
      assert.equal((await caller(app)('POST', '/api/v1/auth/login', login)).status, 401)
      assert.deepEqual(
        (await items<AdminUser>('/api/v1/admin/users?disabled=true')).map(({ id }) => id),
        [bea.id],
      )
      await admin('PATCH', `/api/v1/admin/users/${bea.id}`, { disabled: false })
      assert.equal((await caller(app)('POST', '/api/v1/auth/login', login)).status, 200)
    })

    it('sets a password, which ends the sessions before it and no later one', async () => {
      const [driver = assert.fail()] = await items<AdminUser>('/api/v1/admin/users?search=bo&role=driver')
      const login = (secret: string) =>
        caller(app)('POST', '/api/v1/auth/login', { email: driver.email, password: secret })
      const before = (await login(password)).body as { accessToken: string }
      const path = `/api/v1/admin/users/${driver.id}/password`
      assert.equal((await admin('POST', path, { password: 'another long one' })).status, 200)
      assert.equal((await caller(app, before.accessToken)('GET', '/api/v1/auth/me')).status, 401)
      assert.equal((await login(password)).status, 401)
      const after = (await login('another long one')).body as { accessToken: string }
      assert.equal((await caller(app, after.accessToken)('GET', '/api/v1/auth/me')).status, 200)
    })
  })
}
