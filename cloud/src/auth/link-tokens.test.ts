import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createLinkTokens, hashOfToken } from './link-tokens.ts'

const tokens = createLinkTokens(new Uint8Array(32).fill(3))

describe('createLinkTokens', () => {
  it('makes the same token of the same link again, of 43 characters that need no escape in an address', () => {
    const link = { userId: 'USR-1', nonce: tokens.drawNonce() }
    assert.match(tokens.tokenOf(link), /^[\w-]{43}$/)
    assert.equal(tokens.tokenOf(link), tokens.tokenOf({ ...link }))
  })

  it('makes another one for another log-in, nonce or key', () => {
    const link = { userId: 'USR-1', nonce: tokens.drawNonce() }
    const others = [
      tokens.tokenOf({ ...link, userId: 'USR-2' }),
      tokens.tokenOf({ ...link, nonce: tokens.drawNonce() }),
      createLinkTokens(new Uint8Array(32).fill(4)).tokenOf(link),
    ]
    assert.equal(new Set([tokens.tokenOf(link), ...others]).size, 4)
  })
})

it('hashOfToken does not tell the token', () => {
  const token = tokens.tokenOf({ userId: 'USR-1', nonce: 'n' })
  assert.match(hashOfToken(token), /^[\w-]{43}$/)
  assert.notEqual(hashOfToken(token), token)
})
