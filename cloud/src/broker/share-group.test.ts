import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clientIdIn, shareGroup } from './share-group.ts'

const url = 'mqtt://fairmile-cloud@broker.example'
const secret = /^fairmile-ingest-[0-9a-f]{32}$/

describe('shareGroup', () => {
  it('is a secret of the account, the same wherever its password is from', () => {
    const group = shareGroup(url, { password: 'of all/processes' })
    assert.match(group, secret)
    assert.equal(shareGroup('mqtts://fairmile-cloud:of%20all%2Fprocesses@other.example', {}), group)
    assert.notEqual(shareGroup(url, { password: 'of others' }), group)
  })

  it('is made of the private key where there is no password, and plain where there is neither', () => {
    assert.match(shareGroup(url, { key: '-----BEGIN PRIVATE KEY-----' }), secret)
    assert.equal(shareGroup(url, {}), 'fairmile-ingest')
  })
})

describe('clientIdIn', () => {
  it('is another in another group, and tells no group’s name', () => {
    const group = shareGroup(url, { password: 'a' })
    const clientId = clientIdIn(group, 'fairmile-ingest-1')
    assert.match(clientId, /^fairmile-ingest-1-[0-9a-f]{8}$/)
    assert.notEqual(clientId, clientIdIn(shareGroup(url, { password: 'b' }), 'fairmile-ingest-1'))
    assert.ok(!group.includes(clientId.slice(-8)))
  })
})
