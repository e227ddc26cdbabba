import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { count, eq } from 'drizzle-orm'
import { Registry } from 'prom-client'
import type { OpenDatabase } from '../src/db/open.ts'
import { deadLetters } from '../src/db/schema/devices.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { createIngestCounters } from '../src/ingest/counters.ts'
import { createJudgeAll } from '../src/ingest/judge-all.ts'
import { createMonths } from '../src/ingest/months.ts'
import { createPersist } from '../src/ingest/persist.ts'
import { createStoreLine } from '../src/ingest/store-line.ts'
import { createLog } from '../src/log.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

const messagesEach = 25
const records = 2

for (const engine of engines()) {
  describe(`a message that is refused on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database

    it('has few of those that come with it stored again', async () => {
      const devices = []
      for (let n = 1; n <= 8; n++) devices.push(await addDevice(db, n))
      const [owner, other, ...cars] = devices
      const start = { type: 'trip_started' as const, tripId: 'TRP-OWN', startAt: 0, lat: null, lon: null }
      const before = startIngest(database)
      await before.ingest.take(laneOf(owner!, 'trips').seal([start]).message)
      await before.ingest.stop()

      const event = {
        ...{ id: 'EVT-OTHER', tripId: 'TRP-OWN', kind: 'harsh_braking' as const, startAt: 0, endAt: 1000, peak: 4 },
        ...{ band: 'log' as const, grade: 'A' as const, gradeReasons: [], lat: null, lon: null, limitKmh: null },
        ...{ startSpeedMps: null, endSpeedMps: null, trace: null },
      }
      const lanes = cars.map((device) => laneOf(device, 'telematics'))
      const messages = Array.from({ length: messagesEach }, () =>
        lanes.map((lane) => lane.sealEvents(records).message),
      ).flat()
      messages.splice(messages.length >> 1, 0, laneOf(other!, 'trips').seal([{ type: 'event', event }]).message)
      let transactions = 0
      const counted: OpenDatabase = Object.create(database, {
        transaction: {
          value: (...work: Parameters<OpenDatabase['transaction']>) => {
            transactions++
            return database.transaction(...work)
          },
        },
      })
      const [counters, log] = [createIngestCounters(new Registry()), createLog({ level: 'silent' })]
      const line = createStoreLine({
        ...{ database: counted, months: createMonths(database), counters, log },
        ...{ live: { publish: () => {} }, tell: async () => {}, onCommitted: () => {} },
        persist: createPersist({ signal: AbortSignal.abort(), counters, log }),
      })
      for (const judged of await createJudgeAll({ db, nowMs: () => testNowMs })(messages)) await line.push(judged)
      line.close()
      await line.run()
      const letters = await db.select({ of: deadLetters.deviceId, reason: deadLetters.reason }).from(deadLetters)
      assert.deepEqual(letters, [{ of: other!.id, reason: 'foreign' }])
      for (const { id } of cars) {
        const [stored] = await db.select({ n: count() }).from(telematicsEvents).where(eq(telematicsEvents.deviceId, id))
        assert.equal(stored?.n, messagesEach * records)
      }
      assert.ok(transactions < 20, `${transactions} transactions for ${messages.length} messages`)
    })
  })
}
