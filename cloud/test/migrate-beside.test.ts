import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import postgres from 'postgres'
import { until } from '../chaos/parts/until.ts'
import { type Migration, migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts'

const alter = (name: string, ...tables: string[]): Migration => {
  const text = tables.map((table) => `ALTER TABLE ${table} ADD COLUMN test_of_${name.slice(0, 4)} integer`).join(';')
  return { name, text, hash: name }
}

describe('a migration beside processes of the release before', () => {
  let cluster: PostgresCluster
  before(async () => {
    cluster = await startPostgres()
  })
  after(() => cluster.stop())

  /** A migrated database, and two connections of others. */
  async function openAll() {
    const url = await cluster.createDatabase()
    const database = await openDatabase({ url, folder: '' })
    const { searchParams, pathname } = new URL(url)
    const place = { host: searchParams.get('host') ?? assert.fail(), database: pathname.slice(1), user: 'postgres' }
    const [old, look] = [postgres({ ...place, max: 1 }), postgres({ ...place, max: 1 })]
    const isWaiting = async () => {
      const rows = await look`SELECT FROM pg_locks WHERE relation = 'devices'::regclass AND NOT granted`
      return rows.length > 0
    }
    const close = async () => {
      await Promise.all([old.end(), look.end()])
      await database.close()
    }
    return { database, old, look, isWaiting, [Symbol.asyncDispose]: close }
  }

  it('is done again where both waited for each other, and it had to give way', async () => {
    await using all = await openAll()
    const { database, old, look, isWaiting } = all
    const both = alter('9901_both.sql', 'trips', 'devices')
    let migrating: Promise<string[]> | null = null
    await old.begin(async (tx) => {
      await tx`SET LOCAL deadlock_timeout = '10min'` // the migration finds it out, and gives way
      await tx`LOCK TABLE devices IN ROW SHARE MODE`
      migrating = migrate(database, [both])
      await until('the migration to wait for "devices"', isWaiting)
      await tx`LOCK TABLE trips IN ROW EXCLUSIVE MODE`
    })
    assert.deepEqual(await migrating, [both.name])
    const [{ n } = assert.fail()] = await look<{ n: number }[]>`
      SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()`
    assert.equal(n, 1)
  })

  it('lets go of what one file locked before the next, and goes on with what is left', async () => {
    await using all = await openAll()
    const { database, old, look, isWaiting } = all
    const files = [alter('9901_trips.sql', 'trips'), alter('9902_devices.sql', 'devices')]
    let migrating: Promise<string[]> | null = null
    await old.begin(async (tx) => {
      await tx`LOCK TABLE devices IN ROW SHARE MODE`
      migrating = migrate(database, files)
      await until('the migration to wait for "devices"', isWaiting)
      await look`SET lock_timeout = '5s'`
      assert.equal((await look`SELECT test_of_9901 FROM trips`).length, 0)
      const applied = await look`SELECT name FROM schema_migrations WHERE name LIKE '99%'`
      assert.deepEqual([...applied], [{ name: '9901_trips.sql' }])
    })
    assert.deepEqual(await migrating, ['9901_trips.sql', '9902_devices.sql'])
    assert.deepEqual(await migrate(database, files), [])
  })

  it('locks both at once where one file does so, which the test above would see', async () => {
    await using all = await openAll()
    const { database, old, look, isWaiting } = all
    let migrating: Promise<string[]> | null = null
    await old.begin(async (tx) => {
      await tx`LOCK TABLE devices IN ROW SHARE MODE`
      migrating = migrate(database, [alter('9901_both.sql', 'trips', 'devices')])
      await until('the migration to wait for "devices"', isWaiting)
      await look`SET lock_timeout = '100ms'`
      await assert.rejects(look`SELECT id FROM trips`.execute(), { code: '55P03' })
    })
    await migrating
  })
})
