import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ScoreRecommendations } from '@fairmile/contract/http/risk.ts'
import { WhatIf } from '@fairmile/contract/http/what-if.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { eq } from 'drizzle-orm'
import { policies } from '../src/db/schema/people.ts'
import { contestRig } from './contest-rig.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

/** 150 km, driven in a hurry. */
const hurriedDrive = (n: number): TripsRecord[] =>
  driveRecords(n, 'count').map((record) => {
    if (record.type !== 'trip') return record
    const { events } = record.trip.statistics
    const statistics = { ...statisticsExample({ km: 150, gradable: 1, temper: 0.6, events: [] }), events }
    return { ...record, trip: { ...record.trip, endAt: record.trip.startAt + 9_000_000, statistics } }
  })

for (const engine of engines()) {
  describe(`what-if where a place limits changes of the price on ${engine.name}`, async () => {
    const database = await engine.open()
    const { first, driver, store, opened, ruled, premiumOf, receiptOf } = await contestRig(database)
    const rated = { jurisdiction: 'DE', classes: { vehicle: 'large', region: 'city', use: 'business' } }
    await database.db
      .update(policies)
      .set({ planId: 'fairmile-2', startsOn: '2026-05-20', endsOn: '2027-05-19', rated })
      .where(eq(policies.id, first.policyId))
    const path = `/api/v1/drivers/${first.driverId}`
    const ask = async (body: object) =>
      WhatIf.parse((await driver('POST', `${path}/what-if`, body)).body).price ?? assert.fail('there is no price')
    const drives = [1, 2, 3, 4, 5, 6, 7, 8]
    await store(0, ...drives.map(hurriedDrive))

    it('changes the month of the newest receipt, in force as it is there', async () => {
      const { monthMinor } = await premiumOf()
      const days = (await receiptOf()).steps.find(({ name }) => name === 'days')?.value
      assert.equal(days, 46, 'the days of notice are over')
      const same = await ask({ changes: [{ feature: 'braking_share', times: 1 }] })
      assert.deepEqual([same.beforeMinor, same.afterMinor], [monthMinor, monthMinor])
      const calm = await ask({ changes: ['braking_share', 'along_rms'].map((feature) => ({ feature, times: 0.3 })) })
      assert.equal(calm.beforeMinor, monthMinor)
      assert.ok(calm.afterMinor < monthMinor)
      const { recommendations } = ScoreRecommendations.parse((await driver('GET', `${path}/recommendations`)).body)
      assert.ok(recommendations.length > 0)
      for (const { feature, price } of recommendations)
        assert.ok(price!.differenceMinor < 0, `${feature} saves nothing`)
    })

    it('tells of the same days without an event what the receipt tells once a ruling takes it out', async () => {
      const { beforeMinor, afterMinor } = await ask({ withoutEvents: ['EVT-000000000001'] })
      assert.ok(afterMinor < beforeMinor)
      await ruled(await opened(1, { reason: 'emergency' }), { ruling: 'upheld' })
      assert.equal((await premiumOf()).monthMinor, afterMinor)
    })
  })
}
