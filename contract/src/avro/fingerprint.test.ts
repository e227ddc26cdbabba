import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprint } from './fingerprint.ts'

test('fingerprint is that of Avro’s own test vectors', () => {
  const vectors: [string, bigint][] = [
    ['"null"', 7195948357588979594n],
    ['"boolean"', -6970731678124411036n],
    ['"int"', 8247732601305521295n],
    ['"long"', -3434872931120570953n],
    ['{"name":"foo","type":"record","fields":[]}', -4824392279771201922n],
  ]
  for (const [schema, expected] of vectors) assert.equal(fingerprint(schema).readBigInt64LE(), expected, schema)
})
