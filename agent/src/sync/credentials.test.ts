import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { firstShown, loginOptions } from './credentials.ts'

const { publicKey, privateKey } = generateKeyPair()
const login = { device: 'DEV-1', password: 'secret' }
const certified = { ...login, certificate: { pem: 'CERTIFICATE', privateKey }, authority: 'AUTHORITY' }

describe('loginOptions', () => {
  it('shows certificate and key with TLS alone, and goes by the password without', () => {
    assert.equal(firstShown('mqtt://broker', certified), 'password')
    assert.equal(firstShown('mqtts://broker', { ...certified, certificate: null }), 'password')
    assert.equal(firstShown('mqtts://broker', certified), 'certificate')
    const plain = { clientId: 'DEV-1', username: 'DEV-1', password: 'secret' }
    assert.deepEqual(loginOptions('mqtt://broker', certified, 'certificate'), plain)
    const { cert, key, ca, ...rest } = loginOptions('mqtts://broker', certified, 'certificate')
    assert.deepEqual(rest, plain)
    assert.equal(cert, 'CERTIFICATE')
    assert.equal(createPublicKey(String(key)).export({ format: 'jwk' }).x, publicKey)
    assert.equal((ca as string[])[0], 'AUTHORITY')
    assert.equal(loginOptions('mqtts://broker', certified, 'password').cert, undefined)
  })

  it('trusts those that everybody trusts where the cloud named nobody', () => {
    assert.equal(loginOptions('mqtts://broker', { ...certified, authority: null }, 'certificate').ca, undefined)
  })
})
