import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { contentOf, writeArchive } from '../src/db/archive/archive-file.ts'
import { archiveMonths } from '../src/db/archive/archive-months.ts'
import { selectRows } from '../src/db/database.ts'
import { detachMonth, ensurePartitions, listPartitions } from '../src/db/partitions.ts'
import { UsageError } from '../src/errors.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const nowMs = Date.UTC(2026, 5, 15)

for (const engine of engines()) {
  describe(`archiveMonths on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-archive-'))
    after(() => rmSync(folder, { recursive: true, force: true }))
    const device = await addDevice(db)
    const archive = (before = '2026-06-01', options = {}) =>
      archiveMonths(database, { before, folder, nowMs, ...options })
    const fill = async (month: string, { boot = 1, rows = 3 } = {}) => {
      await ensurePartitions(database, [month])
      await db.execute(sql`
        INSERT INTO telematics_events (device_id, boot_id, seq, at, lat, speed_mps, quality)
        SELECT ${device.id}, ${boot}::int8, n, ${`${month}-03`}::timestamptz + n * interval '1.5 seconds', 52.123456, nullif(n, 2) + 0.1, 3
        FROM generate_series(1, ${rows}::int8) AS n`)
    }
    const rowsIn = async (month: string) => {
      const [row] = await selectRows<{ n: number }>(
        db,
        sql`SELECT count(*)::int AS n FROM telematics_events WHERE to_char(at AT TIME ZONE 'UTC', 'YYYY-MM') = ${month}`,
      )
      return row?.n
    }
    const months = async () => (await listPartitions(db)).map(({ name }) => name)

    it('writes a month to a file with a manifest, and drops it; a dry run does nothing', async () => {
      await fill('2026-01')
      const [would] = await archive('2026-02-01', { dryRun: true })
      assert.deepEqual([would?.state, existsSync(join(folder, would?.file ?? ''))], ['would be archived', false])
      const file = join(folder, 'telematics_events_2026_01.parquet')
      const [left, running] = [`${file}.a.part`, `${file}.b.part`]
      for (const half of [left, running]) writeFileSync(half, 'half')
      utimesSync(left, 0, 0)
      const [done] = await archive('2026-02-01')
      assert.deepEqual([existsSync(left), existsSync(running)], [false, true])
      rmSync(running)
      assert.deepEqual(done, { month: '2026-01', state: 'archived', file, rows: 3, reason: null, warning: null })
      assert.deepEqual(await months(), [])
      const [, second] = await parquetReadObjects({ file: await asyncBufferFromFile(file) })
      assert.deepEqual(
        [second?.device_id, second?.boot_id, second?.seq, second?.at, second?.lat, second?.speed_mps, second?.quality],
        [device.id, 1n, 2n, new Date('2026-01-03T00:00:03Z'), 52.123456, null, 3],
      )
      const manifest = JSON.parse(readFileSync(`${file}.json`, 'utf8'))
      assert.deepEqual([manifest.month, manifest.part, manifest.rows], ['2026-01', 1, 3])
      assert.equal(manifest.contentSha256, (await contentOf(file)).hash)
    })

    it('refuses months that are not over, and what is no day', async () => {
      for (const before of ['2026-07-01', '2027-01-01', '2026-02-30', 'yesterday', "2026-01-01'; --"])
        await assert.rejects(archive(before), UsageError, before)
      await fill('2026-06')
      await archive('2026-06-15')
      assert.deepEqual(await months(), ['telematics_events_2026_06'])
    })

    it('leaves a month that an open trip may still need, and says so', async () => {
      await fill('2026-02')
      await db.execute(sql`
        INSERT INTO trips (id, device_id, boot_id, vehicle_id, start_at)
        VALUES ('open', ${device.id}, 1, ${device.vehicleId}, '2026-02-28T23:59:00Z')`)
      const [refused] = await archive('2026-03-01', { nowMs: Date.UTC(2026, 2, 29) })
      assert.equal(refused?.state, 'refused')
      assert.match(
        refused?.reason ?? '',
        /^1 trips that began in it or before are still open \(open\): archive again when/,
      )
      assert.equal(await rowsIn('2026-02'), 3)
    })

    it('passes over a trip that is open for more than 30 days, and names it', async () => {
      await db.execute(sql`
        INSERT INTO trips (id, device_id, boot_id, vehicle_id, start_at)
        VALUES ('never ended', ${device.id}, 1, ${device.vehicleId}, '1970-01-01T00:00:01Z')`)
      const at = { nowMs: Date.UTC(2026, 2, 29), dryRun: true }
      const [refused] = await archive('2026-03-01', at)
      assert.match(refused?.reason ?? '', /^1 trips .* \(open\)/, 'the younger one keeps it')
      const [would] = await archive('2026-03-01', { ...at, nowMs: Date.UTC(2026, 3, 1) })
      assert.deepEqual([would?.state, would?.reason], ['would be archived', null])
      assert.match(
        would?.warning ?? '',
        /^2 trips .* \(never ended, open\), since more than 30 days: they are passed over/,
      )
      await db.execute(sql`DELETE FROM trips`)
    })

    it('goes on from wherever it was ended: written, detached, or between detached and renamed', async () => {
      const of = { part: 1, folder }
      for (const [month, ended] of [
        ['2026-02', 'written'],
        ['2026-03', 'detached'],
        ['2026-04', 'between'],
      ] as const) {
        await fill(month, { boot: 5, rows: month === '2026-02' ? 1 : 3 })
        const [partition] = (await listPartitions(db)).filter((one) => one.month === month)
        await writeArchive(db, partition!.name, { ...of, month, record: async () => {} })
        if (ended === 'detached') await detachMonth(database, month)
        if (ended === 'between')
          await database.alone(`ALTER TABLE telematics_events DETACH PARTITION ${partition!.name}`)
      }
      const done = await archive()
      assert.deepEqual(
        done.map(({ month, state, rows }) => [month, state, rows]),
        [
          ['2026-02', 'archived', 4],
          ['2026-03', 'archived', 3],
          ['2026-04', 'archived', 3],
        ],
      )
      assert.deepEqual(await months(), ['telematics_events_2026_06'])
    })

    it('gives late data of a month that is out a month anew, and the next file', async () => {
      await fill('2026-04', { boot: 2, rows: 2 })
      assert.equal(await rowsIn('2026-04'), 2)
      const [done] = await archive()
      assert.deepEqual([done?.file, done?.rows], [join(folder, 'telematics_events_2026_04.2.parquet'), 2])
      assert.equal((await contentOf(join(folder, 'telematics_events_2026_04.parquet'))).rows, 3)
    })

    it('takes late data while the month before it is half way out', async () => {
      await fill('2026-05')
      await database.alone('ALTER TABLE telematics_events DETACH PARTITION telematics_events_2026_05')
      await fill('2026-05', { boot: 2, rows: 4 })
      assert.equal(await rowsIn('2026-05'), 4)
      assert.deepEqual(
        (await archive()).map(({ rows, file }) => [rows, file?.endsWith('.2.parquet')]),
        [
          [3, false],
          [4, true],
        ],
      )
    })

    const server = engine.name === 'PostgreSQL' ? it : it.skip
    server('ends a detachment that was cancelled half way, for late data and for the archive', async () => {
      await fill('2026-01', { boot: 3 })
      await database.transaction(async (reader) => {
        await reader.execute(sql`SELECT FROM telematics_events LIMIT 1`)
        const name = 'telematics_events_2026_01'
        const cancelled = database.alone(`ALTER TABLE telematics_events DETACH PARTITION ${name} CONCURRENTLY`)
        const rejected = assert.rejects(cancelled)
        while ((await listPartitions(db)).every(({ state }) => state !== 'detaching'));
        await db.execute(sql`
          SELECT pg_cancel_backend(pid) FROM pg_stat_activity
          WHERE query LIKE 'ALTER TABLE telematics_events DETACH%' AND state = 'active' AND pid <> pg_backend_pid()`)
        await rejected
      })
      await fill('2026-01', { boot: 4, rows: 2 })
      assert.deepEqual(
        (await archive()).map(({ rows }) => rows),
        [3, 2],
      )
    })

    it('writes again what was added after it was written, and what was lost; refuses to replace what it did not write', async () => {
      await fill('2026-03', { boot: 7 })
      const [partition] = await listPartitions(db)
      const file = await writeArchive(db, partition!.name, {
        month: '2026-03',
        part: 2,
        folder,
        record: async () => {},
      })
      await db.execute(sql`
        INSERT INTO telematics_archives (month, part, file, row_count, content_hash, file_hash, size_bytes, written_at)
        VALUES ('2026-03', 2, ${file.file}, 3, ${file.hash}, ${file.fileHash}, 1, now())`)
      await fill('2026-03', { boot: 8, rows: 1 })
      const other = join(folder, 'telematics_events_2026_03.parquet')
      for (const strange of [Buffer.from('damaged'), readFileSync(other)]) {
        writeFileSync(file.file, strange)
        const [refused] = await archive()
        assert.deepEqual([refused?.state, refused?.file, await rowsIn('2026-03')], ['refused', null, 4])
        assert.match(refused?.reason ?? '', /2026_03.2.parquet" is there already and says something else.*--out/)
        assert.deepEqual(readFileSync(file.file), strange)
        rmSync(file.file)
      }
      assert.deepEqual(
        (await archive()).map(({ rows }) => rows),
        [4],
      )
      assert.equal((await contentOf(file.file)).rows, 4)
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.endsWith('.part')),
        [],
      )
    })

    it('goes on with late data where it was ended before its file was on record', async () => {
      await fill('2026-03', { boot: 11 })
      await db.execute(sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'ended'; END $$`)
      await db.execute(
        sql`CREATE TRIGGER refuse BEFORE INSERT ON telematics_archives FOR EACH ROW EXECUTE FUNCTION refuse()`,
      )
      await assert.rejects(archive())
      await db.execute(sql`DROP TRIGGER refuse ON telematics_archives`)
      await fill('2026-03', { boot: 12, rows: 1 })
      assert.deepEqual(
        (await archive()).map(({ state, rows }) => [state, rows]),
        [['archived', 4]],
      )
    })

    it('replaces its own file where rows came after it was on record', async () => {
      await fill('2026-03', { boot: 9 })
      const before = { ...database, alone: () => Promise.reject(new Error('ended before it was detached')) }
      await assert.rejects(archiveMonths(before, { before: '2026-04-01', folder, nowMs }), /ended before/)
      await fill('2026-03', { boot: 10, rows: 1 })
      assert.deepEqual(
        (await archive()).map(({ rows, file }) => [rows, file?.endsWith('.4.parquet')]),
        [[4, true]],
      )
    })
  })
}
