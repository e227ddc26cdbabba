import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import type { DeadLetterReplay } from '@fairmile/contract/http/dead-letters.ts'
import { logTopic, streams } from '@fairmile/contract/topics.ts'
import { eq } from 'drizzle-orm'
import type { SelectedFields } from 'drizzle-orm/pg-core'
import type { Database } from '../src/db/database.ts'
import { deadLetters, deviceBatches, devices } from '../src/db/schema/devices.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { type ReplayOptions, replayDeadLetters } from '../src/dead-letters/replay.ts'
import { deviceChains } from '../src/devices/chains.ts'
import { revokeDevice } from '../src/devices/revoke-device.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

for (const engine of engines()) {
  describe(`replaying dead letters on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let count = 0
    const newDevice = () => addDevice(db, ++count)
    const replay = (options: Omit<ReplayOptions, 'by'>) =>
      replayDeadLetters(database, { by: 'a test', nowMs: testNowMs, ...options })
    const outcomes = ({ letters }: DeadLetterReplay) => letters.map(({ outcome, reason }) => [outcome, reason])
    const lettersOf = ({ id }: TestDevice) => db.select().from(deadLetters).where(eq(deadLetters.deviceId, id))
    const storedOf = async ({ id }: TestDevice) =>
      (await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, id))).length
    const setKey = (device: TestDevice, publicKey: string) =>
      db.update(devices).set({ publicKey }).where(eq(devices.id, device.id))

    /** Sends batches while another key of the device is known, so that they are dead letters; then the right one is. */
    async function lose(device: TestDevice, batches: number): Promise<ReturnType<typeof laneOf<'telematics'>>> {
      await setKey(device, generateKeyPair().publicKey)
      const lane = laneOf(device, 'telematics')
      const { ingest } = startIngest(database)
      const messages = Array.from({ length: batches }, () => lane.sealEvents(5).message)
      for (let time = 0; time < 6; time++) for (const message of messages) await ingest.take(message) // until they are acked
      await ingest.stop()
      await setKey(device, device.keys.publicKey)
      assert.equal(await storedOf(device), 0)
      return lane
    }

    it('takes what can be taken now, once, and says when and by whom', async () => {
      const device = await newDevice()
      const lane = await lose(device, 2)
      const { ingest, acks } = startIngest(database)
      await ingest.take(lane.sealEvents(5).message)
      await ingest.stop()
      assert.equal(acks.at(-1)?.ack.upTo, 15)
      const [holed] = await deviceChains(db, device.id)
      assert.deepEqual([holed?.rejected, holed?.missing], [10, []])

      assert.deepEqual(outcomes(await replay({ deviceId: device.id, dryRun: true })), [
        ['would_replay', 'bad_signature'],
        ['would_replay', 'bad_signature'],
      ])
      assert.equal(await storedOf(device), 5)
      assert.deepEqual(outcomes(await replay({ deviceId: device.id })), [
        ['replayed', null],
        ['replayed', null],
      ])
      assert.equal(await storedOf(device), 15)
      const letters = await lettersOf(device)
      assert.deepEqual(
        letters.map(({ replayedBy, tries, replayedAt }) => [replayedBy, tries, replayedAt instanceof Date]),
        [
          ['a test', 1, true],
          ['a test', 1, true],
        ],
      )
      const [whole] = await deviceChains(db, device.id)
      assert.deepEqual([whole?.rejected, whole?.missing, whole?.openEnds, whole?.ackedSeq], [0, [], [], 15])
      assert.deepEqual(await replay({ deviceId: device.id }), { letters: [], more: false })
      assert.equal(await storedOf(device), 15)
    })

    it('keeps what is refused again, once, with the new reason', async () => {
      const device = await newDevice()
      const other = await newDevice()
      const { ingest } = startIngest(database)
      const { bytes } = laneOf(other, 'telematics').sealEvents(5)
      const topic = logTopic(device.id, 'telematics')
      await db
        .update(devices)
        .set({ publicKey: null, passwordHash: null, claimedAt: null })
        .where(eq(devices.id, device.id))
      await ingest.take({ topic, payload: bytes })
      await ingest.stop()
      assert.deepEqual(
        (await lettersOf(device)).map(({ reason }) => reason),
        ['unknown_device'],
      )
      await db
        .update(devices)
        .set({ publicKey: device.keys.publicKey, passwordHash: 'x', claimedAt: new Date() })
        .where(eq(devices.id, device.id))
      const ids = (await lettersOf(device)).map(({ id }) => String(id))
      for (const tries of [1, 2]) {
        assert.deepEqual(outcomes(await replay({ ids })), [['rejected', 'foreign']])
        const letters = await lettersOf(device)
        assert.deepEqual(
          letters.map((letter) => [String(letter.id), letter.reason, letter.tries, letter.replayedAt]),
          [[ids[0], 'foreign', tries, null]],
        )
      }
      const logged = await db.select().from(deviceBatches).where(eq(deviceBatches.deviceId, device.id))
      assert.deepEqual(
        logged.map(({ rejected }) => rejected),
        ['foreign'],
      )
    })

    it('counts what came again in the meantime as taken', async () => {
      const device = await newDevice()
      await lose(device, 1)
      const [letter] = await lettersOf(device)
      await db.delete(deviceBatches).where(eq(deviceBatches.deviceId, device.id))
      const { ingest } = startIngest(database)
      await ingest.take({ topic: letter!.topic, payload: letter!.payload! })
      await ingest.stop()
      assert.deepEqual(outcomes(await replay({ deviceId: device.id })), [['replayed', null]])
      assert.equal(await storedOf(device), 5)
    })

    it('leaves alone what the broker refused, and what has no payload', async () => {
      const [device, victim] = [await newDevice(), await newDevice()]
      const state = Buffer.from(JSON.stringify({ online: true, at: testNowMs, boot: 1, agentVersion: '1.0.0' }))
      const { ingest } = startIngest(database)
      const topic = streams.state.topic(victim.id)
      const refused = { deviceId: device.id, detail: 'a test', sizeBytes: state.length }
      ingest.refused({ ...refused, topic, reason: 'foreign_topic', payload: state })
      ingest.refused({ ...refused, topic: '', reason: 'oversized_packet', payload: null })
      await ingest.stop()
      assert.deepEqual(outcomes(await replay({ deviceId: device.id })), [
        ['not_replayable', 'foreign_topic'],
        ['not_replayable', 'oversized_packet'],
      ])
    })

    it('reads no message for a dry run, and each of them only when its turn comes', async () => {
      const device = await newDevice()
      await lose(device, 2)
      const asked: unknown[] = []
      const watched: Database = Object.create(db, {
        select: {
          value: (columns?: SelectedFields) => {
            if (columns === undefined || columns.payload) asked.push(columns)
            return columns === undefined ? db.select() : db.select(columns)
          },
        },
      })
      const ask = { by: 'a test', nowMs: testNowMs, deviceId: device.id }
      const dry = await replayDeadLetters({ ...database, db: watched }, { ...ask, dryRun: true })
      assert.deepEqual([dry.letters.length, asked], [2, []])
      const [first, second] = await lettersOf(device)
      await database.alone(`
        CREATE FUNCTION make_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN DELETE FROM dead_letters WHERE id = ${second!.id}; RETURN NULL; END $$`)
      await database.alone(`
        CREATE TRIGGER make_room AFTER UPDATE OF replayed_at ON dead_letters FOR EACH ROW
        WHEN (NEW.id = ${first!.id}) EXECUTE FUNCTION make_room()`)
      assert.deepEqual(outcomes(await replay({ deviceId: device.id })), [
        ['replayed', null],
        ['not_replayable', 'bad_signature'],
      ])
      assert.equal(await storedOf(device), 5)
    })

    it('leaves alone what a device said that is revoked now', async () => {
      const device = await newDevice()
      await lose(device, 1)
      await revokeDevice(db, device.id)
      for (const dryRun of [true, false])
        assert.deepEqual(outcomes(await replay({ deviceId: device.id, dryRun })), [['not_replayable', 'bad_signature']])
      const [letter] = await lettersOf(device)
      assert.deepEqual([letter?.reason, letter?.tries, letter?.replayedAt], ['bad_signature', 0, null])
    })

    it('is there for admins: list, look, load down, replay', async () => {
      const device = await newDevice()
      await lose(device, 1)
      const { app, sessions } = createTestApp(db, { replay: (options) => replay(options) })
      const { token } = await sessions.issue(await addUser(db, 'admin@example.org'))
      const call = caller(app, token)
      const waiting = `/api/v1/dead-letters?deviceId=${device.id}&reason=bad_signature&replayed=false`
      const { items } = (await call('GET', waiting)).body as { items: { id: string; hasPayload: boolean }[] }
      assert.deepEqual(
        items.map(({ hasPayload }) => hasPayload),
        [true],
      )
      const path = `/api/v1/dead-letters/${items[0]?.id}`
      const { batch } = (await call('GET', path)).body as { batch: object }
      assert.deepEqual(batch, {
        ...{
          deviceId: device.id,
          lane: 'telematics',
          boot: 1,
          firstSeq: 1,
          lastSeq: 5,
          fingerprint: '9348d1e31e80a316',
        },
      })
      const loaded = await app.request(`${path}/payload`, { headers: { authorization: `Bearer ${token}` } })
      assert.deepEqual(Buffer.from(await loaded.arrayBuffer()), (await lettersOf(device))[0]?.payload)
      const answer = await call('POST', '/api/v1/dead-letters/replay', { deviceId: device.id })
      assert.deepEqual(outcomes(answer.body as DeadLetterReplay), [['replayed', null]])
      assert.deepEqual((await call('GET', waiting)).body, { items: [], nextCursor: null })
      const { items: chains } = (await call('GET', `/api/v1/devices/${device.id}/chains`)).body as { items: object[] }
      assert.equal(chains.length, 1)
    })

    it('tells what of a log is not here: dropped, missing and unproved', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const { ingest } = startIngest(database)
      const [first, lost, third] = [lane.sealEvents(5), lane.sealEvents(5), lane.sealEvents(5)]
      for (const batch of [first, ...Array.from({ length: 6 }, () => third)]) await ingest.take(batch.message)
      await ingest.stop()
      const expected = { lane: 'telematics', boot: 1, ackedSeq: 15, dropped: 0, rejected: 0 }
      assert.deepEqual(await deviceChains(db, device.id), [
        { ...expected, missing: [{ firstSeq: 6, lastSeq: 10 }], openEnds: [11] },
      ])
      const late = startIngest(database)
      await late.ingest.take(lost.message)
      await late.ingest.stop()
      assert.deepEqual(await deviceChains(db, device.id), [{ ...expected, missing: [], openEnds: [] }])
      assert.deepEqual(await deviceChains(db, 'DEV-NONE'), [])
    })
  })
}
