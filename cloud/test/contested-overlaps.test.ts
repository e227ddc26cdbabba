import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { eq } from 'drizzle-orm'
import { openContest } from '../src/contests/open-contest.ts'
import { lockPending, settleContest } from '../src/contests/settle-contest.ts'
import { trips } from '../src/db/schema/trips.ts'
import { tripsOfPolicy } from '../src/trips/ended-trips.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { addUser } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`a trip whose "not me" is rejected, at the time of another, on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const { id: userId } = await addUser(db, `admin-${engine.name}@example.org`)
    let devices = 0
    const nowMs = Date.now()

    for (const when of ['before', 'after'] as const)
      it(`is paid for once, where the other is told ${when} the ruling`, async () => {
        const { id: deviceId, vehicleId, driverId, policyId } = await addDevice(db, ++devices)
        const of = driverId.slice(-4)
        const made = driveRecords(1)
        const record = made.at(-1)
        const braking = made.find(({ type }) => type === 'event')
        if (record?.type !== 'trip' || braking?.type !== 'event') return assert.fail()
        const startAt = tripStart(5)
        const trip = (id: string, firstSeq: number, fromAt: number): TripsRecord => {
          const times = { startAt: fromAt, endAt: fromAt + 3_600_000, firstSeq, lastSeq: firstSeq + 3_600 }
          return { type: 'trip', trip: { ...record.trip, ...times, id } }
        }
        const times = { startAt: startAt + 1_900_000, endAt: startAt + 1_902_000 }
        const event = { ...braking.event, ...times, id: `EVT-${of}`, tripId: `TRP-B-${of}` }
        const tell = (records: TripsRecord[]) =>
          db.transaction((tx) => storeTrips(tx, { deviceId, boot: 1, vehicleId }, records))
        const tellOther = () => tell([trip(`TRP-A-${of}`, 1, startAt)])

        await tell([{ type: 'event', event }, trip(`TRP-B-${of}`, 5_000, startAt + 1_800_000)])
        const ask = { reason: 'not_me', text: 'I was at home.' } as const
        const by = { userId, onBehalf: false }
        const { id } = await openContest(db, { eventId: event.id, driverId, ask, by, nowMs })
        if (when === 'before') await tellOther()
        const word = { ruling: 'rejected', by: 'admin', userId, grounds: 'It was them.', nowMs, effect: null } as const
        await db.transaction(async (tx) => settleContest(tx, await lockPending(tx, id, null), word))
        if (when === 'after') await tellOther()

        assert.deepEqual(
          (await tripsOfPolicy(db, policyId)).map((paid) => paid.id),
          [`TRP-A-${of}`],
        )
        const [row] = await db.select().from(trips).where(eq(trips.id, event.tripId))
        assert.partialDeepStrictEqual(row, {
          driverId: null,
          policyId: null,
          overlapsId: `TRP-A-${of}`,
          assigned: false,
        })
      })
  })
}
