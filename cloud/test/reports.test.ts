import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Report, ReportSummary } from '@fairmile/contract/http/reports.ts'
import { desc, eq, sql } from 'drizzle-orm'
import { applyRetention } from '../src/db/retention.ts'
import { deadLetters } from '../src/db/schema/devices.ts'
import { policies } from '../src/db/schema/people.ts'
import { reports } from '../src/db/schema/reports.ts'
import { makeMonthlyReports } from '../src/reports/make-reports.ts'
import { addPremium, addScore } from './admin-rig.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

/** The month of the tests' drives is over. */
const now = Date.UTC(2026, 6, 3)

for (const engine of engines()) {
  describe(`reports on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { app, sessions } = createTestApp(db, { now: () => now })
    const admin = caller(app, (await sessions.issue(await addUser(db, 'ana@example.org'))).token)
    const [first, second] = [await addDevice(db, 1), await addDevice(db, 2)]
    await db.update(policies).set({ planId: '=cmd()' }).where(sql`id = ${second.policyId}`)
    await db.execute(sql`UPDATE drivers SET created_at = '2026-01-01'`)
    await storeDrives(database, laneOf(first, 'trips'), [driveRecords(4), driveRecords(9, 'count')])
    await addScore(db, first.driverId, 12)
    await addPremium(db, { ...first, minor: 30_000, at: new Date(Date.UTC(2026, 4, 20)) })
    await addPremium(db, { ...first, version: 2, minor: 50_000, discountPpm: 220_000 })
    await db.insert(deadLetters).values({
      ...{ deviceId: first.id, topic: 't', reason: 'range', detail: 'x', sizeBytes: 1 },
      receivedAt: new Date(Date.UTC(2026, 5, 5)),
    })
    const make = async (kind: string, period = '2026-06') => {
      const { status, body } = await admin('POST', '/api/v1/admin/reports', { kind, period })
      assert.equal(status, 201, JSON.stringify(body))
      return body as Report
    }
    const monthly = (at: number) =>
      makeMonthlyReports(db, { now: at, failed: (_, error) => assert.fail(error as Error) })
    const figures = ({ tables: [table] }: Report) => new Map(table?.rows.map(([name, value]) => [name, value]))

    it('of the portfolio tell what was insured and driven', async () => {
      const report = await make('portfolio')
      const of = figures(report)
      assert.deepEqual(
        ['Policies in force', 'Policies that began', 'Policy years', 'Trips', 'Kilometres', 'Judged, %'].map((name) =>
          of.get(name),
        ),
        [2, 0, 0.16, 2, 120, 98.3],
      )
      assert.deepEqual(report.tables[1]?.rows, [
        ['none yet', 1],
        ['80 to 89', 1],
      ])
    })

    it('of loss by plan tell earned premium, exposure and events', async () => {
      const { tables } = await make('loss-by-plan')
      assert.deepEqual(tables[0]?.rows, [
        ['=cmd()', null, 1, 0.08, null, 0, 0, 0, null, 0],
        ['fairmile-1', 'EUR', 1, 0.08, 20_000, 120, 2, 1, 8.33, 0],
      ])
    })

    it('of the discount tell its spread, and of quality what was lost', async () => {
      const discount = await make('discount')
      assert.deepEqual(
        discount.tables.map(({ rows }) => rows),
        [[['fairmile-1', 1, 22, 60, 50]], [['fairmile-1', '20 to below 25 %', 1]]],
      )
      const quality = await make('data-quality')
      assert.deepEqual(quality.tables[1]?.rows, [['dead letter', 'range', 1, 1]])
      assert.deepEqual(
        [figures(quality).get('Kilometres that could not be judged'), figures(quality).get('Claimed boxes')],
        [2, 2],
      )
    })

    it('are listed, and come as CSV that no spreadsheet runs', async () => {
      const { items } = (await admin('GET', '/api/v1/admin/reports?kind=loss-by-plan')).body as Page<ReportSummary>
      assert.deepEqual(
        items.map(({ kind, madeBy }) => [kind, madeBy]),
        [['loss-by-plan', 'ana@example.org']],
      )
      const { body } = await admin('GET', `/api/v1/admin/reports/${items[0]?.id}/csv`)
      assert.match(
        body as string,
        /\r\nplans,1,plan,'=cmd\(\)\r\nplans,1,currency,\r\nplans,1,policies,1\r\nplans,1,policyYears,0.08\r\n/,
      )
    })

    it('are made of every other kind where one fails, which fails the job and is made the next time', async () => {
      const kinds = async () => {
        const rows = await db.select({ kind: reports.kind }).from(reports).where(eq(reports.madeBy, 'schedule'))
        return new Set(rows.map(({ kind }) => kind))
      }
      await db.execute(
        sql`ALTER TABLE reports ADD CONSTRAINT broken CHECK (kind <> 'loss-by-plan' OR made_by <> 'schedule') NOT VALID`,
      )
      const failures: string[] = []
      const failed = ({ kind, period }: { kind: string; period: string }) => failures.push(`${kind} ${period}`)
      await assert.rejects(makeMonthlyReports(db, { now, failed }), /6 failed and 24 were made/)
      assert.deepEqual([failures.length, failures[0]], [6, 'loss-by-plan 2026-06'])
      assert.deepEqual([...(await kinds())].toSorted(), ['contests', 'data-quality', 'discount', 'portfolio'])
      await db.execute(sql`ALTER TABLE reports DROP CONSTRAINT broken`)
      assert.deepEqual(await monthly(now), { made: 6 })
      await db.execute(sql`DELETE FROM reports WHERE made_by = 'schedule'`)
    })

    it('are made by themselves once a month since there were drivers, and not of a month to come', async () => {
      assert.deepEqual(await monthly(now), { made: 6 * 5 })
      assert.deepEqual(await monthly(now), { made: 0 })
      const early = await admin('POST', '/api/v1/admin/reports', { kind: 'discount', period: '2026-08' })
      assert.equal(early.status, 422)
    })

    it('are made of months in which no worker ran, of the last twelve', async () => {
      const periods = async () => {
        const rows = await db.selectDistinct({ period: reports.period }).from(reports).orderBy(desc(reports.period))
        return rows.map(({ period }) => period)
      }
      const sixtyDaysMs = 60 * 86_400_000
      assert.deepEqual(await monthly(now + sixtyDaysMs), { made: 2 * 5 })
      assert.deepEqual((await periods()).slice(0, 3), ['2026-08', '2026-07', '2026-06'])
      await db.execute(sql`UPDATE drivers SET created_at = '2020-01-01'`)
      assert.deepEqual(await monthly(now + sixtyDaysMs), { made: 4 * 5 })
      assert.deepEqual([(await periods()).length, (await periods()).at(-1)], [12, '2025-09'])
    })

    it('are kept for seven years', async () => {
      const kept = async (nowMs: number) => (await applyRetention(database, nowMs)).reports
      assert.equal(await kept(now + 2500 * 86_400_000), 0)
      assert.equal(await kept(now + 2600 * 86_400_000), 4 + 6 * 5)
    })

    it('count no policy that was voided before it began, also one with a price', async () => {
      const made = async () => {
        const tables = []
        for (const kind of ['portfolio', 'discount', 'loss-by-plan']) tables.push((await make(kind, '2026-05')).tables)
        return tables
      }
      const before = await made()
      const voided = { ...first, policyId: 'POL-VOIDED' }
      await db.insert(policies).values({
        ...{ id: voided.policyId, driverId: first.driverId, vehicleId: first.vehicleId, planId: 'fairmile-1' },
        ...{ startsOn: '2026-05-15', endsOn: '2026-05-14', state: 'voided' },
      })
      await addPremium(db, { ...voided, version: 3, minor: 7_000, at: new Date(Date.UTC(2026, 4, 10)) })
      assert.deepEqual(await made(), before)
    })

    it('of loss by plan tell premium that was priced after a policy ended', async () => {
      const third = await addDevice(db, 3)
      await db.update(policies).set({ endsOn: '2026-05-31', planId: 'ended' }).where(sql`id = ${third.policyId}`)
      await addPremium(db, { ...third, minor: 30_000, at: new Date(Date.UTC(2026, 4, 20)) })
      await addPremium(db, { ...third, version: 2, minor: 34_000, at: new Date(Date.UTC(2026, 5, 3)) })
      const { tables } = await make('loss-by-plan')
      assert.deepEqual(
        tables[0]?.rows.find(([plan]) => plan === 'ended'),
        ['ended', 'EUR', 0, 0, 4_000, 0, 0, 0, null, 0],
      )
      const { tables: later } = await make('loss-by-plan', '2026-07')
      assert.equal(
        later[0]?.rows.find(([plan]) => plan === 'ended'),
        undefined,
      )
    })
  })
}
