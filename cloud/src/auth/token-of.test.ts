import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokenOf } from './token-of.ts'

test('tokenOf takes the bearer, or else the session cookie among others', () => {
  assert.equal(tokenOf('Bearer a.b-c_d', 'fairmile_session=x'), 'a.b-c_d')
  assert.equal(tokenOf(undefined, 'other=1; fairmile_session=a.b.c; more=2'), 'a.b.c')
  assert.equal(tokenOf('Basic abc', 'fairmile_session=a.b.c'), 'a.b.c')
  for (const cookie of [undefined, '', 'not_fairmile_session=x', 'fairmile_sessions=x'])
    assert.equal(tokenOf(undefined, cookie), undefined)
})
