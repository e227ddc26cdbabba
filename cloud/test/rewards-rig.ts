import assert from 'node:assert/strict'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { type RewardEntry, Rewards } from '@fairmile/contract/http/rewards.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { closeRewardWeeks } from '../src/rewards/close-weeks.ts'
import { loadRewardCatalogue } from '../src/rewards/load-catalogue.ts'
import { createRewardsConsumer } from '../src/rewards/rewards-consumer.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

export const catalogue = loadRewardCatalogue()

/** Two drivers with their cars and an admin, on 12 June 2026: what the first drives and redeems, with the points that follow from it. */
export async function rewardsRig(database: OpenDatabase) {
  const { db } = database
  const first = await addDevice(db, 1)
  const second = await addDevice(db, 2)
  const lane = laneOf(first, 'trips')
  const clock = { ms: Date.UTC(2026, 5, 12, 12) }
  const now = () => clock.ms
  const secret = new Uint8Array(32).fill(3)
  const { app, sessions, cache } = createTestApp(db, { rewards: { catalogue, secret, now } })
  const consumers = createConsumers({
    db,
    handlers: { rewards: createRewardsConsumer({ catalogue, now }) },
    metrics: createMetrics(),
    log: createLog({ level: 'silent' }),
  })
  const tokenOf = async (email: string, driverId: string | null) =>
    (await sessions.issue(await addUser(db, email, driverId))).token
  const token = await tokenOf('first@example.org', first.driverId)
  const driver = caller(app, token)
  const other = caller(app, await tokenOf('second@example.org', second.driverId))
  const admin = caller(app, await tokenOf('admin@example.org', null))
  const base = `/api/v1/drivers/${first.driverId}/rewards`
  /** As they are now: no event told of what was changed beside the API, nor that the clock went on. */
  const rewards = async (id = first.driverId) => {
    await cache.invalidate({ tags: [`driver:${id}`] })
    return Rewards.parse((await admin('GET', `/api/v1/drivers/${id}/rewards`)).body)
  }
  const balance = async (id = first.driverId) => (await rewards(id)).balance
  const entries = async () => (await driver('GET', `${base}/entries?limit=100`)).body as Page<RewardEntry>
  const store = (n: number, band: DrivingEvent['band']) => storeDrives(database, lane, [driveRecords(n, band)])
  const drive = async (n: number, band: DrivingEvent['band']) => {
    await store(n, band)
    await consumers.drain()
  }
  const redeem = async (offerId: string, key: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
    const body = JSON.stringify({ offerId })
    const response = await app.request(`${base}/redemptions`, { method: 'POST', headers, body })
    return { status: response.status, body: (await response.json()) as unknown }
  }
  const correct = (points: number, driverId = first.driverId) =>
    admin('POST', '/api/v1/admin/rewards/corrections', { driverId, points, reason: 'a test' })
  const keyOf = (n: number) => `key-of-a-redemption-${n}`
  const close = (failed: (driverId: string, error: unknown) => void = assert.fail) =>
    closeRewardWeeks(db, { catalogue, now: clock.ms, failed })

  return {
    ...{ app, sessions, clock, first, second, driver, other, admin, base, tokenOf, consumers },
    ...{ rewards, balance, entries, store, drive, redeem, correct, keyOf, close },
  }
}
