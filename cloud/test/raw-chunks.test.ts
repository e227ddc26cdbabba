import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeRecord } from '@fairmile/contract/codec.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { RawChunkBody, type RawChunkSummary } from '@fairmile/contract/http/raw-chunks.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { storeRawChunks } from '../src/ingest/raw-chunks.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

const noonMs = Date.UTC(2026, 5, 1, 12)
const chunkAt = (at: number): RawChunk => ({
  at,
  imu: { offsetMs: [0, 5000, 9990], ax: [0.5, 1, 0], ay: [0, 0, 0], az: [9.8, 9.8, 9.8], ...gyro },
  fixes: {
    ...{ offsetMs: [100], lat: [49.01], lon: [12.1], altM: [null] },
    ...{ speedMps: [12.5], courseDeg: [90], hdop: [null] },
  },
})
const packed = (chunk: RawChunk) => ({ at: chunk.at, bytes: encodeRecord('raw', chunk) })
const gyro = { gx: [null, null, null], gy: [null, null, null], gz: [0.1, 0.1, 0.1] }

for (const engine of engines()) {
  describe(`full-rate readings on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { app, sessions } = createTestApp(db)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)
    const list = async (id: string, query = '') =>
      (await admin('GET', `/api/v1/devices/${id}/raw-chunks${query}`)).body as Page<RawChunkSummary>

    it('are listed in pages, the newest first, and read in columns as the device sent them', async () => {
      const device = await newDevice()
      const { ingest } = startIngest(database)
      const chunks = [noonMs, noonMs + 10_000].map(chunkAt)
      await ingest.take(laneOf(device, 'raw').seal(chunks).message)
      await ingest.stop()
      const first = await list(device.id, '?limit=1')
      const second = await list(device.id, `?limit=1&cursor=${first.nextCursor}`)
      const items = [...first.items, ...second.items]
      assert.deepEqual(
        items.map(({ boot, seq, at, seconds }) => [boot, seq, Date.parse(at), seconds]),
        [
          [1, 2, noonMs + 10_000, 9.99],
          [1, 1, noonMs, 9.99],
        ],
      )
      assert.ok(items.every(({ bytes }) => bytes > 0))
      assert.equal(second.nextCursor, null)
      const { status, body } = await admin('GET', `/api/v1/devices/${device.id}/raw-chunks/1/2`)
      assert.equal(status, 200)
      const read = RawChunkBody.parse(body)
      assert.deepEqual([read.at, read.imu.offsetMs, read.imu.ax], [noonMs + 10_000, [0, 5000, 9990], [0.5, 1, 0]])
      assert.deepEqual([read.imu.gx, read.fixes.speedMps], [[null, null, null], [12.5]])
    })

    it('are kept by arrival: an old stretch that was asked for stays', async () => {
      const { id } = await newDevice()
      for (const [seq, at] of [
        [1, noonMs + 10_000],
        [2, noonMs + 20_000],
        [3, noonMs],
      ] as const)
        await storeRawChunks(db, { deviceId: id, boot: 1, firstSeq: seq, keep: 2 }, [packed(chunkAt(at))])
      assert.deepEqual(
        (await list(id)).items.map(({ seq }) => seq),
        [2, 3],
      )
    })

    it('are for admins alone, and refused where they are not there', async () => {
      const { id, driverId } = await newDevice()
      const driver = caller(app, (await sessions.issue(await addUser(db, 'driver@example.org', driverId))).token)
      assert.equal((await driver('GET', `/api/v1/devices/${id}/raw-chunks`)).status, 403)
      assert.equal((await driver('GET', `/api/v1/devices/${id}/raw-chunks/1/1`)).status, 403)
      assert.equal((await admin('GET', `/api/v1/devices/${id}/raw-chunks/1/1`)).status, 404)
      assert.equal((await admin('GET', `/api/v1/devices/${id}/raw-chunks/1/x`)).status, 422)
      assert.equal((await admin('GET', `/api/v1/devices/${id}/raw-chunks?cursor=x`)).status, 422)
    })
  })
}
