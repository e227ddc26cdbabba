import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { desc, eq } from 'drizzle-orm'
import { notificationDeliveries } from '../src/db/schema/notification-deliveries.ts'
import { notifications } from '../src/db/schema/notifications.ts'
import { claimDelivery } from '../src/notify/claim-delivery.ts'
import { createUnsubscribeTokens } from '../src/notify/mail/unsubscribe-token.ts'
import { readPreferences, writePreferences } from '../src/notify/preferences.ts'
import { readMessage } from '../src/notify/read-message.ts'
import { recordNotification } from '../src/notify/record-notification.ts'
import { addUser, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { anyTarget } from './notify-rig.ts'

/** Noon in Berlin. */
const nowMs = Date.UTC(2026, 5, 1, 10)
const place = { tripId: 'TRP-1', at: nowMs, value: 5.25, speedMps: 17.5, lat: 49.01, lon: 12.1 }
const braking: Told = {
  kind: 'safety_alert',
  data: { ...place, eventId: 'EVT-1', kind: 'harsh_braking', band: 'count' },
}
const crash: Told = { kind: 'safety_alert', data: { ...place, eventId: 'EVT-2', kind: 'crash', band: 'count' } }

for (const engine of engines()) {
  describe(`who ended e-mails by a link on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const tokens = createUnsubscribeTokens(new Uint8Array(32).fill(7))
    const { app } = createTestApp(db, { outreach: { email: true, pushKey: null, tokens, targets: anyTarget } })
    const channels = new Set(['email'] as const)
    let occasion = 0
    /** Tells a driver of something; gives the number of e-mails that it makes. */
    const mailsOf = async (driverId: string, told: Told) => {
      const cause = { occasion: `a test:${++occasion}` }
      const notification = { told, driverId, cause, at: new Date(nowMs) }
      await db.transaction((tx) => recordNotification(tx, notification, { channels, nowMs }))
      const [row = assert.fail()] = await db.select().from(notifications).orderBy(desc(notifications.id)).limit(1)
      const sent = eq(notificationDeliveries.notificationId, row.id)
      return (await db.select().from(notificationDeliveries).where(sent)).length
    }
    /** A driver who wants alerts by e-mail too. */
    const driverOf = async (n: number) => {
      const { driverId } = await addDevice(db, n)
      await addUser(db, `driver${n}@example.org`, driverId)
      const before = await readPreferences(db, driverId)
      await writePreferences(db, driverId, { ...before, channels: { ...before.channels, safety_alert: ['email'] } })
      return driverId
    }
    const click = async (driverId: string, kind: 'safety_alert' | null) => {
      const path = `/unsubscribe/${tokens.write({ driverId, kind })}`
      assert.equal((await app.request(path, { method: 'POST' })).status, 200)
    }

    it('of a digest is told of a crash alone, also of what was on its way', async () => {
      const driverId = await driverOf(1)
      assert.equal(await mailsOf(driverId, braking), 1)
      await click(driverId, null)
      const claim = (await claimDelivery(db, 'email', { nowMs, busy: [] })) ?? assert.fail()
      assert.ok('dropped' in (await readMessage(db, claim, { channel: 'email', nowMs })))
      assert.deepEqual([await mailsOf(driverId, braking), await mailsOf(driverId, crash)], [0, 1])
      assert.equal(await mailsOf(driverId, { kind: 'welcome', data: {} } as Told), 0)
    })

    it('of alerts is told of a crash, and of other kinds as before', async () => {
      const driverId = await driverOf(2)
      await click(driverId, 'safety_alert')
      assert.deepEqual([await mailsOf(driverId, braking), await mailsOf(driverId, crash)], [0, 1])
      assert.equal(await mailsOf(driverId, { kind: 'welcome', data: {} } as Told), 1)
    })
  })
}
