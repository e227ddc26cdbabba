import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair, sha256, sign, verify } from './chain.ts'

/** RFC 8032, section 7.1, test 2. */
const rfc = {
  privateKey: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  message: '72',
  signature:
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
}
const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url')

test('sign makes the signature of RFC 8032', () => {
  const signature = sign(Buffer.from(rfc.message, 'hex'), base64url(rfc.privateKey))
  assert.equal(signature.toString('hex'), rfc.signature)
})

test('verify takes a signature of the key pair and no other', () => {
  const pair = generateKeyPair()
  const bytes = Buffer.from('a batch')
  const signature = sign(bytes, pair.privateKey)
  assert.equal(verify(bytes, signature, pair.publicKey), true)
  assert.equal(verify(Buffer.from('a catch'), signature, pair.publicKey), false)
  assert.equal(verify(bytes, signature, generateKeyPair().publicKey), false)
  assert.equal(verify(bytes, signature.subarray(1), pair.publicKey), false)
})

test('verify says what is wrong with a key of another length', () => {
  assert.throws(() => verify(Buffer.alloc(1), Buffer.alloc(64), 'AAAA'), /expected 32 bytes in base64url, got 3/)
})

test('sha256 is that of FIPS 180-4', () => {
  assert.equal(sha256(Buffer.from('abc')).toString('hex').slice(0, 16), 'ba7816bf8f01cfea')
})
