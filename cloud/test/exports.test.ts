import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { parquetReadObjects } from 'hyparquet'
import { ensurePartitions } from '../src/db/partitions.ts'
import { contests } from '../src/db/schema/contests.ts'
import { notifications } from '../src/db/schema/notifications.ts'
import { policyChanges } from '../src/db/schema/people.ts'
import { scores } from '../src/db/schema/pricing.ts'
import { drivingEvents, trips } from '../src/db/schema/trips.ts'
import { exportFile } from '../src/exports/export-file.ts'
import { type PageAsk, readExportPage } from '../src/exports/read-page.ts'
import { streamOf } from '../src/exports/stream-of.ts'
import { adminPreferences, writePreferences } from '../src/notify/preferences.ts'
import { addPushSubscription } from '../src/notify/push/push-subscriptions.ts'
import { startServer } from '../src/server.ts'
import { addUser, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const startAt = new Date(Date.UTC(2026, 5, 1, 12))
const seconds = 2_500
const range = 'from=2026-05-01&to=2026-07-01'

/** Fields of the lines of a CSV, by the names in its head. */
function parseCsv(text: string): Record<string, string>[] {
  const lines: string[][] = [[]]
  for (const [, quoted, plain, end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') lines.push([])
  }
  const [head = [], ...rows] = lines.slice(0, -1)
  return rows.map((fields) => Object.fromEntries(head.map((name, n) => [name, fields[n] ?? ''])))
}

for (const engine of engines()) {
  describe(`exports on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db, 1)
    const other = await addDevice(db, 2)
    await ensurePartitions(database, ['2026-06'])
    const { driverId, vehicleId, policyId } = device
    const car = { deviceId: device.id, bootId: 2, vehicleId, driverId, policyId, startAt }
    const end = {
      endAt: new Date(startAt.getTime() + seconds * 1000),
      endReason: 'ignition_off',
      thresholdsHash: 'x',
    } as const
    const ended = {
      ...car,
      ...end,
      statistics: { ...emptyStatistics(), distanceM: 60_000 },
      version: 1,
      versions: 1,
    }
    const tomorrow = new Date(startAt.getTime() + 86_400_000)
    // The first is told by a boot after a power loss, its first hundred seconds are of the one before; the second is under way.
    await db.insert(trips).values({ ...ended, id: 'TRP-1', firstSeq: 101, lastSeq: seconds })
    await db.insert(trips).values({ ...car, id: 'TRP-2', bootId: 9, startAt: tomorrow })
    await db
      .insert(trips)
      .values({ ...ended, id: 'TRP-3', driverId: other.driverId, firstSeq: 1, lastSeq: 1, startAt: new Date(0) })
    await database.alone(`
      INSERT INTO telematics_events (device_id, boot_id, seq, at, lat, lon, alt_m, speed_mps, quality)
      SELECT '${device.id}', CASE WHEN n <= 100 THEN 1 ELSE 2 END, n, '${startAt.toISOString()}'::timestamptz + n * interval '1 second',
        CASE WHEN n % 10 = 0 THEN NULL ELSE 49 + n * 1e-4 END, 12.1, 340.5, 12.25, 0 FROM generate_series(1, ${seconds}) AS n`)
    const trace = { offsetMs: [0], speedMps: [20], aLong: [-4], aLat: [null], lat: [49], lon: [12] }
    const event = {
      deviceId: device.id,
      bootId: 2,
      startAt,
      endAt: startAt,
      kind: 'harsh_braking',
      band: 'count',
    } as const
    await db.insert(drivingEvents).values([
      { ...event, id: 'EVT-1', tripId: 'TRP-1', peak: -5.5, grade: 'A', lat: 49.01, lon: 12.1, trace },
      { ...event, id: 'EVT-2', tripId: 'TRP-1', peak: 4, grade: 'B', gradeReasons: ['no_gnss', 'vibration'] },
    ])
    await db.insert(contests).values({
      ...{ id: 'CON-1', eventId: 'EVT-1', tripId: 'TRP-1', driverId, policyId, reason: 'other', state: 'open' },
      ...{ openedAt: startAt, openedBy: 'USR-1', onBehalf: false, ruleBy: startAt, wasAssigned: false },
      words: '=HYPERLINK("http://evil.example", "my, words")\r\nand <more>',
    })
    await db
      .insert(notifications)
      .values({ driverId, kind: 'welcome', occasion: 'welcome', data: {}, createdAt: startAt })
    await writePreferences(db, driverId, adminPreferences)
    const keys = { p256dh: 'its-key', auth: 'its-key' }
    await addPushSubscription(db, driverId, { endpoint: 'https://push.example.org/way-to-a-browser', keys })
    const bound = { kind: 'bound', onDay: '2026-01-01', changedBy: 'USR-1', reason: 'new' } as const
    await db.insert(policyChanges).values({ policyId, ...bound, recordedAt: startAt })
    await db.insert(scores).values({
      ...{
        driverId,
        version: 1,
        calculatedAt: startAt,
        jobId: 1,
        features: {},
        reasons: [],
        risk: 30,
        riskLow: 20,
        riskHigh: 40,
        margin: -1,
        relativity: 1,
      },
      ...{
        exposureKm: 10,
        judgedKm: 9,
        trips: 1,
        periodDays: 30,
        modelName: 'driver-risk',
        modelVersion: '1',
        modelHash: 'x',
      },
    })

    const { app, sessions } = createTestApp(db)
    const { token } = await sessions.issue(await addUser(db, 'first@example.org', driverId))
    const { token: adminToken } = await sessions.issue(await addUser(db, 'admin@example.org'))
    const get = async (path: string, as = token) => {
      const response = await app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${as}` } })
      const { status, headers } = response
      return { status, headers, bytes: Buffer.from(await response.arrayBuffer()) }
    }
    const textOf = async (path: string, as = token) => (await get(path, as)).bytes.toString()

    it('gives a driver what is kept, as one table, and formulas as text', async () => {
      const { status, headers, bytes } = await get(`/drivers/${driverId}/export?${range}`)
      assert.equal(status, 200)
      assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8; header=present')
      assert.equal(headers.get('cache-control'), 'no-store')
      const name = `fairmile-${driverId}-2026-05-01-2026-07-01.csv`
      assert.equal(headers.get('content-disposition'), `attachment; filename="${name}"`)
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
      const rows = parseCsv(bytes.toString())
      const counts = Object.fromEntries(
        [...Map.groupBy(rows, ({ record }) => record ?? '')].map(([of, all]) => [of, all.length]),
      )
      const drives = { driver: 1, policy: 1, trip: 2, event: 2, score: 1, contest: 1, notification: 1, second: seconds }
      const more = { policy_change: 1, notification_preferences: 1, push_subscription: 1 }
      assert.deepEqual(counts, { ...drives, ...more })
      assert.equal(rows.find(({ record }) => record === 'push_subscription')?.service, 'https://push.example.org')
      assert.doesNotMatch(bytes.toString(), /way-to-a-browser|its-key/)
      assert.equal(
        rows.find(({ record }) => record === 'contest')?.words,
        `'=HYPERLINK("http://evil.example", "my, words")\r\nand <more>`,
      )
      const braking = rows.find(({ event_id, record }) => event_id === 'EVT-1' && record === 'event')
      assert.equal(braking?.peak, '-5.5')
      assert.deepEqual(JSON.parse(braking?.trace ?? ''), trace)
      assert.equal(rows.find(({ event_id }) => event_id === 'EVT-2')?.lat, '')
      assert.ok(!bytes.includes(other.driverId))
      // Each second once, those of the boot before first.
      const times = rows.filter(({ record }) => record === 'second').map(({ at }) => Date.parse(at ?? ''))
      assert.deepEqual(
        times,
        times.map((_, n) => startAt.getTime() + (n + 1) * 1000),
      )
    })

    it('gives the same as Parquet', async () => {
      const { bytes, headers } = await get(`/drivers/${driverId}/export?${range}&format=parquet`)
      assert.equal(headers.get('content-type'), 'application/vnd.apache.parquet')
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
      const rows = await parquetReadObjects({ file })
      assert.equal(rows.length, seconds + 12)
      const second = rows.at(-2)
      assert.deepEqual(
        [second?.record, second?.speed_mps, second?.trip_id, second?.kind],
        ['second', 12.25, 'TRP-1', null],
      )
      assert.deepEqual(second?.at, new Date(startAt.getTime() + (seconds - 1) * 1000))
      assert.equal(rows.find(({ record }) => record === 'score')?.period_days, 30n)
    })

    it('gives GeoJSON with lines, points and what has no place', async () => {
      const text = await textOf(`/drivers/${driverId}/export?${range}&format=geojson`)
      const { type, features } = JSON.parse(text) as {
        type: string
        features: { geometry: { type: string; coordinates: unknown[] } | null; properties: Record<string, unknown> }[]
      }
      assert.equal(type, 'FeatureCollection')
      const of = (record: string) => features.filter(({ properties }) => properties.record === record)
      assert.deepEqual(
        of('trip').map(({ geometry }) => geometry?.type ?? null),
        ['LineString', null],
      )
      assert.equal(of('trip')[0]?.geometry?.coordinates.length, seconds * 0.9)
      assert.deepEqual(of('trip')[0]?.geometry?.coordinates[0], [12.1, 49.0001, 340.5])
      assert.deepEqual(
        of('event').map(({ geometry }) => geometry?.coordinates ?? null),
        [[12.1, 49.01], null],
      )
      assert.deepEqual(of('event')[0]?.properties.trace, trace)
      assert.equal(of('contest')[0]?.geometry, null)
    })

    it('gives a trip as GPX: waypoints, then tracks with time, height and speed', async () => {
      const { headers, bytes } = await get('/trips/TRP-1/export')
      assert.equal(headers.get('content-disposition'), 'attachment; filename="fairmile-TRP-1.gpx"')
      const text = bytes.toString()
      assert.match(
        text,
        /^<\?xml version="1.0" encoding="UTF-8"\?>\n<gpx version="1.1" [^>]+>\n<metadata>.*<\/metadata>\n<wpt /,
      )
      assert.equal(text.match(/<wpt lat="49.01" lon="12.1">/g)?.length, 1)
      assert.equal(text.match(/<trkpt /g)?.length, seconds * 0.9)
      assert.match(
        text,
        /<trk><name>TRP-1<\/name>.*\n<trkseg>\n<trkpt lat="49.0001" lon="12.1"><ele>340.5<\/ele><time>2026-06-01T12:00:01.000Z<\/time><extensions><tpx:TrackPointExtension><tpx:speed>12.25</,
      )
      assert.match(text, /<\/trkseg><\/trk>\n<\/gpx>\n$/)
    })

    it('gives an admin the portfolio without a position', async () => {
      for (const [what, count] of [
        ['drivers', 2],
        ['trips', 2],
        ['premiums', 0],
        ['events', 2],
      ] as const) {
        const text = await textOf(`/admin/export?what=${what}&${range.replace('05-01', '06-01')}`, adminToken)
        if (what !== 'drivers') assert.equal(parseCsv(text).length, count, what)
        assert.doesNotMatch(text.split('\r\n')[0] ?? '', /(^|[,_])(lat|lon|trace|statistics)\b/)
      }
      const drivers = parseCsv(await textOf('/admin/export?what=drivers', adminToken))
      assert.deepEqual(
        drivers.map(({ driver_id, risk }) => [driver_id, risk]),
        [
          [driverId, '30'],
          [other.driverId, ''],
        ],
      )
    })

    it('says what range is too long, or none', async () => {
      for (const [path, words] of [
        [`/drivers/${driverId}/export?from=2024-01-01&to=2026-01-01`, /731 days; one export has 366 at most/],
        [`/drivers/${driverId}/export?from=2026-02-01&to=2026-01-01`, /ends before it begins/],
        ['/admin/export?from=2026-01-01&to=2026-12-01', /one export has 93 at most/],
        [`/drivers/${driverId}/export?from=yesterday`, /query\.from/],
        ['/trips/TRP-1/export?format=parquet', /query\.format/],
      ] as const) {
        const { status, bytes } = await get(path, adminToken)
        assert.equal(status, 422)
        assert.match(bytes.toString(), words)
      }
      assert.equal((await get('/drivers/DRV-9999/export', adminToken)).status, 404)
    })

    it('reads no more than is taken, a page and a piece', async () => {
      await database.alone(`INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, start_at)
        SELECT 'TRP-L' || n, '${device.id}', 99, 'VEH-1', '${other.driverId}', '2026-06-01'::timestamptz + n * interval '1 minute'
        FROM generate_series(1, 5000) AS n`)
      let pages = 0
      const read = (ask: PageAsk) => {
        pages++
        return readExportPage(db, ask)
      }
      const subject = { of: 'portfolio', set: 'trips', fromMs: Date.UTC(2026, 4), toMs: Date.UTC(2026, 6) } as const
      const whole = exportFile(read, { subject, format: 'csv' })
      let lines = -1
      for await (const piece of whole.pieces) lines += piece.toString().split('\r\n').length - 1
      assert.deepEqual([lines, pages], [5_002, 11])

      pages = 0
      const { pieces } = exportFile(read, { subject, format: 'csv' })
      const failures: unknown[] = []
      const reader = (await streamOf(pieces, { idleMs: 60_000, failed: (error) => failures.push(error) })).getReader()
      const { value } = await reader.read()
      assert.ok(value && value.length < 80_000 && pages <= 2, `${value?.length} bytes, ${pages} pages`)
      const taken = pages
      await reader.cancel()
      assert.equal((await pieces.next()).done, true)
      assert.deepEqual([pages, failures], [taken, []])
    })

    it('breaks off where the database fails in the middle, and is whole when it does not', async () => {
      const server = await startServer({ app, live: null, host: '127.0.0.1', port: 0 })
      const ask = () =>
        fetch(`${server.url}/api/v1/drivers/${driverId}/export?${range}`, {
          headers: { authorization: `Bearer ${token}` },
        })
      assert.equal(parseCsv(await (await ask()).text()).length, seconds + 12)
      await database.alone('ALTER TABLE telematics_events RENAME TO telematics_away')
      try {
        const response = await ask()
        const told = await response.text().catch(() => null)
        assert.ok(told === null || response.status !== 200, `whole with ${response.status}`)
      } finally {
        await database.alone('ALTER TABLE telematics_away RENAME TO telematics_events')
      }
      await server.close()
    })
  })
}
