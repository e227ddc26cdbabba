import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { eq } from 'drizzle-orm'
import { notificationDeliveries } from '../src/db/schema/notification-deliveries.ts'
import { users } from '../src/db/schema/people.ts'
import { claimDelivery } from '../src/notify/claim-delivery.ts'
import { createGuardedPost } from '../src/notify/outbound/guarded-post.ts'
import { createPushChannel } from '../src/notify/push/push-channel.ts'
import { addPushSubscription } from '../src/notify/push/push-subscriptions.ts'
import { loadVapidKeys } from '../src/notify/push/vapid-keys.ts'
import { recordNotification } from '../src/notify/record-notification.ts'
import { addUser } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { anyTarget, createBrowser, startReceiver } from './notify-rig.ts'

/** Noon in Berlin. */
const nowMs = Date.UTC(2026, 5, 1, 10)
const place = { tripId: 'TRP-1', at: nowMs, value: 5.25, speedMps: 17.5, lat: 49.01, lon: 12.1 }
const braking = { ...place, eventId: 'EVT-1', kind: 'harsh_braking', band: 'count' } as const

for (const engine of engines()) {
  describe(`browsers of a driver whose log-in is disabled on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const receiver = await startReceiver()
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-vapid-'))
    after(async () => {
      await receiver.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const keys = loadVapidKeys(join(folder, 'vapid.json'))
    const post = createGuardedPost({ rules: anyTarget })
    const now = () => nowMs
    const channel = createPushChannel({ db, keys, contact: 'mailto:admin@fairmile.example', post, now })
    const { driverId } = await addDevice(db)
    const { id: userId } = await addUser(db, 'driver@example.org', driverId)
    await addPushSubscription(db, driverId, { endpoint: `${receiver.url}/1`, keys: createBrowser().keys })
    const disabled = (disabledAt: Date | null) => db.update(users).set({ disabledAt }).where(eq(users.id, userId))
    let occasion = 0
    const tell = () => {
      const cause = { occasion: `a test:${++occasion}` }
      const notification = {
        told: { kind: 'safety_alert', data: braking } as const,
        driverId,
        cause,
        at: new Date(nowMs),
      }
      return db.transaction((tx) => recordNotification(tx, notification, { channels: new Set(['push']), nowMs }))
    }
    const due = async () => (await db.select().from(notificationDeliveries)).length
    const send = async () => {
      const claim = (await claimDelivery(db, 'push', { nowMs, busy: [] })) ?? assert.fail('nothing is due')
      return channel.send(claim, AbortSignal.timeout(60_000))
    }

    it('get nothing, neither what is new nor what is on its way', async () => {
      await tell()
      await disabled(new Date(nowMs))
      assert.deepEqual(await send(), { dropped: 'The browser is not subscribed any more, or the log-in is disabled' })
      const before = await due()
      await tell()
      assert.deepEqual([before, await due(), receiver.posts], [1, 1, []])
    })

    it('are written to again once it is not', async () => {
      await disabled(null)
      await tell()
      assert.deepEqual([await send(), receiver.posts.length], ['sent', 1])
    })
  })
}
