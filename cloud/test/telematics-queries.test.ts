import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { eq, sql } from 'drizzle-orm'
import { ensurePartitions } from '../src/db/partitions.ts'
import { trips } from '../src/db/schema/trips.ts'
import { driverMonth } from '../src/telematics/driver-month.ts'
import { fleetHour } from '../src/telematics/fleet-hour.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`telematics by month and hour on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const mine = await addDevice(db, 1)
    const theirs = await addDevice(db, 2)
    await ensurePartitions(database, ['2026-05', '2026-06'])
    /** A second a row from a moment on; its speed is its number, its risk half of that. */
    const drive = async (device: typeof mine, boot: number, { from, rows }: { from: string; rows: number }) =>
      db.execute(sql`
        INSERT INTO telematics_events (device_id, boot_id, seq, at, lat, speed_mps, a_long_min, a_long_max, a_lat_min, a_lat_max, live_risk, quality)
        SELECT ${device.id}, ${boot}::int8, n, ${from}::timestamptz + (n - 1) * interval '1 second', 50 + n, n, -n, n, -2 * n, n, n / 2.0, 0
        FROM generate_series(1, ${rows}::int8) AS n`)
    const trip = (device: typeof mine, boot: number, { from, rows }: { from: string; rows: number }, n = boot) => {
      const startAt = new Date(from)
      const { id: deviceId, vehicleId, driverId } = device
      return db.insert(trips).values({
        id: `TRP-${deviceId}${n}`,
        deviceId,
        bootId: boot,
        vehicleId,
        driverId,
        startAt,
        firstSeq: 1,
        lastSeq: rows,
      })
    }
    // From May into June, then alone; the third boot was no trip of the driver's.
    const over = { from: '2026-05-31T23:59:50Z', rows: 20 }
    const noon = { from: '2026-06-10T12:00:00Z', rows: 4 }
    await drive(mine, 1, over)
    await trip(mine, 1, over)
    await drive(mine, 2, noon)
    await trip(mine, 2, noon)
    await drive(mine, 3, { from: '2026-06-10T14:59:58Z', rows: 4 })
    await drive(theirs, 1, { from: '2026-06-10T12:30:00Z', rows: 10 })

    it("is of the driver's trips in that month alone", async () => {
      assert.deepEqual(
        (await driverMonth(db, mine.driverId, '2026-06')).map(({ at, seconds }) => [at, seconds]),
        [
          ['2026-06-01T00:00:00Z', 10],
          ['2026-06-10T12:00:00Z', 4],
        ],
      )
      assert.deepEqual(
        (await driverMonth(db, mine.driverId, '2026-05')).map(({ at, seconds }) => [at, seconds]),
        [['2026-05-31T22:30:00Z', 10]],
      )
      assert.deepEqual(await driverMonth(db, theirs.driverId, '2026-06'), [])
    })

    it('has what earlier boots told of a trip that lost its power', async () => {
      const cut = await addDevice(db, 3)
      await drive(cut, 1, { from: '2026-06-20T08:00:00Z', rows: 5 })
      await drive(cut, 2, { from: '2026-06-20T08:01:00Z', rows: 7 })
      await trip(cut, 2, { from: '2026-06-20T08:00:00Z', rows: 7 })
      const ended = { endAt: new Date('2026-06-20T08:01:06Z'), statistics: emptyStatistics(), version: 1, versions: 1 }
      await db.update(trips).set(ended).where(eq(trips.deviceId, cut.id))
      const [point] = await driverMonth(db, cut.driverId, '2026-06')
      assert.equal(point?.seconds, 12)
    })

    it('gives the means and extremes of each point', async () => {
      const [, point] = await driverMonth(db, mine.driverId, '2026-06')
      const { at: _at, ...values } = point ?? assert.fail()
      assert.deepEqual(values, {
        ...{ seconds: 4, speedMeanMps: 2.5, speedMaxMps: 4, aLongMin: -4, aLongMax: 4, aLatMax: 8 },
        ...{ riskMean: 1.3, riskMax: 2 },
      })
    })

    it('gives of each device the newest second and the sums of the hour, the riskiest first', async () => {
      const points = await fleetHour(db, Date.UTC(2026, 5, 10, 12))
      assert.deepEqual(points, [
        {
          ...{
            deviceId: theirs.id,
            at: '2026-06-10T12:30:09.000Z',
            lat: 60,
            lon: null,
            headingDeg: null,
            speedMps: 10,
          },
          ...{ seconds: 10, speedMeanMps: 5.5, riskMax: 5 },
        },
        {
          ...{ deviceId: mine.id, at: '2026-06-10T12:00:03.000Z', lat: 54, lon: null, headingDeg: null, speedMps: 4 },
          ...{ seconds: 4, speedMeanMps: 2.5, riskMax: 2 },
        },
      ])
      const [last] = await fleetHour(db, Date.UTC(2026, 5, 10, 14))
      assert.deepEqual([last?.seconds, last?.at], [2, '2026-06-10T14:59:59.000Z'])
    })
  })
}
