import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { and, eq, ne } from 'drizzle-orm'
import { createBulkWorks } from '../src/bulk/bulk-works.ts'
import { previewBulk } from '../src/bulk/preview-bulk.ts'
import { listBulkItems } from '../src/bulk/read-bulk.ts'
import { runBulk } from '../src/bulk/run-bulk.ts'
import { startBulk } from '../src/bulk/start-bulk.ts'
import { bulkItems, bulkRuns } from '../src/db/schema/bulk.ts'
import { policies, policyChanges } from '../src/db/schema/people.ts'
import { createDeviceMail } from '../src/devices/mail.ts'
import { createLog } from '../src/log.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { renewPolicy } from '../src/pricing/renew-policy.ts'
import { addPremium } from './admin-rig.ts'
import { addUser } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const first = loadPlans().get('fairmile-1') ?? assert.fail()
const { effectiveUntil: _, ...byPlace } = loadPlans().get('fairmile-2') ?? assert.fail()
const carrying = { ...byPlace, id: 'carrying', policy: { endorsable: true, carriedPpm: 500_000 } }
const plans = new Map([first, carrying, { ...byPlace, id: 'plain' }].map((plan) => [plan.id, plan]))
const now = Date.UTC(2027, 11, 1)
const email = 'ana@example.org'

