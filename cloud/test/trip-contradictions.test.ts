import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TripRecord, TripStatistics } from '@fairmile/contract/trip.ts'
import { eq } from 'drizzle-orm'
import { deadLetters } from '../src/db/schema/devices.ts'
import { trips } from '../src/db/schema/trips.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { hostileTrips } from './hostile-trips.ts'
import { startIngest } from './ingest-rig.ts'
import { driveRecords } from './stored-drive.ts'

/** An hour of 60 km that says something else of itself. */
function hourWith(changes: Partial<TripStatistics>, n = 1): TripRecord {
  const record = driveRecords(n).at(-1)
  if (record?.type !== 'trip') return assert.fail()
  return { ...record.trip, statistics: { ...record.trip.statistics, ...changes } }
}

const cases: [why: string, says: RegExp, trip: TripRecord][] = [
  [
    'a million kilometres in an hour',
    /distanceM is 1000000000, but movingS of 3500 s at 150/,
    hourWith({ distanceM: 1e9, speedSum: 1e9 }),
  ],
  [
    'more driven seconds than any trip has',
    /durationS is 200000, but the longest trip of 172800 s/,
    hourWith({ durationS: 200_000 }),
  ],
  [
    'events that its seconds cannot hold',
    /crash events is 9000, but durationS of 3600 s/,
    hourWith({ events: [{ kind: 'crash', band: 'count', grade: 'A', count: 9_000 }] }),
  ],
  ['a way that is not that of its speeds', /distanceM is 60000, but speedSum of 1000 m/, hourWith({ speedSum: 1_000 })],
]

for (const engine of engines()) {
  describe(`trips that contradict themselves on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0

    for (const [why, says, trip] of cases)
      it(`are dead letters that say what contradicts what: ${why}`, async () => {
        const device = await addDevice(db, ++devices)
        const { ingest, acks } = startIngest(database)
        const message = hostileTrips(device, [hourWith({}, 2), trip])
        await ingest.take(message)
        await ingest.stop()
        const [letter, ...others] = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id))
        assert.deepEqual([letter?.reason, others], ['contradictory', []])
        assert.match(letter?.detail ?? '', says)
        // The whole batch stands in the letter: nothing that it tells beside is lost.
        assert.deepEqual(letter?.payload && Buffer.from(letter.payload), message.payload)
        assert.deepEqual(acks.at(-1)?.ack.rejected, [{ firstSeq: 1, lastSeq: 2, reason: 'contradictory' }])
        assert.deepEqual(await db.select().from(trips).where(eq(trips.deviceId, device.id)), [])
      })

    const [honest, setBack] = [hourWith({}, 2), hourWith({}, 3)]
    for (const [which, trip] of [
      ['that say what can be', honest],
      [
        'whose clock was set back between their parts, as an older agent tells them',
        { ...setBack, endAt: setBack.startAt },
      ],
    ] as const)
      it(`are no trips ${which}`, async () => {
        const device = await addDevice(db, ++devices)
        const { ingest } = startIngest(database)
        await ingest.take(hostileTrips(device, [trip]))
        await ingest.stop()
        assert.equal((await db.select().from(trips).where(eq(trips.deviceId, device.id))).length, 1)
      })
  })
}
