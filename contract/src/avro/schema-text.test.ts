import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wireSchemas } from '../schemas/wire-schemas.ts'
import { schemaCodec } from './schema-codec.ts'
import { describeSchema, maxSchemaLength, parseSchema } from './schema-text.ts'

test('parseSchema gives every schema of the wire the fingerprint that its batches carry', () => {
  for (const schema of Object.values(wireSchemas))
    assert.deepEqual(parseSchema(JSON.stringify(schema, null, 2)).fingerprint, schemaCodec(schema).fingerprint)
})

test('describeSchema tells defaults from each other, and not ways to write a name', () => {
  const schema = (more: object, field: object) =>
    ({ type: 'record', fields: [{ name: 'a', type: 'int', ...field }], ...more }) as Parameters<
      typeof describeSchema
    >[0]
  const plain = describeSchema(schema({ name: 'x.R' }, {}))
  const split = describeSchema(schema({ name: 'R', namespace: 'x' }, {}))
  const filled = describeSchema(schema({ name: 'x.R' }, { default: 1 }))
  assert.equal(split.normal, plain.normal)
  assert.notEqual(filled.normal, plain.normal)
  assert.deepEqual(filled.fingerprint, plain.fingerprint)
})

test('parseSchema refuses what is no JSON, no schema, or too long', () => {
  assert.throws(() => parseSchema('{'), SyntaxError)
  assert.throws(() => parseSchema('{"type":"record"}'))
  assert.throws(() => parseSchema('"nothing"'))
  assert.throws(() => parseSchema('{"type":"record","name":"R","fields":[{"name":"a","type":"Q"}]}'))
  assert.throws(() => parseSchema(`"${'x'.repeat(maxSchemaLength)}"`), RangeError)
})
