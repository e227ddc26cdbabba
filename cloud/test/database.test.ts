import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../src/db/open.ts'
import { ensurePartitions, listPartitions, monthsFrom, plausibleTimes } from '../src/db/partitions.ts'
import { UsageError } from '../src/errors.ts'
import { engines } from './engines.ts'

/** Moves a server's database to New York: the sessions that come then begin there. */
const moveAway = `DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET timezone = %L', current_database(), 'America/New_York');
END $$`
/** When 1 June begins where a date is compared with a moment, in hours of UTC. */
const dayBegins = async ({ db }: Pick<OpenDatabase, 'db'>) => {
  const day = sql`extract(hour FROM '2026-06-01'::date::timestamptz AT TIME ZONE 'UTC')::int`
  return (await selectRows<{ hour: number }>(db, sql`SELECT ${day} AS hour`))[0]?.hour
}

for (const engine of engines()) {
  describe(`database on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database

    it('migrates once, whoever else does', async () => {
      assert.deepEqual(await Promise.all([migrate(database), migrate(database)]), [[], []])
    })

    it('refuses to go on where an applied migration has changed', async () => {
      await db.execute(sql`UPDATE schema_migrations SET hash = 'other' WHERE name = '0001_devices.sql'`)
      await assert.rejects(migrate(database), /"0001_devices.sql" was changed after it was applied/)
    })

    it('makes partitions for months, twice and side by side, and lists them', async () => {
      const months = ['2026-12', '2026-11', '2027-01']
      await Promise.all([ensurePartitions(database, months), ensurePartitions(database, months.toReversed())])
      const partitions = await listPartitions(db)
      assert.deepEqual(
        partitions.map(({ name, month }) => [name, month]),
        [
          ['telematics_events_2026_11', '2026-11'],
          ['telematics_events_2026_12', '2026-12'],
          ['telematics_events_2027_01', '2027-01'],
        ],
      )
    })

    it('keeps a row of the last millisecond of a month in that month', async () => {
      await db.execute(sql`
        INSERT INTO telematics_events (device_id, boot_id, seq, at, quality)
        VALUES ('DEV-1', 1, 1, '2026-11-30T23:59:59.999Z', 0), ('DEV-1', 1, 2, '2026-12-01T00:00:00Z', 0)`)
      const rows = await selectRows<{ seq: number; part: string }>(
        db,
        sql`SELECT seq::int AS seq, tableoid::regclass::text AS part FROM telematics_events ORDER BY seq`,
      )
      assert.deepEqual(rows, [
        { seq: 1, part: 'telematics_events_2026_11' },
        { seq: 2, part: 'telematics_events_2026_12' },
      ])
    })

    it('has no default partition', async () => {
      const insert = db.execute(sql`
        INSERT INTO telematics_events (device_id, boot_id, seq, at, quality) VALUES ('DEV-1', 1, 3, '2020-01-01', 0)`)
      await assert.rejects(insert)
    })

    if ('url' in database.engine) {
      const { url } = database.engine
      it('goes by UTC days wherever the server stands', async () => {
        await database.alone(moveAway)
        const other = await openDatabase({ url, folder: '' })
        after(() => other.close())
        assert.equal(await dayBegins(other), 0)
        assert.equal(await other.transaction((tx) => dayBegins({ db: tx })), 0)
      })
    }

    it('refuses what is no month', async () => {
      for (const month of ['2026-13', '2026-1', "2026-01'; DROP TABLE devices; --", ''])
        await assert.rejects(async () => ensurePartitions(database, [month]), RangeError, month)
      for (const month of ['0001-01', '1999-12', '2100-01', '9999-12'])
        await assert.rejects(async () => ensurePartitions(database, [month]), /is not from 2000-01 to 2099-12/)
    })
  })
}

describe('plausibleTimes', () => {
  it('goes from 2000 to the end of the second month ahead, over the end of a year', () => {
    const [fromMs, untilMs] = plausibleTimes(Date.UTC(2026, 10, 23))
    assert.deepEqual([fromMs, untilMs], [Date.UTC(2000, 0, 1), Date.UTC(2027, 1, 1)])
  })
})

describe('monthsFrom', () => {
  it('gives this month and the two that follow, over the end of a year', () => {
    assert.deepEqual(monthsFrom(Date.UTC(2026, 10, 30, 23)), ['2026-11', '2026-12', '2027-01'])
  })
})

describe('openDatabase', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-lock-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('refuses a second opener of the embedded database in the same process', async () => {
    const first = await openDatabase({ folder })
    await assert.rejects(openDatabase({ folder }), (error: Error) => {
      assert.ok(error instanceof UsageError)
      assert.match(error.message, new RegExp(`in use by process ${process.pid}, started 20`))
      return true
    })
    await first.close()
    await (await openDatabase({ folder })).close()
  })

  it('goes by UTC days wherever the embedded database was told to stand', async () => {
    const first = await openDatabase({ folder })
    await first.alone("ALTER SYSTEM SET timezone = 'America/New_York'")
    await first.close()
    const again = await openDatabase({ folder })
    const hour = await dayBegins(again).finally(() => again.close())
    assert.equal(hour, 0)
  })

  it('refuses while another process holds it, and takes it over once that process was killed', async () => {
    const lockModule = new URL('../src/db/folder-lock.ts', import.meta.url).href
    const program = `const { lockFolder } = await import(${JSON.stringify(lockModule)})
      globalThis.lock = lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    await assert.rejects(openDatabase({ folder }), new RegExp(`in use by process ${holder.pid}, started 20`))
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await (await openDatabase({ folder })).close()
  })

  it('names a server that cannot be reached, without the password', async () => {
    const url = 'postgres://someone:hidden@127.0.0.1:1/fairmile'
    await assert.rejects(openDatabase({ url, folder }), (error: Error) => {
      assert.match(error.message, /Connecting to PostgreSQL at "postgres:\/\/someone@127\.0\.0\.1:1\/fairmile"/)
      assert.doesNotMatch(error.message, /hidden/)
      return true
    })
  })
})
