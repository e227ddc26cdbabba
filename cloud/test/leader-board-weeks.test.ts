import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { rewardBoardMembers } from '../src/db/schema/rewards.ts'
import { readLeaderBoard } from '../src/rewards/leader-board.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const board = { id: 'LBD-WEEK', title: 'A week', text: 'A board', leastDrivers: 5 }
const members = 14

for (const engine of engines()) {
  describe(`the week of a leader board on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const drivers: string[] = []
    for (let n = 1; n <= members; n++) drivers.push((await addDevice(db, n)).driverId)
    await db
      .insert(rewardBoardMembers)
      .values(drivers.map((driverId) => ({ boardId: board.id, driverId, since: new Date(0) })))
    /** Closes a week for some of the members. */
    const close = async (week: string, of: readonly string[]) => {
      for (const driverId of of)
        await db.execute(sql`INSERT INTO reward_weeks (driver_id, week, points, judged, judged_at)
          VALUES (${driverId}, ${week}::date, 70, '{}', now())`)
    }
    const shown = async () => {
      const { week, rows } = await readLeaderBoard(db, board, { driverId: null, secret: new Uint8Array(32) })
      return [week, rows.length]
    }

    it('is the newest that is closed for enough, so that who has it closed first is not ranked alone', async () => {
      await close('2026-06-01', drivers.slice(0, 4))
      assert.deepEqual(await shown(), [null, 0])
      await close('2026-06-01', drivers.slice(4))
      assert.deepEqual(await shown(), ['2026-06-01', members])
      await close('2026-06-08', drivers.slice(0, 1))
      assert.deepEqual(await shown(), ['2026-06-01', members], 'one driver is not enough')
      await close('2026-06-08', drivers.slice(1, 6))
      assert.deepEqual(await shown(), ['2026-06-01', members], 'six are fewer than half of the week before')
      await close('2026-06-08', drivers.slice(6, 7))
      assert.deepEqual(await shown(), ['2026-06-08', 7])
    })
  })
}
