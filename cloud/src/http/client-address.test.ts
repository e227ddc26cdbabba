import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Hono } from 'hono'
import { clientAddress } from './client-address.ts'

async function addressOf(proxies: number, forwardedFor?: string): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(clientAddress(c, { proxies })))
  const headers: Record<string, string> = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
  const incoming = { socket: { remoteAddress: '::ffff:192.0.2.9', remotePort: 1, remoteFamily: 'IPv6' } }
  return (await app.request('/', { headers }, { incoming })).text()
}

describe('clientAddress', () => {
  it('is that of the socket, whatever a header says, where there is no proxy', async () => {
    assert.equal(await addressOf(0), '192.0.2.9')
    assert.equal(await addressOf(0, '198.51.100.1'), '192.0.2.9')
  })

  it('is what the outermost proxy wrote, not what the client made up', async () => {
    assert.equal(await addressOf(1, '203.0.113.5, 198.51.100.1'), '198.51.100.1')
    assert.equal(await addressOf(2, '203.0.113.5, 198.51.100.1, 192.0.2.8'), '198.51.100.1')
    assert.equal(await addressOf(1, '2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
  })

  it('is one network however its IPv6 address is written', async () => {
    for (const written of ['2001:db8::1', '2001:db8::ffff:0:0:1', '2001:0DB8:0:0:9::', '2001:db8:0:0:1:2:3:4'])
      assert.equal(await addressOf(1, written), '2001:db8:0:0', written)
    assert.equal(await addressOf(1, '::1'), '0:0:0:0')
    assert.equal(await addressOf(1, 'fe80::1%eth0'), 'fe80:0:0:0')
  })

  it('is that of the socket where a proxy wrote nothing of use', async () => {
    assert.equal(await addressOf(1), '192.0.2.9')
    assert.equal(await addressOf(2, '198.51.100.1'), '192.0.2.9')
    assert.equal(await addressOf(1, 'unknown'), '192.0.2.9')
  })
})
