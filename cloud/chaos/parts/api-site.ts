import { join } from 'node:path'
import { logTopic } from '@fairmile/contract/topics.ts'
import { driverFeatures } from '@fairmile/models/features/driver.ts'
import { loadSecret } from '../../src/auth/secret.ts'
import { createSessions } from '../../src/auth/sessions.ts'
import { openDatabase } from '../../src/db/open.ts'
import { newestPremium } from '../../src/pricing/queries.ts'
import { listSchemas } from '../../src/schemas/read-schemas.ts'
import { addUser, password } from '../../test/api-rig.ts'
import { addDevice, laneOf } from '../../test/devices.ts'
import { startIngest } from '../../test/ingest-rig.ts'
import { driveRecords, storeDrives } from '../../test/stored-drive.ts'
import { type CloudProcess, createCloud } from './cloud.ts'
import { createPostgres } from './postgres.ts'
import type { Site } from './site.ts'
import { until } from './until.ts'

/** The whole service over PostgreSQL, with something in it, and who may ask it. */
export interface ApiSite {
  readonly cloud: CloudProcess
  readonly databaseUrl: string
  /** Ids of what there is, by the name of the parameter or field that takes them. */
  readonly known: Readonly<Record<string, readonly string[]>>
  /** A fresh session; null for who is not logged in. */
  tokenOf(who: Caller): Promise<string | null>
}

export const callers = ['anonymous', 'driver', 'admin'] as const
export type Caller = (typeof callers)[number]

/** Starts it: two drivers, of whom one has two trips, events, a score and a premium; nobody is limited. */
export async function startApiSite(site: Site): Promise<ApiSite> {
  const postgres = createPostgres(site, { settings: { synchronous_commit: 'off' } })
  await postgres.start()
  const secretFile = join(site.folder, 'session.key')
  const sessions = createSessions({
    secret: loadSecret(secretFile),
    revocations: { has: async () => false, add: async () => {} },
  })
  const cloud = createCloud(site, {
    env: {
      DATABASE_URL: postgres.url,
      FAIRMILE_SECRET_FILE: secretFile,
      FAIRMILE_RATE_LIMITS: 'user=0,address=0,login=0',
      FAIRMILE_LOG_LEVEL: 'error',
    },
  })
  await cloud.start()
  const database = await openDatabase({ url: postgres.url, folder: site.folder })
  site.defer(() => database.close())
  const { db } = database
  const [device, other] = [await addDevice(db, 9_001), await addDevice(db, 9_002)]
  const users = {
    driver: await addUser(db, 'driver@example.com', device.driverId),
    admin: await addUser(db, 'admin@example.com'),
  }
  await storeDrives(database, laneOf(device, 'trips'), [driveRecords(1), driveRecords(2)])
  const { driverId, policyId } = device
  await until('a premium', async () => (await newestPremium(db, driverId, { policyId })) !== null)
  const premium = await newestPremium(db, driverId, { policyId })
  // A message that is none: a dead letter.
  await startIngest(database).ingest.take({ topic: logTopic(device.id, 'trips'), payload: Buffer.from('{}') })
  const schemas = await listSchemas(db)
  return {
    cloud,
    databaseUrl: postgres.url,
    known: {
      driverId: [driverId, other.driverId],
      deviceId: [device.id, other.id],
      vehicleId: [device.vehicleId],
      policyId: [device.policyId],
      tripId: driveRecords(1).flatMap((record) => (record.type === 'trip' ? [record.trip.id] : [])),
      eventId: driveRecords(1).flatMap((record) => (record.type === 'event' ? [record.event.id] : [])),
      receiptId: [premium?.receiptId ?? ''],
      planId: ['fairmile-1'],
      name: ['driver-risk'],
      version: ['latest', '1', '1.0.0', '2.0.0'],
      subject: [...new Set(schemas.map(({ subject }) => subject))],
      schema: schemas.map(({ schema }) => schema),
      fingerprint: schemas.map(({ fingerprint }) => fingerprint),
      id: schemas.map(({ id }) => String(id)),
      letterId: ['1'],
      feature: driverFeatures.map(({ name }) => name),
      password: [password],
      email: ['driver@example.com', 'admin@example.com', 'new@example.com'],
      month: ['2026-06'],
    },
    tokenOf: async (who) => (who === 'anonymous' ? null : (await sessions.issue(users[who])).token),
  }
}
