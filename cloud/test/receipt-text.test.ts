import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { tripExample } from '@fairmile/models/pricing/pricing-example.ts'
import { eq, sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { receipts } from '../src/db/schema/pricing.ts'
import { storeTexts, wholeText } from '../src/pricing/receipt-text.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const trips = Array.from({ length: 200 }, (_, n) => tripExample(n, { km: 10 + n }))
const textOf = (some: typeof trips) =>
  // A title of two UTF-16 units a character before them, and a list of the same name within.
  canonicalJson({ plan: { title: '🚗 plan', trips: [] }, trips: some, year: 2026 })

for (const engine of engines()) {
  describe(`receipts' texts on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const { policyId, driverId } = await addDevice(db)
    const issue = async (id: string, some: typeof trips) => {
      const body = textOf(some)
      const text = await db.transaction((tx) => storeTexts(tx, { policyId, body, trips: some }))
      const hash = createHash('sha256').update(body).digest('hex')
      await db.insert(receipts).values({ id, policyId, driverId, issuedAt: new Date(), ...text, hash })
    }
    const read = async (id: string) =>
      (await db.select({ body: wholeText }).from(receipts).where(eq(receipts.id, id)))[0]?.body

    it('are read as they were issued, whichever trips they tell', async () => {
      const changed = trips.with(7, tripExample(7, { km: 3 }))
      const told = { none: [], one: trips.slice(0, 1), all: trips, changed, twice: [...trips.slice(0, 2), trips[0]!] }
      for (const [id, some] of Object.entries(told)) {
        await issue(id, some)
        assert.equal(await read(id), textOf(some), id)
      }
    })

    it('keep each text of a trip once', async () => {
      const [kept] = await selectRows<{ trips: number; bytes: number }>(
        db,
        sql`SELECT (SELECT count(*)::int FROM receipt_trips) AS trips, (SELECT max(length(body))::int FROM receipts) AS bytes`,
      )
      assert.equal(kept?.trips, trips.length + 1)
      assert.ok(kept.bytes < 200, `${kept.bytes} characters beside the trips`)
    })
  })
}
