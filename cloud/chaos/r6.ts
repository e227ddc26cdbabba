/**
 * R6: the broker is killed (`kill -9`) 200 times in traffic, half of them the embedded broker as its own process, half of them a
 * Mosquitto with its default settings; the ingest is another process and goes on. Claim: every record that a car was told is
 * stored is in the database exactly once, and in the end all is.
 *
 * The control takes the cloud's own ack away: cars believe the broker's (PUBACK). It must lose records.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { freePort } from '../../scripts/free-port.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import type { Car } from './parts/car.ts'
import { checkFleet } from './parts/check-fleet.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet } from './parts/fleet.ts'
import { createMosquitto } from './parts/mosquitto.ts'
import { createPostgres } from './parts/postgres.ts'
import { createRedis } from './parts/redis.ts'
import { type Identity, registerCars } from './parts/register-cars.ts'
import type { ServerProcess } from './parts/server-process.ts'
import { openSite } from './parts/site.ts'
import { createTrustingFleet } from './parts/trusting-fleet.ts'
import { until } from './parts/until.ts'

const carsOfEach = 10
const batchesPerS = 40
/** A device waits 20 s for its ack; less here, so that 200 kills fit into minutes. Nothing in the claim rests on it. */
const ackTimeoutMs = 2_000
/** After the broker is back and acks flow, it lives so long at most, ms. */
const longestLifeMs = 1_000
/** Batches that must be acked anew between two kills: each kill meets traffic. */
const leastAcked = 10

const options = chaosOptions({
  id: 'R6',
  claim: 'The broker is killed in traffic: 0 lost, 0 twice.',
  control: 'the broker’s PUBACK counts as arrived',
  runs: 200,
  of: 'kills, half of each broker',
})
const { runs, seed, control, say } = options
const lots = createLots(seed)
await using site = openSite()
const [postgres, redis] = [createPostgres(site), await createRedis(site)]
await Promise.all([postgres.start(), redis.start()])
const database = await openDatabase({ url: postgres.url, folder: site.folder })
site.defer(() => database.close())
await migrate(database)
const identities = await registerCars(database.db, { count: 2 * carsOfEach })
const passwordFile = join(site.folder, 'cloud-password')
writeFileSync(passwordFile, 'the password of the cloud')
const shared = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, MQTT_PASSWORD_FILE: passwordFile }

const cars = [...(await onAedes(identities.slice(0, carsOfEach))), ...(await onMosquitto(identities.slice(carsOfEach)))]
const found = await checkFleet(database.db, cars)
const passed = found.lost === 0 && found.duplicated === 0 && found.acked > 0 && found.unacked === 0
verdict('R6', options, passed, { ...found, sentAgain: cars.reduce((sum, car) => sum + car.sent - car.acked.length, 0) })

/** The embedded broker, a process of its own; the ingest comes to it as the cloud's account. */
async function onAedes(some: readonly Identity[]): Promise<readonly Car[]> {
  const port = await freePort()
  const env = { ...shared, FAIRMILE_ROLES: 'broker', MQTT_PORT: String(port) }
  const broker = createCloud(site, { name: 'broker', env })
  return killed('aedes', { broker, url: `mqtt://127.0.0.1:${port}`, some })
}

/** Mosquitto as it comes, but that it lets everybody in. */
async function onMosquitto(some: readonly Identity[]): Promise<readonly Car[]> {
  const broker = await createMosquitto(site, { config: 'allow_anonymous true\n' })
  return killed('mosquitto', { broker, url: broker.url, some })
}

/** Kills a broker half of the times, and gives the cars once everything is acked. */
async function killed(
  name: string,
  { broker, url, some }: { broker: ServerProcess; url: string; some: readonly Identity[] },
): Promise<readonly Car[]> {
  await broker.start()
  const ingest = createCloud(site, {
    name: `ingest-${name}`,
    env: { ...shared, FAIRMILE_ROLES: 'ingest', MQTT_URL: url },
  })
  await ingest.start()
  const load = control ? trustingLoad(url, some) : honestLoad(url, some)
  for (let kills = 1; kills <= Math.ceil(runs / 2); kills++) {
    const before = acks(load.cars)
    await until(`acks after kill ${kills - 1} of ${name}`, () => acks(load.cars) >= before + leastAcked)
    await wait(lots.below(longestLifeMs))
    await broker.kill()
    await broker.start()
    say(`${name}: ${kills} kills, ${acks(load.cars)} batches acked, ${Math.round(performance.now() / 1000)} s`)
  }
  await load.end()
  await ingest.stop()
  await broker.stop()
  return load.cars
}

function acks(of: readonly Car[]): number {
  return of.reduce((sum, { acked }) => sum + acked.length, 0)
}

function honestLoad(url: string, some: readonly Identity[]) {
  const fleet = createFleet({ url, identities: some, connections: 'each', ackTimeoutMs, seed })
  const stop = new AbortController()
  const loading = fleet.load({ batchesPerS, records: 10, signal: stop.signal })
  return {
    cars: fleet.cars,
    async end() {
      stop.abort()
      await loading
      await fleet.drained()
      fleet.close()
    },
  }
}

function trustingLoad(url: string, some: readonly Identity[]) {
  const fleet = createTrustingFleet({ url, identities: some, seed })
  const ticking = setInterval(() => fleet.tick(), (1000 * some.length) / batchesPerS)
  return {
    cars: fleet.cars,
    async end() {
      clearInterval(ticking)
      await until('what the broker has taken', () => fleet.cars.every(({ backlog }) => backlog === 0))
      fleet.close()
    },
  }
}
