import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAllowedHost } from './allowed-host.ts'

test('isAllowedHost takes addresses and this computer’s names, and no other name', () => {
  for (const host of ['127.0.0.1:8010', 'localhost', '[::1]:8010', '192.168.4.1:8010', 'carbox:8010', 'carbox.local'])
    assert.ok(isAllowedHost(host, ['carbox']), host)
  for (const host of [
    'evil.example',
    'carbox.evil.example:8010',
    'a@127.0.0.1',
    '127.0.0.1/x',
    '',
    'carbox.local.',
    'x y',
  ])
    assert.ok(!isAllowedHost(host, ['carbox']), host)
  assert.ok(!isAllowedHost(undefined, ['carbox']))
})
