import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair, sign, verify } from '@fairmile/contract/chain.ts'
import { checkSignature, parseTrustedKeys } from './signature.ts'

const { publicKey, privateKey } = generateKeyPair()
const manifest = new TextEncoder().encode('{"name":"driver-risk"}')
const signatureOf = (bytes: Uint8Array, key = privateKey) =>
  JSON.stringify({ keyId: 'one', signature: sign(bytes, key).toString('base64') })
const trust = { keys: parseTrustedKeys(JSON.stringify({ keys: [{ id: 'one', publicKey, owner: 'us' }] })), verify }

test('checkSignature names the key that signed the manifest', () => {
  assert.equal(checkSignature(manifest, signatureOf(manifest), trust).owner, 'us')
})

test('checkSignature refuses a manifest whose any byte was changed, and the word of anybody else', () => {
  const signature = signatureOf(manifest)
  for (let at = 0; at < manifest.length; at++) {
    const changed = manifest.slice()
    changed[at]! ^= 1
    assert.throws(() => checkSignature(changed, signature, trust), /is not what the key "one" signed/)
  }
  const other = signatureOf(manifest, generateKeyPair().privateKey)
  assert.throws(() => checkSignature(manifest, other, trust), /is not what the key "one" signed/)
  assert.throws(() => checkSignature(manifest, signature, { ...trust, keys: [] }), /not among the trusted ones/)
})

test('checkSignature says what is wrong where there is no signature, or none that can be read', () => {
  assert.throws(() => checkSignature(manifest, null, trust), /not signed/)
  for (const damaged of ['', '{}', 'null', '{"keyId":"one","signature":"%"}', '{"keyId":1,"signature":""}'])
    assert.throws(() => checkSignature(manifest, damaged, trust), /manifest.sig is damaged/)
  assert.throws(
    () => checkSignature(manifest, '{"keyId":"one","signature":""}', trust),
    /is not what the key "one" signed/,
  )
})

test('parseTrustedKeys refuses what is no list of keys', () => {
  for (const text of ['{}', '{"keys":[{}]}', '{"keys":[null]}']) assert.throws(() => parseTrustedKeys(text), TypeError)
})
