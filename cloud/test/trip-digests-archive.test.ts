import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { archiveMonths } from '../src/db/archive/archive-months.ts'
import { selectRows } from '../src/db/database.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { createDigestRig, drive } from './digest-rig.ts'
import { engines } from './engines.ts'

const dayMs = 86_400_000
const june = Date.UTC(2026, 5, 1)

for (const engine of engines()) {
  describe(`digests of an archived month on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await createDigestRig(database)
    const { db, store, recordOf, tell, answers, made, workNow } = rig
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-archive-'))
    after(() => rmSync(folder, { recursive: true, force: true }))
    await ensurePartitions(database, ['2026-05'])
    const device = await rig.newDevice()
    /** A trip of ten minutes in a boot of its own. */
    const trip = async (boot: number, fromMs: number) => {
      await store(device, drive(600, fromMs), { boot })
      const record = recordOf(device, 1, 600, { startAt: fromMs + 1000, endAt: fromMs + 600_000 })
      await tell(device, { ...record, id: `TRP-0000000000A${boot}` }, boot)
      return `TRP-0000000000A${boot}`
    }
    const kept = async () =>
      (await selectRows<{ id: string }>(db, sql`SELECT trip_id AS id FROM trip_digests ORDER BY start_at`)).map(
        ({ id }) => id,
      )
    const may = await trip(1, june - 10 * dayMs)
    const over = await trip(2, june - 300_000)
    const later = await trip(3, june + 10 * dayMs)
    await workNow()

    it('go with its seconds, and so do those of trips that reach into it', async () => {
      assert.deepEqual(await made(device), [may, over, later])
      const before = await answers(device.driverId, later)
      const [done] = await archiveMonths(database, { before: '2026-06-01', folder, nowMs: Date.now() })
      assert.equal(done?.state, 'archived')
      assert.deepEqual(await kept(), [later])
      assert.deepEqual(await answers(device.driverId, may, '2026-05'), { points: [], path: [] })
      assert.deepEqual(await answers(device.driverId, later), before)
      assert.equal((await answers(device.driverId, over)).points[0]?.seconds, 301)
    })

    it('are not made anew of what comes late, which is only a part', async () => {
      await ensurePartitions(database, ['2026-05'])
      await store(device, drive(60, june - 10 * dayMs + 60_000), { boot: 4 })
      await store(device, drive(60, june + 60_000), { boot: 5 })
      await rig.lookAtTrips()
      assert.deepEqual(await kept(), [may, over, later], 'noted as touched')
      await rig.digest()
      assert.deepEqual(await kept(), [later])
      assert.equal((await answers(device.driverId, may, '2026-05')).points[0]?.seconds, 60)
    })
  })
}
