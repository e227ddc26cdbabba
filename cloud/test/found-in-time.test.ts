import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eq } from 'drizzle-orm'
import { trips } from '../src/db/schema/trips.ts'
import { findTrips } from '../src/trips/find-trips.ts'
import { telematicsEvent } from './devices.ts'
import { createDigestRig, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'

const hourMs = 3_600_000

for (const engine of engines()) {
  describe(`driving without a record on ${engine.name}`, async () => {
    const rig = await createDigestRig(await engine.open())
    const { db } = rig

    for (const [which, toldAhead, due] of [
      ['is a trip once a later one has been told for an hour', false, 1],
      ['still may be told by the car where the later one was told ahead of its time', true, 0],
    ] as const)
      it(which, async () => {
        const device = await rig.newDevice()
        await rig.store(
          device,
          Array.from({ length: 600 }, (_, n) => telematicsEvent(1 + n, startMs)),
        )
        const later = rig.recordOf(device, 5_001, 5_300)
        await rig.tell(device, later)
        const updatedAt = new Date(startMs + 2 * hourMs)
        await db.update(trips).set({ toldAhead, updatedAt }).where(eq(trips.id, later.id))
        const part = { deviceId: device.id, bootId: 1, touches: [{ firstSeq: 1, lastSeq: 600 }] }
        const found = await db.transaction((tx) => findTrips(tx, part, { nowMs: startMs + 4 * hourMs }))
        assert.deepEqual([found.due.length, found.early.length], [due, 1 - due])
      })
  })
}
