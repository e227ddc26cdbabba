/**
 * R7: the ingest process is killed (`kill -9`) between the commit and the ack, again and again, while cars go on sending. A proxy in front
 * of the broker holds the acks back, and the kill comes once the database has a batch that no car was told of. After ten kills the acks go
 * through once. Claim: nothing that was acked is missing, and nothing is stored or told twice.
 *
 * The control lets cars believe the broker's PUBACK in place of the cloud's ack. It must lose records.
 */
import { sql } from 'drizzle-orm'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { selectRows } from '../src/db/database.ts'
import { openDatabase } from '../src/db/open.ts'
import { checkFleet } from './parts/check-fleet.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet } from './parts/fleet.ts'
import { startProxy } from './parts/proxy.ts'
import { registerCars } from './parts/register-cars.ts'
import { startServers } from './parts/servers.ts'
import { openSite } from './parts/site.ts'
import { until } from './parts/until.ts'

const cars = 20
const load = { batchesPerS: 12, records: 20, tripsPerS: 1, alertsPerS: 2 }
/** Longest that a kill waits after the commit was seen, ms. */
const maxWaitMs = 20
/** No commit for so long, ms: all that the broker may have on its way is on record already. */
const windowFullMs = 10_000

const options = chaosOptions({
  id: 'R7',
  claim: 'The ingest process dies between commit and ack: nothing is lost, nothing is there twice.',
  control: 'let cars believe the broker in place of the cloud',
  runs: 500,
  of: 'how often it is killed',
})
const lots = createLots(options.seed)
await using site = openSite()
const { postgres, mosquitto, env: servers } = await startServers(site)
const proxy = await startProxy(site, { host: '127.0.0.1', port: mosquitto.port })
const ingest = createCloud(site, {
  name: 'ingest',
  env: {
    FAIRMILE_ROLES: 'ingest',
    ...servers,
    MQTT_URL: `mqtt://127.0.0.1:${proxy.port}`,
  },
})
await ingest.start()
const database = await openDatabase({ url: postgres.url, folder: site.folder })
site.defer(() => database.close())
const { db } = database

/** Last of the batches of all cars that are on record, and of those that the cars were told of. */
const committed = async (): Promise<number> => {
  const [row] = await selectRows<{ count: number }>(db, sql`SELECT count(*)::float8 AS count FROM device_batches`)
  return Number(row?.count)
}
let told = 0
const identities = await registerCars(db, { count: cars })
const fleet = createFleet({
  ...{ url: mosquitto.url, identities, seed: options.seed, ackTimeoutMs: 1_500, trustBroker: options.control },
  onAcked: () => void told++,
})
site.defer(() => fleet.close())
await fleet.connected()
const stop = new AbortController()
const loading = fleet.load({ ...load, signal: stop.signal })

const found = { kills: 0, betweenCommitAndAck: 0, mostUntold: 0, windowsFull: 0 }
for (let run = 0; run < options.runs; run++) {
  const after = await commitHeldBack()
  await new Promise((resolve) => setTimeout(resolve, lots.below(maxWaitMs)))
  const untold = after - told
  await ingest.kill()
  found.kills++
  if (untold > 0) found.betweenCommitAndAck++
  found.mostUntold = Math.max(found.mostUntold, untold)
  proxy.restore()
  await ingest.start()
  if ((run + 1) % 10 !== 0) continue
  // Otherwise cars repeat more and more, and what is new waits behind it.
  await until('the acks that were held back', async () => told >= after, { timeoutMs: 120_000 })
  options.say(`${run + 1} kills, ${told} batches acked`)
}
stop.abort()
await loading
await fleet.drained({ timeoutMs: 600_000 })
const { examples, ...counts } = await checkFleet(db, fleet.cars)
for (const example of examples) options.say(example)
const sent = fleet.cars.reduce((sum, car) => sum + car.sent, 0)
const hit = options.control || found.betweenCommitAndAck === options.runs
verdict('R7', options, counts.lost === 0 && counts.duplicated === 0 && hit, {
  ...found,
  batches: told,
  sent,
  ...counts,
})

/**
 * Batches on record once one was added whose ack is held back. Behind a car's repetitions no new batch may come, as the broker sends no
 * more than it may have unacknowledged: then the acks go through, and it is tried again.
 */
async function commitHeldBack(): Promise<number> {
  for (;;) {
    proxy.silence('up')
    const before = await committed()
    const added = until('a commit', async () => ((await committed()) > before ? true : null), {
      timeoutMs: windowFullMs,
    })
    if (await added.catch(() => false)) return committed()
    proxy.restore()
    await until('acks, and then a commit', async () => told >= before && (await committed()) > before)
    found.windowsFull++
  }
}
