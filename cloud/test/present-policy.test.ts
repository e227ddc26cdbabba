import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Premium } from '@fairmile/contract/http/pricing.ts'
import { WhatIf } from '@fairmile/contract/http/what-if.ts'
import { eq, inArray } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { createCache } from '../src/cache/cache.ts'
import { createCacheCounters } from '../src/cache/counters.ts'
import { policies } from '../src/db/schema/people.ts'
import { ratingPlans } from '../src/db/schema/plans.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { newestPremium } from '../src/pricing/queries.ts'
import { minimumKm } from '../src/risk/score-standing.ts'
import { addUser, createTestApp } from './api-rig.ts'
import { contestRig } from './contest-rig.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`a driver’s premium among several policies on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { first, second, driver } = rig
    const { driverId, vehicleId } = first
    const path = `/api/v1/drivers/${driverId}`
    await rig.store(0, driveRecords(1))
    const common = { driverId, vehicleId, planId: 'fairmile-1' }
    await db.insert(policies).values([
      { id: 'POL-OLDER', ...common, startsOn: '2024-01-01', endsOn: '2024-12-31' },
      { id: 'POL-OLD', ...common, startsOn: '2025-01-01', endsOn: '2025-12-31' },
      { id: 'POL-NEXT', ...common, startsOn: '2027-01-01', endsOn: '2027-12-31' },
      { id: 'POL-LATER', ...common, startsOn: '2028-01-01', endsOn: '2028-12-31' },
      { id: 'POL-VOID', ...common, startsOn: '2026-06-01', endsOn: '2026-05-31', state: 'voided' },
    ])
    // Priced after the one in force, as the bill of a term that ended is.
    for (const id of ['POL-LATER', 'POL-NEXT', 'POL-OLD', 'POL-OLDER'])
      await db.transaction((tx) => rig.price(tx, id, { cause: 'a test' }))

    it('is of the policy in force, whichever was priced last', async () => {
      const { status, body } = await driver('GET', `${path}/premium`)
      assert.deepEqual([status, Premium.parse(body).policyId], [200, first.policyId])
    })

    it('is of another where it is asked for, and of nobody else’s', async () => {
      const of = (id: string) => driver('GET', `${path}/premium?policyId=${id}`)
      assert.equal(Premium.parse((await of('POL-OLD')).body).policyId, 'POL-OLD')
      await rig.store(1, driveRecords(2))
      assert.equal((await of(second.policyId)).status, 404)
      assert.equal((await of('POL-NONE')).status, 404)
    })

    it('is what a what-if changes', async () => {
      const { status, body } = await driver('POST', `${path}/what-if`, { withoutEvents: ['EVT-000000000001'] })
      assert.equal(status, 200, JSON.stringify(body))
      assert.equal(WhatIf.parse(body).price?.policyId, first.policyId)
    })

    it('is given again until the policy ends, and not a day longer', async () => {
      const clock = { ms: Date.parse('2026-12-31T23:59:30Z') }
      const now = () => clock.ms
      const counters = createCacheCounters(new Registry())
      const { app, sessions } = createTestApp(db, {
        now,
        cacheCounters: counters,
        cache: createCache({ counters, now }),
      })
      const { token } = await sessions.issue(await addUser(db, 'new-year@example.org', driverId))
      const asked = async () => {
        const answer = await app.request(`${path}/premium`, { headers: { authorization: `Bearer ${token}` } })
        return [answer.headers.get('x-cache'), Premium.parse(await answer.json()).policyId]
      }
      assert.deepEqual(await asked(), ['miss', first.policyId])
      assert.deepEqual(await asked(), ['hit', first.policyId])
      clock.ms += 30_000
      assert.deepEqual(await asked(), ['miss', 'POL-NEXT'])
    })

    it('and the minimum of kilometres go by the plan of the policy in force, not of one to come', async () => {
      await takeInPlans(db, [...loadPlans().values()])
      const [strict = assert.fail()] = await db.select().from(ratingPlans).where(eq(ratingPlans.id, 'fairmile-1'))
      const { minimumScoredKm: _made, ...row } = strict
      const body = JSON.parse(row.body) as { relativity: object }
      const asked = { ...body, id: 'strict', relativity: { ...body.relativity, minimumScoredM: 900_000 } }
      await db.insert(ratingPlans).values({ ...row, id: 'strict', body: JSON.stringify(asked) })
      await db
        .update(policies)
        .set({ planId: 'strict' })
        .where(inArray(policies.id, ['POL-NEXT', 'POL-VOID']))
      assert.equal(await minimumKm(db, driverId, '2026-12-31'), 5)
      assert.equal(await minimumKm(db, driverId, '2027-01-01'), 900)
    })

    it('is of the next to begin where none is in force, and of the last that ended where none comes', async () => {
      const on = async (day: string) => (await newestPremium(db, driverId, { day }))?.policyId
      assert.equal(await on('2023-07-01'), 'POL-OLDER')
      assert.equal(await on('2025-12-31'), 'POL-OLD')
      assert.equal(await on('2026-01-01'), first.policyId)
      assert.equal(await on('2027-01-01'), 'POL-NEXT')
      assert.equal(await on('2029-07-01'), 'POL-LATER')
    })
  })
}
