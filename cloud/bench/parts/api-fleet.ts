import { join } from 'node:path'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { sql } from 'drizzle-orm'
import { type CloudProcess, createCloud } from '../../chaos/parts/cloud.ts'
import type { PostgresServer } from '../../chaos/parts/postgres.ts'
import type { Site } from '../../chaos/parts/site.ts'
import { until } from '../../chaos/parts/until.ts'
import { loadSecret } from '../../src/auth/secret.ts'
import { createSessions } from '../../src/auth/sessions.ts'
import { selectRows } from '../../src/db/database.ts'
import type { OpenDatabase } from '../../src/db/open.ts'
import { measureLag } from '../../src/events/lag.ts'
import { getTrip } from '../../src/trips/trip-queries.ts'
import { addUser } from '../../test/api-rig.ts'
import { addDevice, laneOf } from '../../test/devices.ts'
import { startIngest } from '../../test/ingest-rig.ts'
import { driveRecords } from '../../test/stored-drive.ts'

/** A driver of the bench, logged in. */
export interface ApiDriver {
  driverId: string
  token: string
  firstTrip: string
  /** Completes the next trip, by ingest as the car's record comes; gives its id once it is stored. */
  drive(): Promise<string>
}

/** The service with drivers who have driven, and an admin. */
export interface ApiFleet {
  cloud: CloudProcess
  drivers: ApiDriver[]
  admin: string
}

const hourMs = 3_600_000
/** Of the first trips: within the policies of the drivers, and before the clock of ingest here. */
const firstTripMs = Date.UTC(2026, 0, 2)

/** Starts the service on a database and adds drivers with a trip each; ends once each has a premium and nothing waits to be done. */
export async function startApiFleet(
  site: Site,
  { postgres, database, users }: { postgres: PostgresServer; database: OpenDatabase; users: number },
): Promise<ApiFleet> {
  const secretFile = join(site.folder, 'session.key')
  const revocations = { has: async () => false, add: async () => {} }
  const sessions = createSessions({ secret: loadSecret(secretFile), revocations })
  const env = { DATABASE_URL: postgres.url, FAIRMILE_SECRET_FILE: secretFile, FAIRMILE_LOG_LEVEL: 'error' }
  const cloud = createCloud(site, { env })
  await cloud.start()
  const { db } = database
  const { ingest } = startIngest(database)
  site.defer(() => ingest.stop())
  const drivers: ApiDriver[] = []
  for (let n = 0; n < users; n++) {
    const device = await addDevice(db, 10_000 + n)
    const { token } = await sessions.issue(await addUser(db, `driver-${n}@example.com`, device.driverId))
    const lane = laneOf(device, 'trips')
    let trips = 0
    const drive = async (): Promise<string> => {
      const records = tripRecords(n, ++trips)
      const id = records.flatMap((record) => (record.type === 'trip' ? [record.trip.id] : []))[0] ?? ''
      await ingest.take(lane.seal(records).message)
      await until(`trip ${id} in the database`, async () => (await getTrip(db, id)) !== null)
      return id
    }
    const firstTrip = await drive()
    drivers.push({ driverId: device.driverId, token, firstTrip, drive })
  }
  await until('a premium of each driver', async () => {
    const [row] = await selectRows<{ n: number }>(db, sql`SELECT count(DISTINCT policy_id)::int AS n FROM receipts`)
    return row?.n === users
  })
  await until(
    'what follows from the trips done',
    async () => (await measureLag(db)).every(({ pending }) => pending === 0),
    { timeoutMs: 120_000 },
  )
  const { token: admin } = await sessions.issue(await addUser(db, 'bench-admin@example.com'))
  return { cloud, drivers, admin }
}

/** The drive of the tests under ids of its own, two hours after the one before. */
function tripRecords(driver: number, trip: number): TripsRecord[] {
  const id = `${String(driver).padStart(5, '0')}${String(trip).padStart(5, '0')}`
  const base = driveRecords(1)
  const first = base.flatMap((record) => (record.type === 'trip' ? [record.trip.startAt] : []))[0] ?? 0
  const byMs = firstTripMs + trip * 2 * hourMs - first
  const seq = (trip - 1) * 1_201
  return JSON.parse(JSON.stringify(base), (key, value) => {
    if (typeof value === 'string') return value.replace(/^(TRP|EVT)-.*$/, `$1-${id}`)
    if (/^(startAt|endAt)$/.test(key)) return value + byMs
    if (/^(firstSeq|lastSeq)$/.test(key)) return value + seq
    return value
  })
}
