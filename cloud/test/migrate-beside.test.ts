import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import postgres from 'postgres'
import { until } from '../chaos/parts/until.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts'

/** Locks `trips`, and then `devices`. */
const files = ['0856_trips_of_a_boot.sql', '0858_decided_and_told.sql']

describe('a migration beside a process of the release before', () => {
  let cluster: PostgresCluster
  before(async () => {
    cluster = await startPostgres()
  })
  after(() => cluster.stop())

  it('is done again where both waited for each other, and it had to give way', async () => {
    const url = await cluster.createDatabase()
    const database = await openDatabase({ url, folder: '' })
    const { searchParams, pathname } = new URL(url)
    const place = { host: searchParams.get('host') ?? assert.fail(), database: pathname.slice(1), user: 'postgres' }
    const [old, look] = [postgres({ ...place, max: 1 }), postgres({ ...place, max: 1 })]
    try {
      await look`DROP INDEX trips_boot_idx`
      await look`ALTER TABLE reward_participations DROP COLUMN outcome`
      await look`ALTER TABLE devices DROP COLUMN silence_told`
      await look`DELETE FROM schema_migrations WHERE name = ANY (${files})`
      let migrating: Promise<string[]> | null = null
      const work = old.begin(async (tx) => {
        await tx`SET LOCAL deadlock_timeout = '10min'` // the migration finds it out, and gives way
        await tx`LOCK TABLE devices IN ROW SHARE MODE`
        migrating = migrate(database)
        await until('the migration to wait for "devices"', async () => {
          const rows = await look`SELECT FROM pg_locks WHERE relation = 'devices'::regclass AND NOT granted`
          return rows.length > 0
        })
        await tx`LOCK TABLE trips IN ROW EXCLUSIVE MODE`
      })
      await work
      assert.deepEqual(await migrating, files)
      const [{ n } = assert.fail()] = await look<{ n: number }[]>`
        SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()`
      assert.equal(n, 1)
    } finally {
      await Promise.all([old.end(), look.end()])
      await database.close()
    }
  })
})
