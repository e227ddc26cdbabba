import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { count, eq, sql } from 'drizzle-orm'
import { type OpenDatabase, openDatabase } from '../src/db/open.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { lockLanes } from '../src/ingest/lock-lanes.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { startIngest } from './ingest-rig.ts'
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts'

/** Under what the other tests allow, over what a process that serves is allowed. */
const releasedWithinMs = 4_000

describe('a process that holds lanes, with the bound that is shipped', () => {
  let cluster: PostgresCluster
  let database: OpenDatabase
  before(async () => {
    cluster = await startPostgres()
    database = await openDatabase({ url: await cluster.createDatabase({ asShipped: true }), folder: '/nowhere' })
  })
  after(async () => {
    await database.close()
    cluster.stop()
  })
  const lockOf = ({ id: deviceId }: TestDevice) => {
    const range = { deviceId, lane: 'telematics' as const, boot: 1, firstSeq: 1, lastSeq: 5, hash: Buffer.alloc(32) }
    const about = { deviceId, topic: '', reason: 'malformed' as const, detail: '', sizeBytes: 0, payload: null }
    return [{ kind: 'rejected' as const, ...about, range: { ...range, proven: true } }]
  }

  it('loses them when it does nothing, so that others go on', async () => {
    const device = await addDevice(database.db, 1)
    const [holds, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const stopped = database.db.transaction(async (tx) => {
      await lockLanes(tx, lockOf(device))
      holds.resolve()
      await done.promise
    })
    const ended = assert.rejects(stopped)
    await holds.promise
    const startedMs = performance.now()
    const { ingest, acks } = startIngest(database)
    await ingest.take(laneOf(device, 'telematics').sealEvents(5).message)
    await ingest.stop()
    const waitedMs = performance.now() - startedMs
    done.resolve()
    await ended
    assert.equal(acks.at(-1)?.ack.upTo, 5)
    assert.ok(waitedMs < releasedWithinMs, `${waitedMs} ms`)
  })

  it('keeps them while a statement of its takes longer', async () => {
    const device = await addDevice(database.db, 2)
    await database.db.transaction(async (tx) => {
      await lockLanes(tx, lockOf(device))
      await tx.execute(sql`SELECT pg_sleep(1)`)
    })
  })

  it('stores what two of them are dealt', async () => {
    const device = await addDevice(database.db, 3)
    const lane = laneOf(device, 'telematics')
    const processes = [startIngest(database), startIngest(database)]
    for (let n = 0; n < 40; n++) await processes[n % 2]!.ingest.take(lane.sealEvents(5).message)
    await Promise.all(processes.map(({ ingest }) => ingest.stop()))
    const [stored] = await database.db
      .select({ n: count() })
      .from(telematicsEvents)
      .where(eq(telematicsEvents.deviceId, device.id))
    assert.equal(stored?.n, 200)
  })
})
