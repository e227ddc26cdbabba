import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { Premium } from '@fairmile/contract/http/pricing.ts'
import { Score } from '@fairmile/contract/http/score.ts'
import { TripVersionList } from '@fairmile/contract/http/trip-versions.ts'
import { Trip } from '@fairmile/contract/http/trips.ts'
import type { Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { rulingsOf } from '../src/contests/rulings-of.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { createCacheConsumer } from '../src/events/cache-consumer.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { billPolicy } from '../src/pricing/bill.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { createIssuer } from '../src/pricing/receipt-issuer.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { callersOf, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { storeDrives } from './stored-drive.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const plans = loadPlans()
const words = 'A child ran onto the road and I had to stop.'
export const grounds = 'The trace shows a stop from 72 to 0 km/h beside a school.'

/** Whether a receipt says what follows from what it holds. */
export const isRight = (receipt: Receipt) =>
  verifyReceipt(receipt, { model, plans: [...plans.values()], before: [], hash: sha256 }).ok

/** What the time that is billed costs by all that the receipt knows. */
export const costOfBilled = ({ steps }: Receipt) =>
  steps.find(({ name }) => name === 'cost_of_billed')?.value ?? assert.fail('the receipt has no such step')

/** Two drivers with their cars, two admins, and what they do to contests: each act with the scores and prices that follow from it. */
export async function contestRig(database: OpenDatabase) {
  const { db } = database
  const [first, second] = [await addDevice(db, 1), await addDevice(db, 2)]
  const lanes = [laneOf(first, 'trips'), laneOf(second, 'trips')] as const
  // A receipt of the same second that says the same would be the same receipt.
  const clock = { ms: Date.UTC(2026, 6, 4) }
  const now = () => (clock.ms += 1_000)
  const pricing = { model, plans, issuer: createIssuer(), rulings: rulingsOf, now }
  const { app, sessions, cache } = createTestApp(db, { model: async () => model, now: () => clock.ms })
  const consumers = createConsumers({
    db,
    handlers: {
      risk: createRiskConsumer({ model, now }),
      pricing: createPricingConsumer(pricing),
      notification: createNotificationConsumer(),
      cache: createCacheConsumer({ cache }),
    },
    metrics: createMetrics(),
    log: createLog({ level: 'silent' }),
  })
  const callerOf = callersOf({ db, app, sessions })
  const driver = await callerOf('first@example.org', first.driverId)
  const other = await callerOf('second@example.org', second.driverId)
  const admin = await callerOf('admin@example.org', null)
  const admin2 = await callerOf('admin2@example.org', null)
  const get = async (path: string, who = admin) => (await who('GET', path)).body
  const scoreOf = async ({ driverId } = first) => Score.parse(await get(`/api/v1/drivers/${driverId}/score`))
  const premiumOf = async ({ driverId } = first) => Premium.parse(await get(`/api/v1/drivers/${driverId}/premium`))
  const receiptOf = async ({ driverId } = first) => {
    const { receiptId } = await premiumOf({ driverId } as typeof first)
    return (await get(`/api/v1/drivers/${driverId}/receipts/${receiptId}`)) as ReceiptV2
  }
  const price = createPricePolicy(pricing)
  /** Bills what is over of the first driver's policy; gives how many periods. */
  const bill = async () => {
    const { periods } = await billPolicy(db, first.policyId, { price, until: clock.ms })
    await consumers.drain()
    return periods
  }
  /** The ledger of the first driver's policy, the newest entry first. */
  const ledgerOf = async () => ((await get(`/api/v1/policies/${first.policyId}/ledger`)) as Page<PremiumEntry>).items
  const causesOf = async (n: number | string) =>
    TripVersionList.parse(await get(`/api/v1/trips/TRP-00000000000${n}/versions`)).items.map(({ cause }) => cause)
  const countsOf = async (n: number | string) =>
    Trip.parse(await get(`/api/v1/trips/TRP-00000000000${n}`)).events.map(({ kind, band }) => `${kind} ${band}`)
  const store = async (device: 0 | 1, ...drives: TripsRecord[][]) => {
    await storeDrives(database, lanes[device], drives)
    await consumers.drain()
  }
  const contest = async (n: number | string, body: object, who = driver) => {
    const answer = await who('POST', `/api/v1/events/EVT-00000000000${n}/contest`, { text: words, ...body })
    await consumers.drain()
    return answer
  }
  const opened = async (n: number | string, body: object) => {
    const { status, body: told } = await contest(n, body)
    assert.equal(status, 201, JSON.stringify(told))
    return Contest.parse(told)
  }
  const rule = async ({ id, version }: Contest, body: object, who = admin) => {
    const answer = await who('POST', `/api/v1/contests/${id}/rulings`, { version, grounds, ...body })
    await consumers.drain()
    return answer
  }
  const ruled = async (of: Contest, body: object, who = admin) => {
    const { status, body: told } = await rule(of, body, who)
    assert.equal(status, 201, JSON.stringify(told))
    return ContestDetail.parse(told)
  }

  return {
    ...{ first, second, driver, other, admin, admin2, get, scoreOf, premiumOf, receiptOf, causesOf, countsOf },
    ...{ bill, ledgerOf, price },
    ...{ store, contest, opened, rule, ruled, consumers, now },
  }
}
