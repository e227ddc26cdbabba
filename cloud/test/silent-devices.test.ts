import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { devices } from '../src/db/schema/devices.ts'
import { notificationDeliveries } from '../src/db/schema/notification-deliveries.ts'
import { notifications } from '../src/db/schema/notifications.ts'
import { trips } from '../src/db/schema/trips.ts'
import { retainDeliveries } from '../src/notify/retain-deliveries.ts'
import { retainNotifications } from '../src/notify/retain-notifications.ts'
import { tellSilentDevices } from '../src/notify/silent-devices.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const dayMs = 86_400_000
const channels = new Set(['email'] as const)

for (const engine of engines()) {
  describe(`who hears of a silent device on ${engine.name}`, async () => {
    const { db } = await engine.open()
    let nowMs = Date.UTC(2026, 6, 10, 10)
    const silent = () => tellSilentDevices(db, { channels, nowMs })
    const { id: deviceId, vehicleId, driverId, policyId } = await addDevice(db)
    const driver = await addUser(db, 'driver@example.org', driverId)
    const admin = await addUser(db, 'admin@example.org')
    const { app, sessions } = createTestApp(db)
    const asAdmin = caller(app, (await sessions.issue(admin)).token)
    const hear = (at: number) =>
      db
        .update(devices)
        .set({ lastSeenAt: new Date(at) })
        .where(eq(devices.id, deviceId))

    it('are driver and admins, once, until it was heard again', async () => {
      await hear(nowMs - 8 * dayMs)
      assert.deepEqual(await silent(), { told: 0 }, 'it has not driven')
      await db
        .insert(trips)
        .values({ id: 'TRP-1', deviceId, bootId: 1, vehicleId, driverId, policyId, startAt: new Date(nowMs) })
      assert.deepEqual([await silent(), await silent()], [{ told: 1 }, { told: 0 }])
      await hear(nowMs)
      assert.deepEqual(await silent(), { told: 0 })
      nowMs += 7 * dayMs + 1
      assert.deepEqual(await silent(), { told: 1 })
      const isToDriver = and(eq(notifications.kind, 'device_silent'), eq(notifications.driverId, driverId))
      assert.equal((await db.select().from(notifications).where(isToDriver)).length, 2)
      const { body } = await asAdmin('GET', '/api/v1/admin/notifications')
      assert.partialDeepStrictEqual(body, {
        unread: 2,
        items: [{ kind: 'device_silent', data: { deviceId, days: 7 } }],
      })
      const targets = (await db.select().from(notificationDeliveries)).map(({ target }) => target)
      assert.deepEqual(targets.toSorted(), [admin.id, admin.id, driver.id, driver.id].toSorted())
    })

    it('hear once of a silence that lasts longer than what told of it is kept', async () => {
      nowMs = Date.UTC(2028, 5, 1, 10)
      await db.update(notificationDeliveries).set({ state: 'sent', settledAt: new Date(Date.UTC(2026, 6, 11)) })
      await retainDeliveries(db, nowMs)
      assert.equal((await retainNotifications(db, { now: nowMs })).removed, 4)
      assert.deepEqual(await silent(), { told: 0 })
    })
  })
}
