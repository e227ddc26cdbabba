import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { createEventDetector, type JudgedEvent } from '@fairmile/models/events/event-detector.ts'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import { motionExample } from '@fairmile/models/motion-example.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { scores } from '../src/db/schema/pricing.ts'
import { drivingEvents, trips } from '../src/db/schema/trips.ts'
import { createMetrics } from '../src/metrics.ts'
import { measureAgreement } from '../src/registry/agreement.ts'
import { measureDrift } from '../src/registry/drift.ts'
import { createModelGauges } from '../src/registry/gauges.ts'
import { measureModels } from '../src/registry/measure-models.ts'
import { takeInVersions } from '../src/registry/take-in.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { createModelFolder } from './model-folder.ts'

const hash = thresholdsHash(thresholds, (text) => createHash('sha256').update(text).digest('hex'))
const deciles = Array.from({ length: 11 }, (_, n) => n / 10)
const now = Date.now()
const days = 86_400_000

/** What a car says of a minute in which it brakes hard again and again. */
function judgedEvents(): JudgedEvent[] {
  const events: JudgedEvent[] = []
  const detector = createEventDetector({ thresholds, sink: { event: (event) => void events.push(event) } })
  for (let n = 0; n < 900; n++) {
    const aLong = n % 200 > 100 && n % 200 < 110 ? -3.5 - n / 200 : 0
    detector.push(motionExample({ tMs: n * 100, atMs: now - 3_600_000 + n * 100, aLong, yawRate: Number.NaN }))
  }
  detector.flush()
  return events.filter(({ trace }) => trace !== null)
}

for (const engine of engines()) {
  describe(`what is measured of models on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const models = await createModelFolder()
    after(models.remove)
    const { folder } = models
    models.add('1.0.0', (manifest) => {
      const features = {
        jerk_rms: { quantiles: deciles, unknownShare: 0 },
        weekend_share: { quantiles: deciles, unknownShare: 1 },
      }
      manifest.reference = { scoreQuantiles: deciles, features }
    })

    it('tells no drift before anything is live', async () => {
      const { version, drivers, score } = await measureDrift(db, { folder })
      assert.deepEqual([version, drivers, score], [null, 0, null])
    })

    it('measures drift by score and feature: each driver once, by the newest score of the live model in the time', async () => {
      await takeInVersions(db, { folder })
      const row = (driver: number, version: number, margin: number, changes: object = {}) => ({
        driverId: `DRV-${driver}`,
        version,
        eventId: driver * 10 + version,
        calculatedAt: new Date(now - days),
        ...{
          risk: 50,
          riskLow: 0,
          riskHigh: 100,
          margin,
          relativity: 1,
          exposureKm: 1,
          judgedKm: 1,
          trips: 1,
          periodDays: 30,
        },
        ...{ modelName: 'driver-risk', modelVersion: '1.0.0', modelHash: '', reasons: [] },
        // The jerk is that of the safest half; nobody's weekends are known, as in training.
        features: { jerk_rms: ((driver % 5) + 0.5) / 10, weekend_share: null },
        ...changes,
      })
      const drivers = Array.from({ length: 400 }, (_, driver) => driver)
      await db.insert(scores).values(drivers.map((driver) => row(driver, 1, 99)))
      await db.insert(scores).values(drivers.map((driver) => row(driver, 2, ((driver % 10) + 0.5) / 10)))
      await db
        .insert(scores)
        .values([
          row(1000, 1, 99, { modelVersion: '0.1.0' }),
          row(1001, 1, 99, { calculatedAt: new Date(now - 40 * days) }),
        ])
      const found = await measureDrift(db, { folder, now })
      assert.deepEqual(
        [found.version, found.drivers, found.score?.psi, found.score?.verdict],
        ['1.0.0', 400, 0, 'stable'],
      )
      const jerk = found.features.find(({ name }) => name === 'jerk_rms')
      // Five bins of 0.2 and five that are empty, which count as 0.0001.
      const expected = 5 * (0.1 * Math.log(2) + (0.0001 - 0.1) * Math.log(0.001))
      assert.ok(Math.abs((jerk?.psi ?? 0) - expected) < 1e-9, `${jerk?.psi}`)
      assert.equal(jerk?.verdict, 'act')
      assert.equal(found.features.find(({ name }) => name === 'weekend_share')?.psi, 0)
      assert.equal((await measureDrift(db, { folder, now, days: 60 })).drivers, 401)
    })

    it('measures whether the cloud finds in the traces what the cars said', async () => {
      const events = judgedEvents()
      assert.deepEqual(
        events.map(({ band }) => band),
        ['coach', 'count', 'coach', 'coach'],
        'the last two are of the count band too, within a minute of the first of it',
      )
      const { id: deviceId, vehicleId } = await addDevice(db)
      const trip = { deviceId, bootId: 1, vehicleId, startAt: new Date(now), endAt: new Date(now) }
      const ended = {
        ...trip,
        endReason: 'ignition_off' as const,
        statistics: emptyStatistics(),
        version: 1,
        versions: 1,
      }
      await db.insert(trips).values([
        { id: 'TRP-1', ...ended, thresholdsHash: hash },
        { id: 'TRP-2', ...ended, thresholdsHash: 'of other thresholds' },
      ])
      const rowOf = (event: JudgedEvent, id: string, tripId: string) => {
        const { kind, startAt, endAt, peak, band, grade, gradeReasons, trace } = event
        const times = { startAt: new Date(startAt), endAt: new Date(endAt) }
        return { id, tripId, deviceId, bootId: 1, kind, ...times, peak, band, grade, gradeReasons, trace }
      }
      await db.insert(drivingEvents).values(events.map((event, n) => rowOf(event, `EVT-1${n}`, 'TRP-1')))
      assert.deepEqual(await measureAgreement(db), {
        days: 30,
        compared: events.length,
        agreeing: events.length,
        share: 1,
        differing: {},
        notCompared: {},
      })
      const [first = assert.fail()] = events
      await db
        .insert(drivingEvents)
        .values([
          rowOf({ ...first, peak: first.peak + 1 }, 'EVT-2', 'TRP-1'),
          rowOf({ ...first, kind: 'speeding' }, 'EVT-3', 'TRP-1'),
          rowOf(first, 'EVT-4', 'TRP-2'),
          rowOf({ ...first, startAt: now - 40 * days, endAt: now - 40 * days }, 'EVT-5', 'TRP-1'),
        ])
      const { compared, agreeing, differing, notCompared } = await measureAgreement(db)
      assert.deepEqual([compared, agreeing], [events.length + 1, events.length])
      assert.deepEqual([differing, notCompared], [{ peak: 1 }, { kind: 1, other_thresholds: 1 }])
    })

    it('tells Prometheus', async () => {
      const { registry } = createMetrics()
      await measureModels(db, createModelGauges(registry), { folder })
      const text = await registry.metrics()
      assert.match(text, /fairmile_model_drift_psi\{model="driver-risk",version="1\.0\.0",quantity="score"\} 0/)
      assert.match(text, /fairmile_model_drift_drivers\{model="driver-risk",version="1\.0\.0"\} 400/)
      assert.match(text, /fairmile_edge_cloud_agreement_ratio 0\.\d+/)
      assert.match(text, /fairmile_edge_cloud_events\{outcome="differs_in_peak"\} 1/)
    })
  })
}
