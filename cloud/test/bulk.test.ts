import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AdminPolicy, AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import type { BulkItem, BulkPreview, BulkRun } from '@fairmile/contract/http/bulk.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { eq } from 'drizzle-orm'
import { createBulkWorks } from '../src/bulk/bulk-works.ts'
import { runBulk } from '../src/bulk/run-bulk.ts'
import { devices } from '../src/db/schema/devices.ts'
import { policies } from '../src/db/schema/people.ts'
import { createDeviceMail } from '../src/devices/mail.ts'
import { createLog } from '../src/log.ts'
import { createPlanShelf } from '../src/plans/plan-shelf.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const now = Date.UTC(2026, 11, 1)
const move = { policies: { plan: 'fairmile-1', endsWithin: 60 }, toPlan: 'fairmile-2' }

for (const engine of engines()) {
  describe(`bulk actions on ${engine.name}`, async () => {
    const { db } = await engine.open()
    await takeInPlans(db, [...loadPlans().values()])
    const plans = createPlanShelf()
    const told: string[] = []
    const publish = async (topic: string) => void told.push(topic)
    const mail = createDeviceMail({ db, publish, log: createLog({ level: 'silent' }) })
    const works = createBulkWorks({ plans, mail, now: () => now })
    const stale = new Set<string>()
    const changed = async (...tags: string[]) => {
      for (const tag of tags) stale.add(tag)
    }
    const work = () => runBulk(db, { works, changed })
    let clock = now
    const { app, sessions } = createTestApp(db, { plans, mail, now: () => clock })
    const as = async (email: string) => caller(app, (await sessions.issue(await addUser(db, email))).token)
    const ana = await as('ana@example.org')
    const bo = await as('bo@example.org')
    const boxes = [await addDevice(db, 1), await addDevice(db, 2), await addDevice(db, 3)]
    // Plan 2 asks for a jurisdiction that only these two tell.
    for (const { policyId } of boxes.slice(0, 2))
      await db
        .update(policies)
        .set({ rated: { jurisdiction: 'DE' } })
        .where(eq(policies.id, policyId))

    const preview = async (action: string, body: object, call = ana) => {
      const answer = await call('POST', `/api/v1/admin/bulk/${action}/preview`, body)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      return answer.body as BulkPreview
    }
    const start = (action: string, token: string, call = ana) => call('POST', `/api/v1/admin/bulk/${action}`, { token })
    const itemsOf = async (id: string) =>
      ((await ana('GET', `/api/v1/admin/bulk-runs/${id}/items`)).body as Page<BulkItem>).items

    it('show what would change and why not, and change nothing', async () => {
      const seen = await preview('move-policies', move)
      assert.equal(seen.selected, 3)
      assert.equal(seen.changes + seen.warnings.reduce((sum, { items }) => sum + items, 0), 3)
      assert.match(seen.items[0]?.change ?? '', /fairmile-1 until 2026-12-31, fairmile-2 from 2027-01-01/)
      assert.equal((await db.select().from(policies)).length, 3)
      assert.equal((await ana('GET', `/api/v1/admin/bulk-runs/${seen.token}`)).status, 404)
    })

    it('refuse a selection that is another than was seen, and say what', async () => {
      const { token } = await preview('move-policies', move)
      await db.update(policies).set({ endsOn: '2026-12-30' }).where(eq(policies.id, 'POL-1'))
      const late = await addDevice(db, 4)
      const refused = await start('move-policies', token)
      assert.equal(refused.status, 409)
      assert.deepEqual(
        (refused.body as Problem).errors?.map(({ path, message }) => `${path} ${message}`),
        ['POL-1 was changed', `${late.policyId} is new in the selection`],
      )
      assert.equal((await db.select().from(policies)).length, 4)
    })

    it('are started by whoever looked, once, within the hour', async () => {
      const { token } = await preview('move-policies', move)
      assert.equal((await start('move-policies', token, bo)).status, 404)
      assert.equal((await start('disable-users', token)).status, 404)
      clock = now + 2 * 3_600_000
      assert.equal((await start('move-policies', token)).status, 409)
      clock = now
      assert.equal((await start('move-policies', token)).status, 202)
      assert.equal((await start('move-policies', token)).status, 409)
    })

    it('are done thing by thing, and what changed meanwhile is left as it is', async () => {
      await db
        .update(policies)
        .set({ rated: { jurisdiction: 'FR' } })
        .where(eq(policies.id, 'POL-2'))
      assert.deepEqual(await work(), { items: 4 })
      assert.deepEqual(await work(), { items: 0 })
      const [run = assert.fail()] = ((await ana('GET', '/api/v1/admin/bulk-runs')).body as Page<BulkRun>).items
      const items = await itemsOf(run.id)
      assert.deepEqual([run.state, run.by, items.length], ['done', 'ana@example.org', 4])
      assert.deepEqual(items[1]?.detail, 'it was changed after the run began')
      const renewed = items.filter(({ state }) => state === 'done').map(({ id }) => id)
      assert.ok(renewed.includes('POL-1'))
      const [first = assert.fail()] = (
        (await ana('GET', '/api/v1/admin/policies?search=POL-1')).body as Page<AdminPolicy>
      ).items
      assert.equal(first.renewal?.planId, 'fairmile-2')
      const [renewal] = await db
        .select()
        .from(policies)
        .where(eq(policies.id, first.renewal?.id ?? ''))
      assert.deepEqual(
        [renewal?.startsOn, renewal?.endsOn, renewal?.rated],
        ['2026-12-31', '2027-12-29', { jurisdiction: 'DE' }],
      )
      assert.ok(stale.has('driver:DRV-0001'))
      const again = await preview('move-policies', { ...move, policies: { ids: ['POL-1'] } })
      assert.deepEqual([again.changes, again.items[0]?.warning], [0, 'it renews under fairmile-2 already'])
    })

    it('disable log-ins, but not that of who asks', async () => {
      assert.equal((await preview('disable-users', { users: { search: 'nobody' } })).selected, 0)
      const ids = ((await ana('GET', '/api/v1/admin/users')).body as Page<AdminUser>).items.map(({ id }) => id)
      const both = await preview('disable-users', { users: { ids } })
      assert.deepEqual([both.selected, both.changes, both.warnings], [2, 1, [{ warning: 'it is your own', items: 1 }]])
      assert.equal((await start('disable-users', both.token)).status, 202)
      await work()
      sessions.forget(ids.find((id) => both.items[0]?.id === id) ?? '')
      assert.equal((await bo('GET', '/api/v1/auth/me')).status, 401)
      assert.equal((await ana('GET', '/api/v1/auth/me')).status, 200)
    })

    it('tell boxes their settings, from the version that was seen', async () => {
      const { token, items } = await preview('device-settings', {
        devices: { all: true },
        settings: { logLevel: 'warn' },
      })
      assert.equal(items[0]?.change, 'logLevel: its own → warn')
      assert.equal((await start('device-settings', token)).status, 202)
      const [changed = assert.fail()] = items
      await mail.changeSettings(changed.id, { logLevel: 'debug' })
      await work()
      const states = new Map((await itemsOf(token)).map(({ id, state }) => [id, state]))
      assert.deepEqual(
        [states.get(changed.id), [...states.values()].filter((state) => state === 'done').length],
        ['skipped', 3],
      )
      const [other] = await db
        .select()
        .from(devices)
        .where(eq(devices.id, items[1]?.id ?? ''))
      assert.deepEqual([other?.settings, other?.settingsVersion], [{ logLevel: 'warn' }, 1])
      assert.ok(told.length >= 4)
    })

    it('are told apart by their bodies', async () => {
      const wrong = await ana('POST', '/api/v1/admin/bulk/disable-users/preview', move)
      assert.equal(wrong.status, 422)
    })
  })
}
