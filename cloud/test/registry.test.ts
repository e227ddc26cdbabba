import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { ModelRegistry } from '@fairmile/contract/http/models.ts'
import { desc } from 'drizzle-orm'
import { modelVersions, shadowScores } from '../src/db/schema/models.ts'
import { premiums, receipts, scores } from '../src/db/schema/pricing.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { wholeText } from '../src/pricing/receipt-text.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { createModelShelf } from '../src/registry/shelf.ts'
import { takeInVersions } from '../src/registry/take-in.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { createModelFolder } from './model-folder.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const log = createLog({ level: 'silent' })
const plans = loadPlans()

for (const engine of engines()) {
  describe(`the registry of models on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const models = await createModelFolder('1.0.0', '1.1.0', '1.2.0')
    after(models.remove)
    const { folder } = models
    writeFileSync(join(folder, '1.2.0', 'model.onnx'), 'broken on its way')
    const scoring: string[] = []
    const clock = { ms: 0 }
    const shelf = createModelShelf({
      folder,
      log,
      scoring: (version, live) => void scoring.push(`${version} for ${live}`),
      monotonicMs: () => clock.ms,
    })
    after(() => shelf.close())
    const { live: model, shadows } = shelf
    const consumers = createConsumers({
      db,
      handlers: {
        risk: createRiskConsumer({ model, shadows, shadowFailed: (error) => assert.fail(String(error)) }),
        pricing: createPricingConsumer({ model, plans }),
      },
      metrics: createMetrics(),
      log,
    })
    const device = await addDevice(db)
    const lane = laneOf(device, 'trips')
    let drives = 0
    /** Drives once more; gives the version that scored it. */
    const drive = async (): Promise<string | undefined> => {
      await storeDrives(database, lane, [driveRecords(++drives)])
      await consumers.drain()
      const [newest] = await db.select().from(scores).orderBy(desc(scores.version)).limit(1)
      assert.equal(newest?.version, drives)
      return newest?.modelVersion
    }

    const { app, sessions } = createTestApp(db, { modelsDir: folder })
    const { token } = await sessions.issue(await addUser(db, 'admin@example.org'))
    const admin = caller(app, token)
    const base = '/api/v1/admin/models'
    const registry = async () => (await admin('GET', base)).body as ModelRegistry
    const staged = async () =>
      Object.fromEntries((await registry()).versions.map(({ version, stage }) => [version, stage]))
    const stage = (version: string, to: string, note = 'a test') =>
      admin('POST', `${base}/driver-risk/versions/${version}/stage`, { stage: to, note })

    it('takes in what lies there: the newest that can be used is live, a broken one a candidate that says why', async () => {
      const all = await Promise.all([takeInVersions(db, { folder }), takeInVersions(db, { folder })])
      assert.equal(all.flat().length, 3)
      assert.deepEqual(await staged(), { '1.1.0': 'live', '1.0.0': 'retired', '1.2.0': 'candidate' })
      const { versions, changes } = await registry()
      assert.match(versions.find(({ version }) => version === '1.2.0')?.note ?? '', /cannot be used: .*model\.onnx/)
      assert.ok(changes.every(({ from, by }) => from === null && by === 'start'))
      assert.equal(await drive(), '1.1.0')
    })

    it('refuses what the stages do not allow, what cannot be used, and what is not there', async () => {
      for (const [version, to, status] of [
        ['1.2.0', 'live', 409],
        ['1.2.0', 'shadow', 409],
        ['1.1.0', 'retired', 409],
        ['9.9.9', 'shadow', 404],
        ['1.2.0', 'gone', 422],
      ] as const)
        assert.equal((await stage(version, to)).status, status, `${version} ${to}`)
      assert.equal((await admin('POST', `${base}/window-risk/rollback`, { note: 'x' })).status, 404)
      assert.equal((await admin('POST', `${base}/driver-risk/rollback`, { note: 'x' })).status, 409)
      assert.equal((await stage('1.0.0', 'shadow', ' ')).status, 422)
      assert.deepEqual(await staged(), { '1.1.0': 'live', '1.0.0': 'retired', '1.2.0': 'candidate' })
    })

    it('lets a version in the shadow score unseen, and prices by the live one', async () => {
      // Ranks everybody lower.
      models.add('1.2.0', ({ calibration }) => {
        calibration.riskQuantiles = calibration.riskQuantiles.map((margin) => margin + 0.5)
      })
      assert.equal((await stage('1.2.0', 'shadow')).status, 200)
      assert.equal(await drive(), '1.1.0')
      const [seen, ...more] = await db.select().from(shadowScores)
      assert.deepEqual([seen?.modelVersion, seen?.liveVersion, more.length], ['1.2.0', '1.1.0', 0])
      assert.ok((seen?.risk ?? 100) < (seen?.liveRisk ?? 0))
      const [score] = await db.select().from(scores).orderBy(desc(scores.version)).limit(1)
      assert.deepEqual([seen?.liveRisk, seen?.eventId], [score?.risk, score?.eventId])
      const bodies = await db.select({ body: wholeText }).from(receipts)
      assert.ok(bodies.length > 0 && bodies.every(({ body }) => JSON.parse(body).model.version === '1.1.0'))
      assert.equal((await db.select().from(premiums)).length, bodies.length)
    })

    it('changes the live version without a restart, says who did it and why, and goes back', async () => {
      const { status, body } = await stage('1.2.0', 'live', 'a month in the shadow')
      assert.equal(status, 200)
      const [newest, before] = (body as ModelRegistry).changes
      assert.partialDeepStrictEqual(newest, { version: '1.2.0', from: 'shadow', to: 'live', by: 'admin@example.org' })
      assert.partialDeepStrictEqual(before, {
        version: '1.1.0',
        from: 'live',
        to: 'retired',
        note: 'a month in the shadow',
      })
      assert.equal(await drive(), '1.2.0')
      assert.equal((await db.select().from(shadowScores)).length, 1, 'nothing is in the shadow any more')
      assert.equal((await admin('POST', `${base}/driver-risk/rollback`, { note: 'complaints' })).status, 200)
      assert.equal(await drive(), '1.1.0')
      assert.equal((await stage('1.2.0', 'live')).status, 200)
      assert.equal(await drive(), '1.2.0')
    })

    it('has what was live before stand in for a version whose files are no longer what was registered', async () => {
      const restarted = createModelShelf({
        folder,
        log,
        scoring: (version, live) => void scoring.push(`${version} for ${live}`),
        monotonicMs: () => clock.ms,
      })
      models.release('1.2.0', ({ calibration }) => calibration.riskQuantiles.fill(0))
      const standIn = await restarted.live(db)
      assert.equal(standIn.manifest.version, '1.1.0')
      assert.equal(scoring.at(-1), '1.1.0 for 1.2.0')
      // Put right, it is taken again a minute later: not earlier, since each try opens files.
      models.add('1.2.0', ({ calibration }) => {
        calibration.riskQuantiles = calibration.riskQuantiles.map((margin) => margin + 0.5)
      })
      clock.ms += 59_999
      assert.equal((await restarted.live(db)).manifest.version, '1.1.0')
      clock.ms += 1
      assert.equal((await restarted.live(db)).manifest.version, '1.2.0')
      assert.equal(scoring.at(-1), '1.2.0 for 1.2.0')
      await restarted.close()
    })

    it('holds in the database that one version is live', async () => {
      const version = { name: 'driver-risk', version: '8.0.0', since: new Date(), changedBy: 'nobody', note: '' }
      await assert.rejects(db.insert(modelVersions).values({ ...version, stage: 'live' }))
      await assert.rejects(db.insert(modelVersions).values({ ...version, stage: 'gone' as 'live' }))
    })

    it('says so where no version can be used at all', async () => {
      for (const version of ['1.0.0', '1.1.0', '1.2.0']) rmSync(join(folder, version, 'manifest.sig'))
      const none = createModelShelf({ folder, log })
      await assert.rejects(none.live(db), /no version of "driver-risk" can be used/)
      await none.close()
    })
  })
}
