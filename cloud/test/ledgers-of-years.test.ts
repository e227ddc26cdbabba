import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../src/db/database.ts'
import { rewardAccounts } from '../src/db/schema/rewards.ts'
import { causesOf, lockAccount } from '../src/rewards/account.ts'
import { scoreTrend } from '../src/risk/risk-queries.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { readingsOf } from './rows-read.ts'

/** Four scores a day for five years and more, the weeks of as long, and what others were scored in the last of them. */
const [scores, aDay, weeks, others] = [8000, 4, 290, 20_000]

for (const engine of engines()) {
  describe(`what a driver of years was scored and paid on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { driverId } = await addDevice(db)
    const account = await lockAccount(db, driverId)
    const [issuer = assert.fail()] = await db.select().from(rewardAccounts).where(eq(rewardAccounts.kind, 'issuer'))
    await db.execute(sql`
      INSERT INTO scores (driver_id, version, event_id, calculated_at, risk, risk_low, risk_high, margin, relativity, exposure_km, judged_km, trips,
        period_days, model_name, model_version, model_hash, features, reasons)
      SELECT driver, version, event, at, 20, 10, 30, 0, 1, 900, 900, 60, 30, 'test', '1', 'test', '{}', '[]'
      FROM (
        SELECT ${driverId}, n, n, now() - (${scores} - n) * interval '6 hours' FROM generate_series(1, ${scores}) AS n
        UNION ALL
        SELECT 'DRV-other-' || n, 1, ${scores} + n, now() - n * interval '30 seconds' FROM generate_series(1, ${others}) AS n
      ) AS scored (driver, version, event, at)`)
    await db.execute(sql`
      WITH posted AS (
        INSERT INTO reward_transactions (account_id, kind, cause, part, made_at, catalogue)
        SELECT ${account.id}, 'week', 'week:' || n, 1, now(), 'test/1' FROM generate_series(1, ${weeks}) AS n RETURNING id
      )
      INSERT INTO reward_entries (transaction_id, account_id, points)
      SELECT id, ${account.id}::int8, 10 FROM posted UNION ALL SELECT id, ${issuer.id}::int8, -10 FROM posted`)
    await db.execute(sql`ANALYZE`)

    /** Among many drivers no plan reads the whole table; here one is all of it. */
    const mostOf = (table: string, ask: (db: Database) => Promise<unknown>): Promise<number> =>
      db.transaction(async (tx) => {
        await tx.execute(sql`SET LOCAL enable_seqscan = off`)
        return Math.max(...(await readingsOf(tx, table, ask)).map(({ rows }) => rows))
      })

    it('is shown as a trend of a week by the scores of a week', async () => {
      const asked = { driverId, days: 7, periodDays: 30 }
      const { points } = await scoreTrend(db, asked)
      assert.deepEqual([points.length, points.at(-1)?.version], [new Set(points.map(({ day }) => day)).size, scores])
      assert.ok(points.length >= 7)
      // Those of the week are passed by to find the newest from before, and then read.
      assert.ok((await mostOf('scores', (tx) => scoreTrend(tx, asked))) <= 2 * (7 * aDay + 1))
    })

    it('is set right by what was posted for the weeks that are judged anew', async () => {
      const causes = ['week:3', `week:${weeks}`, 'week:never']
      const found = await causesOf(db, account.id, causes)
      assert.deepEqual([...found.keys()].toSorted(), ['week:290', 'week:3'])
      assert.deepEqual({ ...found.get('week:3') }, { issued: 10, borne: 0, parts: 1 })
      assert.ok((await mostOf('reward_transactions', (tx) => causesOf(tx, account.id, causes))) <= causes.length)
    })
  })
}
