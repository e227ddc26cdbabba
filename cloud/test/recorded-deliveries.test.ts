import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { eq, sql } from 'drizzle-orm'
import { webhooks } from '../src/db/schema/notification-deliveries.ts'
import { domainDeliveries } from '../src/db/schema/outbox.ts'
import { recordDomainEvent, recordDomainEvents } from '../src/events/outbox.ts'
import { engines } from './engines.ts'
import { readingsOf } from './rows-read.ts'

const created = (driverId: string): DomainEvent => ({ type: 'DriverCreated', subject: driverId, data: { driverId } })

for (const engine of engines()) {
  describe(`deliveries that are recorded with their event on ${engine.name}`, async () => {
    const { db } = await engine.open()

    it('go to webhooks where one wants to be told', async () => {
      const consumersOf = async (eventId: number) =>
        (await db.select().from(domainDeliveries).where(eq(domainDeliveries.eventId, eventId)))
          .map(({ consumer }) => consumer)
          .sort()
      const hook = { url: 'https://example.com', secret: 'whsec_AAAA', createdAt: new Date() }
      await db.insert(webhooks).values([
        { ...hook, id: 'WHK-1', eventTypes: ['TripCompleted'], enabled: true },
        { ...hook, id: 'WHK-2', eventTypes: ['DriverCreated'], enabled: false },
      ])
      const untold = await recordDomainEvent(db, created('DRV-1'))
      assert.deepEqual(await consumersOf(untold), ['cache', 'notification'])
      await db.update(webhooks).set({ enabled: true })
      const told = await recordDomainEvent(db, created('DRV-1'))
      assert.deepEqual(await consumersOf(told), ['cache', 'notification', 'webhook'])
    })

    it('look at their own subject, however many others are open and whatever the statistics say', async () => {
      await db.execute(sql`UPDATE domain_deliveries SET state = 'done'`)
      await db.execute(sql`VACUUM (ANALYZE) domain_deliveries`)
      const drivers = Array.from({ length: 1_000 }, (_, n) => created(`DRV-M${n}`))
      await recordDomainEvents(db, drivers)
      const again = [...drivers.slice(0, 50), created('DRV-NEW')]
      const readings = await readingsOf(db, 'domain_deliveries', (noted) => recordDomainEvents(noted, again))
      const rows = readings.map((reading) => reading.rows)
      assert.ok(Math.max(...rows) <= 400, `${rows} rows of deliveries`)
    })
  })
}
