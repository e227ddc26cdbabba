import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from '@fairmile/contract/http/page.ts'
import { Premium, type ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import { Score } from '@fairmile/contract/http/score.ts'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { receipts } from '../src/db/schema/pricing.ts'
import { createCacheConsumer } from '../src/events/cache-consumer.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLiveConsumer } from '../src/events/live-consumer.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const plans = loadPlans()
const known = { plans: [...plans.values()], before: [], hash: sha256 }
const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')

for (const engine of engines()) {
  describe(`from a trip to a premium on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const { driverId } = device
    const lane = laneOf(device, 'trips')
    const heard: LiveMessage[] = []
    const clock = { ms: Date.UTC(2026, 5, 10) }
    const now = () => clock.ms
    const { app, sessions, cache } = createTestApp(db)
    const consumers = createConsumers({
      db,
      handlers: {
        risk: createRiskConsumer({ model, now }),
        pricing: createPricingConsumer({ model, plans, now }),
        live: createLiveConsumer({ live: { publish: (message) => heard.push(message) } }),
        cache: createCacheConsumer({ cache }),
      },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    const { token } = await sessions.issue(await addUser(db, 'driver@example.org', driverId))
    const get = async (path: string): Promise<unknown> => (await caller(app, token)('GET', path)).body
    const text = async (path: string): Promise<string> =>
      (await app.request(path, { headers: { authorization: `Bearer ${token}` } })).text()
    const base = `/api/v1/drivers/${driverId}`

    it('scores the driver, prices the policy and tells the live pages', async () => {
      await storeDrives(database, lane, [driveRecords(1)])
      await consumers.drain()
      const score = Score.parse(await get(`${base}/score`))
      const { risk, interval } = score
      assert.ok(risk !== null && interval !== null)
      assert.deepEqual([score.version, score.exposureKm, score.trips, score.safetyScore], [1, 60, 1, 100 - risk])
      assert.ok(interval.low <= risk && risk <= interval.high)
      assert.ok(score.reasons.length > 0)
      const premium = Premium.parse(await get(`${base}/premium`))
      assert.ok(premium.premiumMinor > 0 && premium.premiumMinor <= premium.beforeDiscountMinor)
      assert.deepEqual(
        heard.map(({ type }) => type),
        ['risk_score_update', 'pricing_update'],
      )
    })

    it('issues a receipt that re-derives to the cent, kept byte for byte under its hash', async () => {
      const { items } = (await get(`${base}/receipts`)) as Page<ReceiptSummary>
      const [summary = assert.fail()] = items
      const body = await text(`${base}/receipts/${summary.id}`)
      assert.equal(sha256(body), summary.hash)
      const verdict = verifyReceipt(JSON.parse(body) as Receipt, { model, ...known })
      assert.deepEqual(verdict.ok, true, JSON.stringify(verdict))
    })

    it('issues a receipt that `fairmile verify` finds right', async () => {
      const { receiptId } = Premium.parse(await get(`${base}/premium`))
      const verify = fileURLToPath(new URL('../../models/bin/fairmile.mjs', import.meta.url))
      const input = await text(`${base}/receipts/${receiptId}`)
      const output = execFileSync(process.execPath, [verify, 'verify', '-', '--json'], { input, encoding: 'utf8' })
      assert.partialDeepStrictEqual(JSON.parse(output), { receipt: receiptId, ok: true })
    })

    it('prices anew after each trip, by a receipt that stands by itself, and keeps every version', async () => {
      const before = Premium.parse(await get(`${base}/premium`))
      clock.ms += 86_400_000
      await storeDrives(database, lane, [driveRecords(2, 'count')])
      await consumers.drain()
      assert.equal(Score.parse(await get(`${base}/score`)).version, 2)
      const premium = Premium.parse(await get(`${base}/premium`))
      assert.ok(premium.premiumMinor >= before.premiumMinor)
      assert.ok(premium.cleanSharePpm < before.cleanSharePpm)
      const receipt = JSON.parse(await text(`${base}/receipts/${premium.receiptId}`)) as Receipt
      assert.equal(receipt.format, 'fairmile-receipt/2')
      assert.equal(receipt.trips.length, 2)
      const verdict = verifyReceipt(receipt, { model, ...known })
      assert.deepEqual(verdict.ok && verdict.unchecked, ['signature', 'issuer'], JSON.stringify(verdict))
      assert.equal(((await get(`${base}/receipts`)) as Page<ReceiptSummary>).items.length, 2)
      const stored = await db.select({ tripIds: receipts.tripIds }).from(receipts).orderBy(receipts.issuedAt)
      const [[first] = [], both] = stored.map(({ tripIds }) => tripIds ?? assert.fail('a receipt is stored whole'))
      assert.deepEqual(both?.slice(0, 1), [first], 'the first trip is told by the same text')
    })

    it('does nothing twice when nothing new came', async () => {
      const told = heard.length
      await consumers.drain()
      assert.equal(heard.length, told)
      assert.equal(Score.parse(await get(`${base}/score`)).version, 2)
    })
  })
}
