import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer, text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parquetReadObjects } from 'hyparquet'
import { openDatabase } from '../src/db/open.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { drivers } from '../src/db/schema/people.ts'
import { addDevice, laneOf } from './devices.ts'
import { prepareData } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const cli = fileURLToPath(new URL('../bin/fairmile-cloud.mjs', import.meta.url))
const name = 'Ada "A" Berger, née <Lovelace>'

describe('fairmile-cloud export', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-export-'))
  const data = join(folder, 'data')
  const { NODE_COMPILE_CACHE, PATH } = process.env
  const env = {
    ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
    ...{ PATH, FAIRMILE_DATA: data, FAIRMILE_LOG_LEVEL: 'error', PORT: '0', MQTT_PORT: '0' },
  }
  const children = new Set<ChildProcess>()
  before(async () => {
    await prepareData(data)
    const database = await openDatabase({ folder: data })
    const device = await addDevice(database.db)
    await database.db.update(drivers).set({ name })
    await ensurePartitions(database, ['2026-06'])
    await storeDrives(database, laneOf(device, 'trips'), [driveRecords(1, 'count'), driveRecords(2)])
    await database.alone(`
      INSERT INTO telematics_events (device_id, boot_id, seq, at, lat, lon, alt_m, speed_mps, quality)
      SELECT '${device.id}', 1, n, '2026-06-01T12:00:00Z'::timestamptz + n * interval '1 second', 49 + n * 1e-4, 12.1, 340.5, 12.25, 0
      FROM generate_series(1, 1200) AS n`)
    await database.close()
  })
  after(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  function start(...args: string[]) {
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    return { child, exit: once(child, 'exit').then(([code]) => code as number | null) }
  }
  async function run(...args: string[]) {
    const { child, exit } = start('export', ...args)
    const [bytes, stderr] = await Promise.all([buffer(child.stdout), text(child.stderr)])
    return { bytes, stderr, code: await exit }
  }
  const june = ['--from', '2026-06-01', '--until', '2026-07-01']
  /** The file that a command writes; nothing goes to the standard output. */
  async function written(...args: string[]): Promise<Buffer> {
    const to = join(folder, 'out')
    const { bytes, stderr, code } = await run(...args, '--to', to)
    assert.deepEqual([bytes.length, stderr, code], [0, '', 0])
    assert.ok(!existsSync(`${to}.part`))
    const file = readFileSync(to)
    rmSync(to)
    return file
  }

  it('writes byte for byte the same by itself and through a server that holds the database', async () => {
    const driver = await run('driver', 'DRV-0001', ...june)
    assert.deepEqual([driver.code, driver.stderr], [0, ''])
    const lines = driver.bytes.toString().split('\r\n')
    assert.match(lines[0] ?? '', /^\ufeffrecord,/)
    assert.equal(lines.filter((line) => line.startsWith('second,')).length, 1200)
    assert.equal(lines.filter((line) => line.startsWith('trip,')).length, 2)
    assert.ok(lines.some((line) => line.startsWith('driver,') && line.includes(`"${name.replaceAll('"', '""')}"`)))
    const trip = await written('trip', 'TRP-000000000001')
    assert.match(trip.toString(), /^<\?xml version="1.0" encoding="UTF-8"\?>\n<gpx /)
    assert.equal(trip.toString().match(/<trkpt /g)?.length, 1200)

    const server = start('serve')
    await once(createInterface(server.child.stdout), 'line')
    assert.deepEqual(await written('driver', 'DRV-0001', ...june), driver.bytes)
    const through = await run('trip', 'TRP-000000000001')
    assert.deepEqual([through.bytes, through.stderr, through.code], [trip, '', 0])
  })

  it('writes GeoJSON and Parquet', async () => {
    const { features } = JSON.parse((await written('trip', 'TRP-000000000001', '--format', 'geojson')).toString())
    assert.deepEqual(
      features.map(({ properties, geometry }: { properties: { record: string }; geometry: { type: string } }) => [
        properties.record,
        geometry.type,
      ]),
      [
        ['trip', 'LineString'],
        ['event', 'Point'],
      ],
    )
    const parquet = await written('portfolio', 'trips', ...june, '--format', 'parquet')
    const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.length) as ArrayBuffer
    assert.deepEqual(
      (await parquetReadObjects({ file })).map(({ trip_id, driver_id }) => [trip_id, driver_id]),
      [
        ['TRP-000000000001', 'DRV-0001'],
        ['TRP-000000000002', 'DRV-0001'],
      ],
    )
  })

  it('says what there is none of, and leaves a file that was there alone', async () => {
    const to = join(folder, 'kept')
    writeFileSync(to, 'as it was')
    for (const [args, words] of [
      [['driver', 'DRV-0404', '--to', to], /there is no driver "DRV-0404"/],
      [['trip', 'TRP-000000000404', '--to', to], /there is no trip "TRP-000000000404"/],
      [['portfolio', 'trips', '--from', '2026-01-01', '--until', '2026-12-01'], /one export has 93 at most/],
      [['driver', 'DRV-0001', '--from', 'yesterday'], /"yesterday" is no day like 2026-01-31/],
      [['portfolio', 'trips', '--format', 'gpx'], /Allowed choices are csv, parquet/],
    ] as const) {
      const { bytes, stderr, code } = await run(...args)
      assert.deepEqual([bytes.length, code], [0, 2], args.join(' '))
      assert.match(stderr, words)
    }
    assert.equal(readFileSync(to, 'utf8'), 'as it was')
    assert.ok(!existsSync(`${to}.part`))
  })

  it('fails where the file cannot be written', async () => {
    const { code, stderr } = await run('trip', 'TRP-000000000001', '--to', join(folder, 'nowhere', 'trip.gpx'))
    assert.equal(code, 1)
    assert.match(stderr, /ENOENT/)
  })
})
