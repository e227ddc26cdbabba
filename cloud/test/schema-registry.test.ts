import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { maxSchemaLength } from '@fairmile/contract/avro/schema-text.ts'
import { schemaRegistryType } from '@fairmile/contract/http/schema-registry.ts'
import { wireSchemas } from '@fairmile/contract/schemas/wire-schemas.ts'
import { logTopic } from '@fairmile/contract/topics.ts'
import { eq } from 'drizzle-orm'
import { devices } from '../src/db/schema/devices.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { replayDeadLetters } from '../src/dead-letters/replay.ts'
import { UsageError } from '../src/errors.ts'
import { ensureSchemas } from '../src/schemas/ensure-schemas.ts'
import { addUser, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

const root = '/api/v1/schema-registry'
const record = (...fields: object[]) => ({ type: 'record', name: 'test.R', fields })
const a = { name: 'a', type: 'int' }
const b = { name: 'b', type: 'string' }

for (const engine of engines()) {
  describe(`the schema registry on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { app, sessions } = createTestApp(db)
    const { token } = await sessions.issue(await addUser(db, 'admin@example.org'))

    /** Calls it as Confluent's clients do. */
    const call = async (method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> => {
      const response = await app.request(`${root}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': schemaRegistryType, accept: schemaRegistryType },
        ...(body && { body: JSON.stringify(body) }),
      })
      assert.equal(response.headers.get('content-type'), schemaRegistryType)
      return { status: response.status, body: await response.json() }
    }
    const post = (subject: string, schema: unknown) =>
      call('POST', `/subjects/${subject}/versions`, { schema: JSON.stringify(schema), schemaType: 'AVRO' })
    const errorOf = ({ status, body }: { status: number; body: unknown }) => {
      const { error_code: code, message } = body as { error_code: number; message: string }
      assert.ok(message.length > 0)
      return [status, code]
    }

    it('has the schemas of its release from the start, each once, however often it starts', async () => {
      assert.equal((await ensureSchemas(db)).length, Object.keys(wireSchemas).length)
      assert.deepEqual(await ensureSchemas(db), [])
      const { body } = await call('GET', '/subjects')
      assert.deepEqual(body, Object.keys(wireSchemas).toSorted())
      const telematics = await call('GET', '/subjects/fairmile.telematics/versions/latest')
      const { fingerprint, version } = telematics.body as { fingerprint: string; version: number }
      assert.deepEqual([version, fingerprint], [1, '9348d1e31e80a316'])
    })

    it('numbers versions, gives a schema one id wherever it is, and finds it again', async () => {
      const first = await post('test.one', record(a))
      assert.equal(first.status, 200)
      const { id } = first.body as { id: number }
      const again = await post('test.one', { ...record(a), name: 'R', namespace: 'test' })
      assert.deepEqual(again.body, { id }, 'the same, written in another way')
      assert.deepEqual((await post('test.two', record(a))).body, { id })
      assert.equal((await post('test.one', record(a, { ...b, default: '' }))).status, 200)
      assert.deepEqual((await call('GET', '/subjects/test.one/versions')).body, [1, 2])
      assert.deepEqual((await call('GET', `/schemas/ids/${id}`)).body, { schema: JSON.stringify(record(a)) })
      assert.deepEqual((await call('GET', `/schemas/ids/${id}/versions`)).body, [
        { subject: 'test.one', version: 1 },
        { subject: 'test.two', version: 1 },
      ])
      const found = await call('POST', '/subjects/test.one', { schema: JSON.stringify(record(a)) })
      const { fingerprint, ...version } = found.body as { fingerprint: string }
      assert.deepEqual(version, { subject: 'test.one', version: 1, id, schema: JSON.stringify(record(a)) })
      const byFingerprint = (await call('GET', `/schemas/fingerprints/${fingerprint}`)).body as { subject: string }[]
      assert.deepEqual(
        byFingerprint.map(({ subject }) => subject),
        ['test.one', 'test.two'],
      )
      assert.deepEqual((await call('GET', '/subjects/test.one/versions/1/schema')).body, record(a))
      assert.deepEqual((await call('GET', '/schemas/types')).body, ['AVRO'])
    })

    it('refuses what the level of the subject forbids, and says why', async () => {
      await post('test.levels', record(a))
      const check = (schema: unknown, version = '/latest') =>
        call('POST', `/compatibility/subjects/test.levels/versions${version}?verbose=true`, {
          schema: JSON.stringify(schema),
        })
      assert.deepEqual((await check(record(a, b))).body, {
        is_compatible: false,
        messages: ['It cannot read what version 1 wrote: no matching field for default-less test.R.b'],
      })
      assert.deepEqual((await check(record(a, { ...b, default: '' }), '')).body, { is_compatible: true, messages: [] })
      assert.deepEqual(errorOf(await post('test.levels', record(a, b))), [409, 409])
      assert.deepEqual((await call('GET', '/config')).body, { compatibilityLevel: 'BACKWARD_TRANSITIVE' })
      assert.deepEqual(errorOf(await call('GET', '/config/test.levels')), [404, 40408])
      assert.deepEqual((await call('PUT', '/config/test.levels', { compatibility: 'forward' })).body, {
        compatibility: 'FORWARD',
      })
      assert.equal((await post('test.levels', record(a, b))).status, 200)
      assert.deepEqual(errorOf(await post('test.levels', record(b))), [409, 409])
      assert.deepEqual((await call('DELETE', '/config/test.levels')).body, { compatibilityLevel: 'FORWARD' })
      assert.deepEqual((await call('GET', '/config/test.levels?defaultToGlobal=true')).body, {
        compatibilityLevel: 'BACKWARD_TRANSITIVE',
      })
      assert.deepEqual((await call('PUT', '/config', { compatibility: 'FULL' })).body, { compatibility: 'FULL' })
      await call('PUT', '/config', { compatibility: 'BACKWARD_TRANSITIVE' })
    })

    it('answers with the error codes of Confluent’s API', async () => {
      const expected: [string, string, object | undefined, number[]][] = [
        ['GET', '/subjects/none/versions', undefined, [404, 40401]],
        ['GET', '/subjects/none/versions/1', undefined, [404, 40401]],
        ['GET', '/subjects/test.one/versions/99', undefined, [404, 40402]],
        ['GET', '/subjects/test.one/versions/0', undefined, [422, 42202]],
        ['GET', '/subjects/test.one/versions/one', undefined, [422, 42202]],
        ['GET', '/schemas/ids/99999', undefined, [404, 40403]],
        ['GET', '/schemas/ids/99999999999', undefined, [404, 40403]],
        ['GET', '/schemas/fingerprints/0000000000000000', undefined, [404, 40403]],
        ['POST', '/subjects/test.one', { schema: '"boolean"' }, [404, 40403]],
        ['POST', '/subjects/none', { schema: '"boolean"' }, [404, 40401]],
        ['POST', '/subjects/test.one/versions', { schema: '{"type":"record"}' }, [422, 42201]],
        ['POST', '/subjects/test.one/versions', { schema: 'not JSON' }, [422, 42201]],
        ['POST', '/subjects/test.one/versions', {}, [422, 422]],
        ['POST', '/subjects/test.one/versions', { schema: '"int"', schemaType: 'PROTOBUF' }, [422, 422]],
        ['POST', '/subjects/test.one/versions', { schema: `"${'x'.repeat(maxSchemaLength - 2000)}"` }, [422, 42201]],
        ['PUT', '/config', { compatibility: 'SIDEWARD' }, [422, 42203]],
      ]
      for (const [method, path, body, error] of expected)
        assert.deepEqual(errorOf(await call(method, path, body)), error, `${method} ${path}`)
    })

    it('gives numbers without a gap to those who register at once', async () => {
      const names = Array.from({ length: 8 }, (_, i) => `f${i}`)
      await Promise.all(names.map((name) => post('test.race', record(a, { name, type: 'int', default: 0 }))))
      assert.deepEqual((await call('GET', '/subjects/test.race/versions')).body, [1, 2, 3, 4, 5, 6, 7, 8])
    })

    it('keeps a release from starting whose schema cannot follow those that are here', async () => {
      await ensureSchemas(db, { 'test.release': record(a) })
      const next = { 'test.release': record(a, b) }
      await assert.rejects(ensureSchemas(db, next), (error: Error) => {
        assert.ok(error instanceof UsageError)
        assert.match(error.message, /test\.release.*cannot read what version 1 wrote.*schemas level test\.release NONE/)
        return true
      })
      await call('PUT', '/config/test.release', { compatibility: 'NONE' })
      assert.deepEqual(await ensureSchemas(db, next), ['test.release 2'])
      assert.deepEqual(await ensureSchemas(db, { 'test.release': record(a) }), [], 'a release before still starts')
    })

    it('lets ingest read batches of a schema that it was not built with, once it is registered', async () => {
      const examples = new URL('../../contract/examples/other-schemas/', import.meta.url)
      const { publicKey, schema, batchHex, expect } = JSON.parse(
        readFileSync(new URL('telematics-wider.json', examples), 'utf8'),
      ) as {
        publicKey: string
        schema: unknown
        batchHex: string
        expect: { device: string; records: { seq: number }[] }
      }
      const { id } = await addDevice(db)
      await db.update(devices).set({ id: expect.device, publicKey }).where(eq(devices.id, id))
      const message = { topic: logTopic(expect.device, 'telematics'), payload: Buffer.from(batchHex, 'hex') }
      const { ingest, acks } = startIngest(database)
      await ingest.take(message)
      await ingest.stop()
      assert.deepEqual(
        acks.flatMap(({ ack }) => ack.rejected.map(({ reason }) => reason)),
        ['unknown_schema'],
      )

      const replay = () => replayDeadLetters(database, { reason: 'unknown_schema', by: 'a test', nowMs: testNowMs })
      assert.deepEqual(
        (await replay()).letters.map(({ outcome }) => outcome),
        ['rejected'],
      )
      assert.equal((await post('fairmile.telematics', schema)).status, 200)
      assert.deepEqual(
        (await replay()).letters.map(({ outcome }) => outcome),
        ['replayed'],
      )
      const stored = await db.select({ seq: telematicsEvents.seq }).from(telematicsEvents)
      assert.deepEqual(
        stored.map(({ seq }) => seq).sort(),
        expect.records.map(({ seq }) => seq),
      )
    })
  })
}
