import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { verify as verifyEd25519 } from '@fairmile/contract/chain.ts'
import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { Premium, type ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import type { ReceiptKeys } from '@fairmile/contract/http/receipt-roots.ts'
import type { ReceiptProof, ReceiptRoot, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { inclusionPath, receiptLeaf, toHex } from '@fairmile/models/pricing/merkle.ts'
import { verifyProof, verifyRoots } from '@fairmile/models/pricing/receipt-root.ts'
import { verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { createCacheConsumer } from '../src/events/cache-consumer.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { billDue, billNextPeriod, billPolicy } from '../src/pricing/bill.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { leavesOf, publishRoots } from '../src/pricing/publish-roots.ts'
import { createIssuer, publishKey } from '../src/pricing/receipt-issuer.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hashBytes = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const checkSignature = (text: string, signature: string, publicKey: string): boolean =>
  verifyEd25519(Buffer.from(text), Buffer.from(signature, 'hex'), Buffer.from(publicKey, 'hex').toString('base64url'))
const plans = loadPlans()
const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const dayMs = 86_400_000

/** A drive's record again, with so many metres less. */
function shorter(n: number, metres: number): TripsRecord[] {
  const record = driveRecords(n, 'count').at(-1)
  if (record?.type !== 'trip') return assert.fail()
  const { trip } = record
  const distanceM = trip.statistics.distanceM - metres
  const speeds = { speedSum: distanceM, speedSquareSum: 20 * distanceM }
  const statistics = { ...trip.statistics, ...speeds, distanceM, gradableM: distanceM - 1000 }
  return [{ type: 'trip', trip: { ...trip, endAt: trip.endAt + 1000, statistics } }]
}

for (const engine of engines()) {
  describe(`the premium's ledger on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const { driverId, policyId } = device
    const lane = laneOf(device, 'trips')
    const clock = { ms: Date.UTC(2026, 5, 20) }
    const now = () => clock.ms
    const issuer = createIssuer()
    await publishKey(db, issuer)
    const pricing = { model, plans, issuer, now }
    const price = createPricePolicy(pricing)
    const { app, sessions, cache } = createTestApp(db, { model: async () => model, issuer })
    const consumersOf = () =>
      createConsumers({
        db,
        handlers: {
          risk: createRiskConsumer({ model, now }),
          pricing: createPricingConsumer(pricing),
          cache: createCacheConsumer({ cache }),
        },
        metrics: createMetrics(),
        log: createLog({ level: 'silent' }),
      })
    const consumers = consumersOf()
    const driver = caller(app, (await sessions.issue(await addUser(db, 'driver@example.org', driverId))).token)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const get = async (path: string): Promise<unknown> => (await driver('GET', path)).body
    const ledger = async () => ((await get(`/api/v1/policies/${policyId}/ledger`)) as Page<PremiumEntry>).items
    const newest = async () => {
      await consumers.drain()
      return Premium.parse(await get(`/api/v1/drivers/${driverId}/premium`))
    }
    const receiptOf = async (id: string) => (await get(`/api/v1/drivers/${driverId}/receipts/${id}`)) as ReceiptV2
    const verdictOf = async (id: string, before: ReceiptV2[] = []) => {
      const { keys } = (await get('/.well-known/fairmile-receipt-keys.json')) as ReceiptKeys
      const known = { model, plans: [...plans.values()], before, hash: sha256, checkSignature, keys }
      return verifyReceipt(await receiptOf(id), known)
    }

    it('bills the months that are over, once however often it is asked', async () => {
      await storeDrives(database, lane, [driveRecords(1, 'count'), driveRecords(2)])
      await consumers.drain()
      const open = await newest()
      assert.deepEqual([open.billedMinor, open.billedUntil], [0, null])
      const rest = { more: false, putOff: null }
      assert.deepEqual(await billPolicy(db, policyId, { price, until: clock.ms }), { periods: 5, ...rest })
      assert.deepEqual(await billPolicy(db, policyId, { price, until: clock.ms }), { periods: 0, ...rest })
      clock.ms = Date.UTC(2026, 6, 2)
      assert.partialDeepStrictEqual(await billDue(db, { price, nowMs: clock.ms, failed: assert.fail }), { periods: 0 })
      clock.ms = Date.UTC(2026, 6, 4)
      const due = await billDue(db, { price, nowMs: clock.ms, failed: assert.fail })
      assert.deepEqual(due, { policies: 1, periods: 1, putOff: 0, failed: 0 })
      const entries = await ledger()
      assert.deepEqual(new Set(entries.map(({ kind }) => kind)), new Set(['charge']))
      const { billedMinor, billedUntil, receiptId } = await newest()
      assert.deepEqual([billedUntil, entries[0]?.balanceMinor], ['2026-07-01', billedMinor])
      const alone = await verdictOf(receiptId)
      assert.deepEqual(alone.ok && alone.unchecked, ['ledger'], JSON.stringify(alone))
      const verdict = await verdictOf(receiptId, [await receiptOf(entries[1]?.receiptId ?? assert.fail())])
      assert.deepEqual(verdict.ok && verdict.unchecked, [], JSON.stringify(verdict))
    })

    it('waives what comes late for a time that is billed', async () => {
      const before = await newest()
      await storeDrives(database, lane, [driveRecords(3, 'count')])
      await consumers.drain()
      const after = await newest()
      assert.equal(after.billedMinor, before.billedMinor)
      assert.ok((after.waivedMinor ?? 0) > 0 && after.premiumMinor > before.premiumMinor)
      const [waiver, correction] = await ledger()
      assert.deepEqual(
        [waiver?.kind, correction?.kind, waiver?.balanceMinor],
        ['waiver', 'correction', before.billedMinor],
      )
      assert.equal(waiver?.amountMinor, -(correction?.amountMinor ?? 0))
      assert.equal((await verdictOf(after.receiptId)).ok, true)
    })

    it('gives back at once what a correction makes cheaper than it was billed', async () => {
      const before = await newest()
      await storeDrives(database, lane, [shorter(3, 59_000), shorter(1, 59_000)])
      await consumers.drain()
      const after = await newest()
      assert.equal(after.waivedMinor, 0)
      assert.ok((after.billedMinor ?? 0) < (before.billedMinor ?? 0))
      const kinds = (await ledger()).map(({ kind }) => kind)
      assert.ok(kinds.includes('refund'), kinds.join(' '))
      const verdict = await verdictOf(after.receiptId)
      assert.equal(verdict.ok, true, JSON.stringify(verdict))
    })

    it('lets nobody change, remove or skip an entry', async () => {
      const refused = async (text: string) =>
        assert.rejects(db.execute(sql.raw(text)), (error: Error) => /ledger|follow|balance/.test(String(error.cause)))
      await refused(`UPDATE premium_entries SET amount_minor = 1 WHERE seq = 1`)
      await refused(`DELETE FROM premium_entries`)
      await refused(`TRUNCATE premium_entries`)
      const copy = (seq: string, balance: string) => `INSERT INTO premium_entries
        SELECT policy_id, ${seq}, driver_id, 'charge', 5, currency, ${balance}, through_day, receipt_id, 'x', 'x', now()
        FROM premium_entries ORDER BY seq DESC LIMIT 1`
      await refused(copy('seq + 2', 'balance_minor + 5'))
      await refused(copy('seq + 1', 'balance_minor'))
    })

    it('writes nothing of a transaction that fails, and everything once where several price and bill at a time', async () => {
      clock.ms = Date.UTC(2026, 7, 10)
      await assert.rejects(
        db.transaction(async (tx) => {
          await billNextPeriod(tx, policyId, { price, until: clock.ms })
          throw new Error('the process dies here')
        }),
        /dies here/,
      )
      assert.equal((await newest()).billedUntil, '2026-07-01')
      await storeDrives(database, lane, [driveRecords(4), driveRecords(5, 'count'), driveRecords(6)])
      const others = [consumersOf(), consumersOf()]
      const bills = [1, 2, 3].map(() => billPolicy(db, policyId, { price, until: clock.ms }))
      await Promise.all([...others.map(({ drain }) => drain()), ...bills])
      await consumers.drain()
      const after = await newest()
      assert.equal(after.billedUntil, '2026-08-01')
      const [sums] = await selectRows<Record<string, number>>(
        db,
        sql`SELECT sum(amount_minor)::float8 AS total, count(*)::float8 AS count, max(seq)::float8 AS last,
            coalesce(sum(amount_minor) FILTER (WHERE kind IN ('correction', 'waiver')), 0)::float8 AS cancelled
          FROM premium_entries WHERE policy_id = ${policyId}`,
      )
      assert.deepEqual(sums, { total: after.billedMinor, count: sums?.last, last: sums?.last, cancelled: 0 })
      const verdict = await verdictOf(after.receiptId)
      assert.equal(verdict.ok, true, JSON.stringify(verdict))
    })

    it('publishes a signed root of every day, once, and proves each receipt in it', async () => {
      assert.equal((await driver('GET', '/api/v1/pricing/roots/2026-06-20')).status, 404)
      const { days } = await publishRoots(db, { issuer, nowMs: Date.UTC(2026, 7, 11, 1) })
      assert.equal(days, 52)
      assert.deepEqual(await publishRoots(db, { issuer, nowMs: Date.UTC(2026, 7, 11, 2) }), { days: 0 })
      const { receiptId } = await newest()
      const receipt = await receiptOf(receiptId)
      const { items } = (await get(`/api/v1/drivers/${driverId}/receipts`)) as Page<ReceiptSummary>
      const { hash = '' } = items.find(({ id }) => id === receiptId) ?? {}
      const proof = (await get(`/api/v1/drivers/${driverId}/receipts/${receiptId}/proof`)) as ReceiptProof
      const known = { hash: sha256, hashBytes, checkSignature, keys: [issuer] }
      assert.equal(verifyProof({ ...receipt, hash }, proof, known), null)
      const roots = ((await caller(app)('GET', '/api/v1/pricing/roots?limit=100')).body as Page<ReceiptRoot>).items
      assert.equal(roots.length, 52)
      assert.equal(verifyRoots(roots.toReversed(), known), null)
      assert.deepEqual((await caller(app)('GET', '/api/v1/pricing/roots/2026-08-10')).body, proof.record)
      // Every receipt's proof is that of the leaves, also of a day that was published before its nodes were kept.
      await db.execute(sql`ALTER TABLE receipt_trees DISABLE TRIGGER receipt_trees_stay`)
      await db.execute(sql`DELETE FROM receipt_trees WHERE day < '2026-07-01'`)
      await db.execute(sql`ALTER TABLE receipt_trees ENABLE TRIGGER receipt_trees_stay`)
      for (const { id } of items) {
        const { index, path, record } = (await get(`/api/v1/drivers/${driverId}/receipts/${id}/proof`)) as ReceiptProof
        const all = await leavesOf(db, record.day)
        const leaves = all.map((leaf) => receiptLeaf(leaf.salt, leaf.hash, hashBytes))
        assert.equal(all[index]?.id, id)
        assert.deepEqual(path, inclusionPath(leaves, index, hashBytes).map(toHex))
      }
    })

    it('lets nobody change or remove receipts, keys, roots, premiums and changes of policies', async () => {
      const statements = [
        ...[
          `UPDATE receipts SET body = '{}'`,
          `UPDATE receipts SET trip_ids = NULL, trips_at = NULL`,
          `UPDATE receipt_trips SET told = '{}'`,
          `UPDATE receipts SET salt = NULL`,
          `UPDATE receipts SET root_day = NULL`,
        ],
        ...[
          'receipts',
          'receipt_trips',
          'receipt_keys',
          'receipt_roots',
          'receipt_trees',
          'premiums',
          'policy_changes',
        ].flatMap((table) => [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]),
        `UPDATE receipt_roots SET record = '{}'`,
        `UPDATE receipt_keys SET public_key = ''`,
        `UPDATE premiums SET premium_minor = 1`,
        `UPDATE policy_changes SET reason = ''`,
      ]
      for (const text of statements)
        await assert.rejects(
          async () => await db.execute(sql.raw(text)),
          (error: Error) => /what was written stays/.test(String(error.cause)),
          text,
        )
    })

    it('puts a receipt that was committed late into the tree of a later day', async () => {
      clock.ms = Date.UTC(2026, 7, 10, 23)
      await storeDrives(database, lane, [driveRecords(7)])
      await consumers.drain()
      const { receiptId } = await newest()
      const path = `/api/v1/drivers/${driverId}/receipts/${receiptId}/proof`
      assert.equal((await driver('GET', path)).status, 404)
      await publishRoots(db, { issuer, nowMs: Date.UTC(2026, 7, 12) + dayMs })
      assert.equal(((await get(path)) as ReceiptProof).record.day, '2026-08-11')
    })

    it('shows a ledger and a proof to its driver alone, and lets admins alone bill', async () => {
      const second = await addDevice(db, 2)
      const other = caller(app, (await sessions.issue(await addUser(db, 'b@example.org', second.driverId))).token)
      const { receiptId } = await newest()
      const path = `/api/v1/policies/${policyId}`
      assert.equal((await other('GET', `${path}/ledger`)).status, 404)
      assert.equal((await other('GET', `/api/v1/drivers/${driverId}/receipts/${receiptId}/proof`)).status, 404)
      assert.equal((await driver('POST', `${path}/bill`)).status, 403)
      assert.equal((await admin('POST', '/api/v1/policies/POL-99/bill')).status, 404)
      const billed = await admin('POST', `${path}/bill`)
      assert.equal(billed.status, 200, JSON.stringify(billed.body))
    })

    it('is 422 for a day or a cursor that no list gave, and never 500', async () => {
      const cursorOf = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
      const moments = ['0000-01-01T00:00:00.000Z', '0000-01-01', '+275760-09-13T00:00:00.000Z', 'yesterday']
      const numbers = ['1e30', '3.5', 'Infinity', '-1', '2147483648', '', '0x10']
      const paths = [
        ...['0000-01-01', '2026-02-30', 'x'].map((day) => `/api/v1/pricing/roots/${day}`),
        ...[...moments, '2026-02-30', '9999999-01-01'].map((day) => `/api/v1/pricing/roots?cursor=${cursorOf(day)}`),
        ...numbers.map((seq) => `/api/v1/policies/${policyId}/ledger?cursor=${cursorOf(seq)}`),
        ...moments.flatMap((moment) => [
          `/api/v1/drivers/${driverId}/receipts?cursor=${cursorOf(moment, 'RCP-1')}`,
          `/api/v1/drivers/${driverId}/trips?cursor=${cursorOf(moment, 'TRP-1')}`,
          `/api/v1/contests?cursor=${cursorOf(moment, 'CON-1')}`,
          `/api/v1/drivers/${driverId}/contests?cursor=${cursorOf(moment, 'CON-1')}`,
          `/api/v1/admin/policies?sort=endsOn&cursor=${cursorOf(moment, 'POL-1')}`,
        ]),
        ...[...numbers, '1e-400', ' ']
          .filter((text) => !/^[-\d.]+$/.test(text))
          .flatMap((text) => [`/api/v1/admin/drivers?sort=score&cursor=${cursorOf(text, 'DRV-1')}`]),
      ]
      for (const path of paths) {
        const { status, body } = await admin('GET', path)
        assert.equal(status, 422, `${path}: ${JSON.stringify(body)}`)
      }
    })
  })
}