for (const engine of engines()) {
  describe(`policies renewed in bulk on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const mail = createDeviceMail({ db, publish: async () => {}, log: createLog({ level: 'silent' }) })
    const works = createBulkWorks({ plans, mail, now: () => now })
    const { id: by } = await addUser(db, email)
    const [one, other] = [await addDevice(db, 1), await addDevice(db, 2)]
    for (const box of [one, other]) await addPremium(db, { ...box, minor: 1, relativityPpm: 1_400_000 })
    const rated = { jurisdiction: 'DE' }
    await db.update(policies).set({ rated, startsOn: '2027-01-01', endsOn: '2027-12-31' })

    const changesOf = async (id: string) => {
      const { policyId, kind, onDay, reason, changedBy } = policyChanges
      return db
        .select({ kind, onDay, reason, changedBy })
        .from(policyChanges)
        .where(eq(policyId, id))
        .orderBy(policyChanges.id)
    }
    const stateOf = async (id: string) => (await db.select().from(policies).where(eq(policies.id, id)))[0]?.state
    /** What is true of a renewal, whoever bound it. */
    const renewalOf = async (id: string) => {
      const [next = assert.fail(`nothing follows ${id}`)] = await db
        .select()
        .from(policies)
        .where(and(eq(policies.follows, id), ne(policies.state, 'voided')))
      const { id: nextId, startsOn, endsOn, planId, carried } = next
      const facts = {
        before: await stateOf(id),
        state: next.state,
        rated: next.rated,
        startsOn,
        endsOn,
        planId,
        carried,
      }
      return { id: nextId, facts, changes: [await changesOf(id), await changesOf(nextId)] }
    }
    const move = async (toPlan: string, policyId = one.policyId) => {
      const ask = { works, action: 'move-policies', by: email, now } as const
      const body = { policies: { ids: [policyId] }, toPlan }
      const { token } = (await previewBulk(db, { ...ask, body })) ?? assert.fail('there is no preview')
      assert.equal(await startBulk(db, { ...ask, token }), 'started')
      await runBulk(db, { works, changed: async () => {} })
      return (await listBulkItems(db, token, { limit: 10 })).items[0] ?? assert.fail('nothing was looked at')
    }

    it('are bound as one by itself is: named, in the history, with what the plan carries on', async () => {
      assert.equal((await move('carrying')).state, 'done')
      await renewPolicy(db, other.policyId, { planId: 'carrying' }, { plans, by, nowMs: now })
      const [bulk, single] = [await renewalOf(one.policyId), await renewalOf(other.policyId)]
      const carried = (box: typeof one) => ({
        ...{ policyId: box.policyId, receiptId: `RCP-${box.driverId}-1` },
        relativityPpm: 1_200_000,
      })
      assert.deepEqual(bulk.facts, { ...single.facts, carried: carried(one) })
      assert.deepEqual(single.facts.carried, carried(other))
      assert.deepEqual(bulk.changes, single.changes)
      assert.partialDeepStrictEqual(bulk.changes[1], [{ kind: 'bound', onDay: '2028-01-01', changedBy: by }])
      assert.equal(bulk.facts.before, 'renewed')
      assert.equal(bulk.facts.endsOn, '2028-12-31', 'a year after a year, with its leap day')
    })

    it('void what was bound under another plan, and leave one that was billed', async () => {
      const { id: bound } = await renewalOf(one.policyId)
      assert.equal((await move('plain')).state, 'done')
      const { id, facts } = await renewalOf(one.policyId)
      assert.deepEqual([facts.planId, facts.carried, facts.before], ['plain', null, 'renewed'])
      assert.equal(await stateOf(bound), 'voided')
      assert.partialDeepStrictEqual((await changesOf(bound)).at(-1), {
        kind: 'voided',
        reason: 'it renews under plain',
        changedBy: by,
      })

      await db.update(policies).set({ billedUntil: '2028-02-01' }).where(eq(policies.id, id))
      const { state, detail } = await move('carrying')
      assert.equal(state, 'failed')
      assert.match(detail ?? '', /was billed: it cannot be voided/)
      assert.equal((await renewalOf(one.policyId)).id, id)
    })

    it('skip what ended early, and what renews so already', async () => {
      const again = await move('plain')
      assert.deepEqual([again.state, again.detail], ['skipped', 'it renews under plain already'])
      await db.update(policies).set({ state: 'endorsed' }).where(eq(policies.id, one.policyId))
      const ended = await move('carrying')
      assert.deepEqual([ended.state, ended.detail], ['skipped', 'the policy is not active'])
    })

    it('are bound under the plan that a policy has, where nothing is bound yet', async () => {
      const { policyId } = await addDevice(db, 7)
      await db.update(policies).set({ startsOn: '2027-01-01', endsOn: '2027-12-31' }).where(eq(policies.id, policyId))
      assert.equal((await move('fairmile-1', policyId)).state, 'done')
      const { facts } = await renewalOf(policyId)
      assert.deepEqual([facts.planId, facts.startsOn, facts.before], ['fairmile-1', '2028-01-01', 'renewed'])
      const again = await move('fairmile-1', policyId)
      assert.deepEqual([again.state, again.detail], ['skipped', 'it renews under fairmile-1 already'])
    })

    /** A policy that an older release moved, once for each of the next terms given, the newest run last. */
    const movedBefore = async (n: number, nextTerms: readonly string[], startsOn = '2028-01-01') => {
      const { policyId, driverId, vehicleId } = await addDevice(db, n)
      const term = { startsOn: '2027-01-01', endsOn: '2027-12-31' }
      await db.update(policies).set(term).where(eq(policies.id, policyId))
      const next = { driverId, vehicleId, planId: 'fairmile-1', startsOn, endsOn: '2028-12-31' }
      for (const [run, id] of nextTerms.entries()) {
        await db.insert(policies).values({ id, ...next })
        const body = { policies: { ids: [policyId] }, toPlan: 'fairmile-1' }
        // The ids are drawn: they tell nothing of which run is newer.
        const runId = `BLK-${n}-${9 - run}`
        const times = { previewedAt: new Date(now + run), startedAt: new Date(now + run) }
        const asked = { id: runId, action: 'move-policies', body, state: 'done', previewedBy: email, ...times } as const
        await db.insert(bulkRuns).values(asked)
        const item = { runId, place: 1, itemId: policyId, label: '', change: '', version: '' }
        await db.insert(bulkItems).values({ ...item, state: 'done', detail: `renews as ${id}` })
      }
      return policyId
    }
    const migrate = async () => {
      const migration = new URL('../src/db/migrations/0821_moved_renewals.sql', import.meta.url)
      await database.scripted(({ script }) => script(readFileSync(migration, 'utf8')))
    }
    const followedBy = async (id: string) =>
      db.select({ follows: policies.follows }).from(policies).where(eq(policies.id, id))

    it('are named afterwards where an older release bound them without a name', async () => {
      const follows = await movedBefore(3, ['POL-OLD'])
      await migrate()
      const { id, facts } = await renewalOf(follows)
      assert.deepEqual([id, facts.before, facts.carried], ['POL-OLD', 'renewed', null])
    })

    it('are named by the newest run where an older release bound two', async () => {
      const follows = await movedBefore(4, ['POL-FIRST', 'POL-SECOND'])
      await migrate()
      await migrate()
      assert.equal((await renewalOf(follows)).id, 'POL-SECOND')
      assert.deepEqual(await followedBy('POL-FIRST'), [{ follows: null }])
    })

    it('stay without a name where the policy ended before they begin, or is cancelled', async () => {
      const shortened = await movedBefore(5, ['POL-LATER'], '2028-02-01')
      const cancelled = await movedBefore(6, ['POL-GONE-1', 'POL-GONE-2'])
      await db.update(policies).set({ state: 'cancelled', endsOn: '2027-09-30' }).where(eq(policies.id, cancelled))
      await migrate()
      for (const id of ['POL-LATER', 'POL-GONE-1', 'POL-GONE-2'])
        assert.deepEqual(await followedBy(id), [{ follows: null }])
      assert.deepEqual([await stateOf(shortened), await stateOf(cancelled)], ['active', 'cancelled'])
    })
  })
}
