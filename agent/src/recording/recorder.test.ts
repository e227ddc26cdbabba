import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Fix, ImuSample, SensorSink } from '../sensors.ts'
import { openPlayer } from './player.ts'
import { createRecorder } from './recorder.ts'

const folderFor = async (t: { after(fn: () => Promise<void>): void }): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'fairmile-recording-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const play = async (folder: string) => {
  const imu: ImuSample[] = []
  const fixes: Fix[] = []
  const troubles: string[] = []
  const sink: SensorSink = {
    imu: (sample) => void imu.push(sample),
    fix: (fix) => void fixes.push(fix),
    board: () => {},
    trouble: (source, message) => void troubles.push(`${source}: ${message}`),
  }
  const player = await openPlayer({ folder })
  await player.run(sink, new AbortController().signal)
  return { imu, fixes, troubles, info: player.info }
}

test('createRecorder writes a folder that openPlayer reads back', async (t) => {
  const folder = await folderFor(t)
  const recorder = await createRecorder({ folder, id: 'DEV-1-7' })
  const nothing: SensorSink = { imu: () => {}, fix: () => {}, board: () => {}, trouble: () => {} }
  const sink = recorder.tee(nothing)
  for (let i = 0; i <= 20; i++) {
    sink.imu({ tMs: 5000 + i * 100, ax: 0.1 * i, ay: 0, az: 9.8, gx: 0, gy: 0, gz: Number.NaN })
    if (i % 10 === 0)
      sink.fix({
        tMs: 5000 + i * 100,
        utcMs: Date.UTC(2026, 10, 23) + i * 100,
        lat: 49 + i / 1e4,
        lon: 12,
        altM: null,
        speedMps: 3.25,
        courseDeg: null,
        hdop: 1.1,
        satellites: 8,
        mode: 2,
      })
  }
  await recorder.close()
  const { imu, fixes, info } = await play(folder)
  assert.equal(info.imu?.rateHz, 10)
  assert.equal(info.gps?.rateHz, 1)
  assert.equal(info.startedAt, '2026-11-23T00:00:00.000Z')
  assert.equal(imu.length, 21)
  assert.deepEqual([imu[20]?.tMs, imu[20]?.ax, imu[20]?.gz], [2000, 2, Number.NaN])
  assert.equal(fixes.length, 3)
  assert.deepEqual([fixes[2]?.lat, fixes[2]?.altM, fixes[2]?.mode], [49.002, null, 2])
})

test('openPlayer reads gps.nmea with times, packed, and says that there is no IMU', async (t) => {
  const folder = await folderFor(t)
  await writeFile(join(folder, 'drive.json'), JSON.stringify({ id: 'n', imu: null, gps: { rateHz: 1 } }))
  await writeFile(
    join(folder, 'gps.nmea.gz'),
    gzipSync('1.500\t$GPGLL,4916.45,N,12311.12,W,225444,A*31\n2.500\t$GPGLL,4916.46,N,12311.12,W,225445,A*33\n'),
  )
  const { fixes, troubles } = await play(folder)
  assert.deepEqual(
    fixes.map(({ tMs }) => tMs),
    [1500, 2500],
  )
  assert.match(troubles[0] ?? '', /no IMU/)
})

test('openPlayer says what is wrong with a folder', async (t) => {
  const folder = await folderFor(t)
  await assert.rejects(openPlayer({ folder }), /no readable drive.json/)
  await writeFile(join(folder, 'drive.json'), '{"imu":{"rateHz":-1}}')
  await assert.rejects(openPlayer({ folder }), /rateHz/)
  await writeFile(join(folder, 'drive.json'), '{"id":"x"}')
  await assert.rejects(openPlayer({ folder }), /none of imu.csv/)
})
