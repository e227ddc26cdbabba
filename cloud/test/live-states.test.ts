import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LiveMessage, LiveState } from '@fairmile/contract/live.ts'
import { eq } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { policies } from '../src/db/schema/people.ts'
import { createIngestCounters } from '../src/ingest/counters.ts'
import { createLiveStates } from '../src/ingest/live-states.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { testNowMs } from './ingest-rig.ts'

const state: LiveState = {
  ...{ at: testNowMs, tripId: null, lat: 49, lon: 12, speedMps: 3, headingDeg: null, limitKmh: null, aLong: 0.1 },
  ...{ aLat: null, liveRisk: 10, tripDistanceM: 0, calibrationConfidence: 0, event: null },
}
const payload = Buffer.from(JSON.stringify(state))
/** How long a driver is taken as known, ms. */
const driverLifeMs = 30_000

for (const engine of engines()) {
  describe(`live states on ${engine.name}`, async () => {
    const { db } = await engine.open()

    it('are another driver’s within the bound, also where the wall clock is set back', async () => {
      const [device, other] = [await addDevice(db, 1), await addDevice(db, 2)]
      const clock = { wallMs: testNowMs, monotonicMs: 0 }
      const live: LiveMessage[] = []
      const counters = createIngestCounters(new Registry())
      const states = createLiveStates({
        ...{ db, counters, live: { publish: (message) => void live.push(message) } },
        ...{ nowMs: () => clock.wallMs, monotonicMs: () => clock.monotonicMs },
      })
      const pass = async () => {
        const before = live.length
        states.pass(device.id, payload)
        while (live.length === before) await nextTurn()
      }
      await pass()
      await db.update(policies).set({ driverId: other.driverId }).where(eq(policies.id, device.policyId))
      clock.wallMs -= 3_600_000
      clock.monotonicMs = driverLifeMs - 1
      await pass()
      clock.monotonicMs = driverLifeMs
      await pass()
      assert.deepEqual(
        live.map(({ driverId }) => driverId),
        [device.driverId, device.driverId, other.driverId],
      )
    })
  })
}
