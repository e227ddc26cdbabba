import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import { Contest } from '@fairmile/contract/http/contests.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { PlanDetail } from '@fairmile/contract/http/plans.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { eq, sql } from 'drizzle-orm'
import { createLinkTokens } from '../src/auth/link-tokens.ts'
import { runOnDatabase } from '../src/control/commands.ts'
import { passwordLinks } from '../src/db/schema/password-links.ts'
import { users } from '../src/db/schema/people.ts'
import { ratingPlanChanges } from '../src/db/schema/plans.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp, password as ownPassword } from './api-rig.ts'
import { contestRig } from './contest-rig.ts'
import { renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const [released = assert.fail()] = loadPlans().values()
const linkTokens = createLinkTokens(new Uint8Array(32).fill(9))
const password = 'a password that they chose'
type Call = ReturnType<typeof caller>

for (const engine of engines()) {
  describe(`four eyes on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await takeInPlans(db, loadPlans().values())
    const rig = await contestRig(database)
    const { app, sessions } = createTestApp(db, { model: async () => model, passwordLinks: linkTokens })
    const ana = caller(app, (await sessions.issue(await addUser(db, 'ana@example.org'))).token)
    const cy = caller(app, (await sessions.issue(await addUser(db, 'cy@example.org'))).token)
    const idOf = async (email: string) =>
      (await db.select().from(users).where(eq(users.email, email)))[0]?.id ?? assert.fail(email)
    const logIn = async (email: string, secret = password): Promise<Call> => {
      const { status, body } = await caller(app)('POST', '/api/v1/auth/login', { email, password: secret })
      assert.equal(status, 200, JSON.stringify(body))
      return caller(app, (body as { accessToken: string }).accessToken)
    }
    /** A log-in that an admin adds, in whoever's hands it is then. */
    const add = async (by: Call, email: string) => {
      assert.equal((await by('POST', '/api/v1/admin/users', { name: email, email, password })).status, 201)
      return logIn(email)
    }
    const reset = async (by: Call, email: string, secret = password) => {
      const { status } = await by('POST', `/api/v1/admin/users/${await idOf(email)}/password`, { password: secret })
      assert.equal(status, 200)
      return logIn(email, secret)
    }
    /** What its owner does with the newest mail. */
    const choose = async (email: string) => {
      const [link = assert.fail()] = await db
        .select()
        .from(passwordLinks)
        .where(eq(passwordLinks.userId, await idOf(email)))
      const body = { token: linkTokens.tokenOf(link), password }
      assert.equal((await caller(app)('POST', '/api/v1/auth/password', body)).status, 204)
      return logIn(email)
    }
    const ask = (email: string) => caller(app)('POST', '/api/v1/auth/password-links', { email })
    let plans = 0
    /** How it ends that a plan of one is approved by another. */
    const approved = async (first: Call, second: Call) => {
      const id = `four-${++plans}`
      await first('POST', '/api/v1/plans', { plan: { ...released, id }, note: 'a test' })
      const { body } = await first('POST', `/api/v1/plans/${id}/simulate`, {})
      const { hash } = body as PlanDetail
      return second('POST', `/api/v1/plans/${id}/approve`, { hash, note: 'seen' })
    }
    const statusOf = async (first: Call, second: Call) => (await approved(first, second)).status

    it('are not those of a log-in that the first admin added, whichever of both speaks first', async () => {
      const bo = await add(ana, 'bo@example.org')
      const { status, body } = await approved(ana, bo)
      assert.equal(status, 403)
      assert.match((body as Problem).detail ?? '', /may know the password of bo@example\.org.*users set-password/)
      assert.equal(await statusOf(bo, ana), 403)
      assert.equal(await statusOf(cy, bo), 200)
      assert.equal(await statusOf(ana, cy), 200)
    })

    it('are not those of log-ins that were added one by another, nor of two of the same admin', async () => {
      const bo = await logIn('bo@example.org')
      const di = await add(bo, 'di@example.org')
      assert.equal(await statusOf(ana, di), 403)
      assert.equal(await statusOf(bo, await add(ana, 'ed@example.org')), 403)
    })

    it('are not those of a log-in whose password the first admin has set, and changes once more as that one', async () => {
      const cyReset = await reset(ana, 'cy@example.org')
      assert.equal(await statusOf(ana, cyReset), 403)
      const again = await reset(cyReset, 'cy@example.org', 'yet another password')
      assert.equal(await statusOf(ana, again), 403)
    })

    it('are not those of a driver of the first admin who is made an admin', async () => {
      const email = 'fay@example.org'
      await db.execute(sql`SELECT setval('driver_numbers', 100)`)
      const { body } = await ana('POST', '/api/v1/drivers', { name: 'Fay', email, password })
      assert.ok((body as Driver).id, JSON.stringify(body))
      await ana('PATCH', `/api/v1/admin/users/${await idOf(email)}`, { role: 'admin' })
      assert.equal(await statusOf(ana, await logIn(email)), 403)
    })

    it('are those of a log-in that the first admin invited, or whose owner asked for a link', async () => {
      const email = 'ivo@example.org'
      assert.equal((await ana('POST', '/api/v1/admin/users', { name: 'Ivo', email })).status, 201)
      assert.equal(await statusOf(ana, await choose(email)), 200)
      assert.equal(await statusOf(ana, await reset(ana, email)), 403)
      await ask(email)
      assert.equal(await statusOf(ana, await choose(email)), 200)
    })

    it('are not those of a log-in whose address the first admin changed before a link went there', async () => {
      const [fay] = await db.select().from(users).where(eq(users.email, 'fay@example.org'))
      const email = 'ana.too@example.org'
      assert.equal((await ana('PATCH', `/api/v1/drivers/${fay?.driverId}`, { email })).status, 200)
      await ask(email)
      assert.equal(await statusOf(ana, await choose(email)), 403)
    })

    it('are two again once the server or an admin without a part in it has set the password', async () => {
      assert.equal(await statusOf(ana, await reset(rig.admin, 'cy@example.org')), 200)
      const bo = await logIn('bo@example.org')
      assert.equal(await statusOf(ana, bo), 403)
      const hash = (await db.select().from(users).where(eq(users.email, 'bo@example.org')))[0]?.passwordHash ?? ''
      const set = (email: string) =>
        runOnDatabase(database, 'users set-password', { email, passwordHash: hash }) as Promise<boolean>
      assert.equal(await set('bo@example.org'), true)
      assert.equal(await set('nobody@example.org'), false)
      assert.equal(await statusOf(ana, await logIn('bo@example.org')), 200)
      const changes = await db.select().from(ratingPlanChanges).where(eq(ratingPlanChanges.changedBy, 'bo@example.org'))
      assert.deepEqual(changes[0]?.hands, [await idOf('bo@example.org'), await idOf('ana@example.org')])
    })

    it('rule on a contest as two people', async () => {
      await rig.store(0, speedingDrive(5))
      const limit = { limitKmh: 70, radiusM: 100 }
      const upheld = { ruling: 'upheld', limit }
      const gus = await add(ana, 'gus@example.org')
      const first = await rig.ruled(await rig.opened(5, { reason: 'wrong_limit' }), upheld, ana)
      assert.equal(first.state, 'awaiting_second')
      const refused = await rig.rule(first, upheld, gus)
      assert.equal(refused.status, 403)
      assert.match((refused.body as Problem).detail ?? '', /users set-password/)
      assert.equal((await rig.ruled(first, upheld, rig.admin)).state, 'upheld')
    })

    it('uphold a contest that was opened by who may know the password of the second', async () => {
      await rig.store(0, speedingDrive(6))
      const { body } = await rig.contest(6, { reason: 'road' }, ana)
      const gus = await logIn('gus@example.org')
      const ruled = await rig.ruled(body as never, { ruling: 'upheld' }, gus)
      assert.equal(ruled.state, 'awaiting_second')
      assert.equal((await rig.ruled(ruled, { ruling: 'upheld' }, rig.admin)).state, 'upheld')
    })

    it('say who drove, of which none is the driver or whom the policy insures, nor may be at their log-in', async () => {
      const says = async (by: Call, driverId: string | null) =>
        (await by('POST', '/api/v1/trips/TRP-000000000007/driver', { driverId, reason: 'it was lent' })).status
      await rig.store(0, speedingDrive(7))
      const [email, own] = ['first@example.org', rig.first.driverId]
      await ana('PATCH', `/api/v1/admin/users/${await idOf(email)}`, { role: 'admin' })
      const driver = await logIn(email, ownPassword)
      assert.equal(await says(driver, null), 403)
      assert.equal(await says(driver, rig.second.driverId), 403)
      assert.equal(await says(rig.admin, rig.second.driverId), 200)
      // It is still on the policy of the first.
      assert.equal(await says(driver, null), 403)
      assert.equal(await says(driver, own), 403)
      assert.equal(await says(rig.admin, null), 200)
      await reset(ana, 'second@example.org')
      assert.equal(await says(ana, rig.second.driverId), 403)
      assert.equal(await says(ana, own), 200)
    })

    it('rule on who drove on the policy of one of them, of whom none speaks alone or with another party', async () => {
      const [holder, borrower] = [await logIn('first@example.org', ownPassword), await logIn('second@example.org')]
      await rig.store(0, driveRecords(8, 'count'), driveRecords(9, 'count'))
      const denied = async (n: number) => {
        const to = { driverId: rig.second.driverId, reason: 'it was lent' }
        assert.equal((await rig.admin('POST', `/api/v1/trips/TRP-00000000000${n}/driver`, to)).status, 200)
        return Contest.parse((await rig.contest(n, { reason: 'not_me' }, borrower)).body)
      }
      let now = await rig.ruled(await denied(8), { ruling: 'rejected' }, holder)
      assert.equal(now.state, 'awaiting_second')
      assert.equal((await rig.ruled(now, { ruling: 'rejected' }, rig.admin)).state, 'rejected')
      now = await rig.ruled(await denied(9), { ruling: 'upheld' }, holder)
      assert.equal(now.state, 'awaiting_second')
      await ana('PATCH', `/api/v1/admin/users/${await idOf('second@example.org')}`, { role: 'admin' })
      const refused = await rig.rule(now, { ruling: 'upheld' }, await logIn('second@example.org'))
      assert.equal(refused.status, 403)
      assert.match((refused.body as Problem).detail ?? '', /has a part in it, as you do/)
      assert.equal((await rig.ruled(now, { ruling: 'upheld' }, rig.admin)).state, 'upheld')
    })

    it('say that another drove, of whom none is the other', async () => {
      await rig.store(0, renamed(driveRecords(10, 'count'), 'A'), renamed(driveRecords(11, 'count'), 'B'))
      const driver = await logIn('first@example.org', ownPassword)
      const denied = async (n: string) => Contest.parse((await rig.contest(n, { reason: 'not_me' }, driver)).body)
      const named = { ruling: 'upheld', driverId: rig.second.driverId }
      let now = await denied('A')
      // The word of whose contest it is counts as none of the two.
      for (const by of [driver, ana]) {
        now = await rig.ruled(now, named, by)
        assert.equal(now.state, 'awaiting_second')
      }
      assert.equal((await rig.ruled(now, named, rig.admin)).state, 'upheld')
      assert.equal((await rig.ruled(await denied('B'), { ruling: 'upheld' }, ana)).state, 'upheld')
    })

    it('keep who set a password', async () => {
      const { items } = (await ana('GET', '/api/v1/admin/users?search=gus')).body as { items: AdminUser[] }
      const [gus] = await db
        .select()
        .from(users)
        .where(eq(users.id, items[0]?.id ?? ''))
      assert.deepEqual(gus?.passwordKnownTo, [await idOf('ana@example.org')])
    })
  })
}
