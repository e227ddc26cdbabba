/**
 * A worker of R17: scores and prices what is due, and bills policies by lot meanwhile, until it is killed. With `CARELESS` it handles an event in one
 * transaction and notes in another that it is handled.
 */
import { createLots } from '../../../scripts/chaos/lots.ts'
import { openDatabase } from '../../src/db/open.ts'
import { createConsumers, type Handler } from '../../src/events/consumers.ts'
import { eventsChannel } from '../../src/events/outbox.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { billNextPeriod } from '../../src/pricing/bill.ts'
import { loadPlans } from '../../src/pricing/plans.ts'
import { createPricePolicy } from '../../src/pricing/price-policy.ts'
import { createIssuer } from '../../src/pricing/receipt-issuer.ts'
import { loadReceiptKey } from '../../src/pricing/receipt-key.ts'
import { createPricingConsumer } from '../../src/pricing/reprice.ts'
import { openDriverModel } from '../../src/risk/driver-model.ts'
import { createRiskConsumer } from '../../src/risk/rescore.ts'

const {
  WORKER_URL: url = '',
  WORKER_FOLDER: folder = '',
  WORKER_SEED = '1',
  WORKER_POLICIES = '',
  CARELESS,
} = process.env
const dayMs = 86_400_000
/** Longest wait before the next bill, ms: many of a policy's prices come in between. */
const maxWaitMs = 60

const model = await openDriverModel()
if (!model) throw new Error('There is no driver model in models/artifacts')
const database = await openDatabase({ url, folder })
const { db } = database
const log = createLog({ level: 'error' })
const pricing = { model, plans: loadPlans(), issuer: createIssuer(loadReceiptKey(`${folder}/receipt.key`)) }
const price = createPricePolicy(pricing)
const apart =
  (handle: Handler): Handler =>
  (_tx, event) =>
    db.transaction((own) => handle(own, event))
const handlers = { risk: createRiskConsumer({ model }), pricing: createPricingConsumer(pricing) }
const consumers = createConsumers({
  db,
  handlers: CARELESS ? { risk: apart(handlers.risk), pricing: apart(handlers.pricing) } : handlers,
  metrics: createMetrics(),
  log,
  listen: (wake) => database.listen(eventsChannel, wake),
})
consumers.start()
console.log('{"ready":true}')

const lots = createLots(Number(WORKER_SEED))
const policies = WORKER_POLICIES.split(',')
for (;;) {
  const until = Date.now() - lots.below(360) * dayMs
  await db.transaction((tx) => billNextPeriod(tx, lots.pick(policies), { price, until }))
  await new Promise((resolve) => setTimeout(resolve, lots.below(maxWaitMs)))
}
