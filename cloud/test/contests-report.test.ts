import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Report } from '@fairmile/contract/http/reports.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { applyLimitCorrections } from '../src/contests/apply-limit-corrections.ts'
import { ruleSilentContests } from '../src/contests/rule-silent-contests.ts'
import { contests, limitCorrections } from '../src/db/schema/contests.ts'
import { makeReport } from '../src/reports/make-reports.ts'
import { contestRig } from './contest-rig.ts'
import { corneredDrive, renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`the report of contests on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { store, opened, ruled, bill, ledgerOf, consumers, admin2, driver, now } = rig
    const reportOf = async (period: string): Promise<Report> => {
      const report = await makeReport(db, { kind: 'contests', period, by: 'test', now: Date.UTC(2026, 8, 1) })
      return report ?? assert.fail('there is no report')
    }
    const rowsOf = ({ tables }: Report, of: string) =>
      (tables.find(({ name }) => name === of) ?? assert.fail(`there is no table ${of}`)).rows
    const figuresOf = async (period: string) =>
      new Map(rowsOf(await reportOf(period), 'figures') as [string, number | null][])
    /** Has contests be opened, settled or due at another time. */
    const change = (which: SQL, to: Partial<typeof contests.$inferInsert>) => db.update(contests).set(to).where(which)
    const one = ({ id }: { id: string }) => eq(contests.id, id)

    it('is empty where nothing was contested', async () => {
      const report = await reportOf('2026-07')
      assert.deepEqual(
        ['reasons', 'kinds', 'money', 'limits'].map((name) => rowsOf(report, name)),
        [[], [], [], []],
      )
      const figures = await figuresOf('2026-07')
      assert.deepEqual([figures.get('Opened'), figures.get('Contested, %')], [0, null])
    })

    it('tells what was opened and ruled, by whom, how fast, and what came back', async () => {
      await store(0, corneredDrive(2), renamed(corneredDrive(20), 'D'), renamed(driveRecords(3, 'count'), 'E'))
      await store(0, driveRecords(4, 'count'), driveRecords(5, 'count'), speedingDrive(6))
      await bill()
      const upheld = await ruled(await opened(2, { reason: 'emergency' }), { ruling: 'upheld' })
      const silent = await opened('E', { reason: 'emergency' })
      await change(one(silent), { ruleBy: new Date(0) })
      await ruleSilentContests(db, { nowMs: now(), failed: assert.fail })
      const withdrawn = await opened(4, { reason: 'road' })
      await driver('POST', `/api/v1/contests/${withdrawn.id}/withdrawal`, { version: withdrawn.version })
      await opened(5, { reason: 'road' })
      const limit = { limitKmh: 100 }
      const first = await ruled(await opened(6, { reason: 'wrong_limit' }), { ruling: 'upheld', limit })
      const wrong = await ruled(first, { ruling: 'upheld', limit }, admin2)
      await store(1, renamed(speedingDrive(7), 'G'))
      await applyLimitCorrections(db, { nowMs: now(), failed: assert.fail })
      await consumers.drain()
      const rejected = await ruled(await opened('D', { reason: 'sensor' }), { ruling: 'rejected' })

      const ruleBy = new Date('2026-07-20T22:00:00Z')
      await change(sql`true`, { openedAt: new Date('2026-07-06T10:00:00Z'), ruleBy })
      await change(isNotNull(contests.settledAt), { settledAt: new Date('2026-07-13T10:00:00Z') })
      await db.update(limitCorrections).set({ createdAt: new Date('2026-07-13T10:00:00Z') })
      // From that Monday on it is seven working days to Wednesday of the next week, twelve to the one after.
      const before = { openedAt: new Date('2026-06-29T10:00:00Z'), ruleBy: new Date('2026-07-13T22:00:00Z') }
      await change(one(upheld), { ...before, settledAt: new Date('2026-07-08T10:00:00Z') })
      await change(one(rejected), { ...before, settledAt: new Date('2026-07-15T10:00:00Z') })

      const report = await reportOf('2026-07')
      assert.deepEqual(rowsOf(report, 'figures'), [
        ['Opened', 4],
        ['Ruled for the driver', 3],
        ['of these by silence', 1],
        ['Ruled against the driver', 1],
        ['Taken back', 1],
        ['For the driver, % of what was ruled', 75],
        ['Pending at the end of the month', 1],
        ['Settled by a person’s ruling', 3],
        ['Working days to a ruling, median', 7],
        ['Working days to a ruling, longest', 12],
        ['Ruled within 10 working days, %', 66.7],
        ['Events of the month', 0],
        ['of these contested', 0],
        ['Contested, %', null],
      ])
      assert.deepEqual(rowsOf(report, 'reasons'), [
        ['emergency', 1, 2, 1, 0, 0, 0],
        ['road', 2, 0, 0, 0, 1, 1],
        ['sensor', 0, 0, 0, 1, 0, 0],
        ['wrong limit', 1, 1, 0, 0, 0, 0],
      ])
      assert.deepEqual(rowsOf(report, 'kinds'), [
        ['harsh braking', 3, 1, 1, 0, 1, 1],
        ['harsh cornering', 0, 1, 0, 1, 0, 0],
        ['speeding', 1, 1, 0, 0, 0, 0],
      ])
      const [[contest, place, ...corrected] = []] = rowsOf(report, 'limits')
      assert.equal(contest, wrong.id)
      assert.match(String(place), /^49\.\d{5}, 12\.10000$/)
      // Both drivers' events are none by 100 km/h.
      assert.deepEqual(corrected, [150, 50, 100, 2, 2, 2])
      const june = await figuresOf('2026-06')
      assert.deepEqual(
        ['Opened', 'Pending at the end of the month', 'Events of the month', 'of these contested', 'Contested, %'].map(
          (name) => june.get(name),
        ),
        [2, 2, 7, 6, 85.7],
      )
    })

    it('counts the money of contests once, and no other', async () => {
      const sums = async () => {
        const entries = await ledgerOf()
        const sumOf = (kind: string) =>
          entries.reduce((sum, entry) => (entry.kind === kind ? sum + entry.amountMinor : sum), 0)
        return { refunded: -sumOf('refund'), waived: sumOf('correction') }
      }
      const { refunded, waived } = await sums()
      assert.ok(refunded > 0 && waived > 0, `${refunded} refunded, ${waived} waived`)
      const money = rowsOf(await reportOf('2026-07'), 'money')
      assert.deepEqual(money, [['contests', 'EUR', 1, refunded, waived]])
      assert.deepEqual(rowsOf(await reportOf('2026-08'), 'money'), [])

      // A record of the car by which a trip with a contest was shorter gives back too, and not because of that.
      await store(0, shorter(5))
      assert.ok((await sums()).refunded > refunded)
      assert.deepEqual(rowsOf(await reportOf('2026-07'), 'money'), money)
    })
  })
}

/** A drive's record that the car told again: a second later at its end, and half as far. */
function shorter(n: number): TripsRecord[] {
  const record = driveRecords(n, 'count').at(-1)
  if (record?.type !== 'trip') return assert.fail()
  const { trip } = record
  const statistics = { ...trip.statistics, distanceM: 30_000, speedSum: 30_000, gradableM: 29_000 }
  return [{ type: 'trip', trip: { ...trip, endAt: trip.endAt + 1000, statistics } }]
}
