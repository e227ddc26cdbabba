import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createPacketGuard, type PacketViolation } from './packet-guard.ts'

const limits = { maxConnectBytes: 100, maxPacketBytes: 1000 }

/** An MQTT packet of a type with so many bytes after its header. */
function packet(type: number, size: number): Buffer {
  const header = [type << 4]
  let rest = size
  do {
    header.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
    rest >>>= 7
  } while (rest > 0)
  return Buffer.concat([Buffer.from(header), Buffer.alloc(size, 0x10)])
}

const connect = packet(1, 60)

function feed(...chunks: Uint8Array[]): PacketViolation | null {
  const guard = createPacketGuard(limits)
  for (const chunk of chunks) {
    const violation = guard.check(chunk)
    if (violation) return violation
  }
  return null
}

describe('createPacketGuard', () => {
  it('lets packets within the limits through', () => {
    assert.equal(feed(Buffer.concat([connect, packet(3, 1000), packet(12, 0), packet(3, 130)])), null)
  })

  it('ends a connection that does not begin with CONNECT', () => {
    assert.equal(feed(Buffer.from('GET / HTTP/1.1\r\n'))?.reason, 'not_connect')
    assert.equal(feed(packet(3, 10))?.reason, 'not_connect')
  })

  it('ends a CONNECT that is too large as soon as its length is known', () => {
    assert.deepEqual(feed(packet(1, 101).subarray(0, 2)), { reason: 'connect_too_large', sizeBytes: 101 })
  })

  it('ends a later packet that is too large before its body comes', () => {
    assert.deepEqual(feed(connect, packet(3, 1001).subarray(0, 3)), { reason: 'packet_too_large', sizeBytes: 1001 })
  })

  it('ends a length of more than four bytes', () => {
    assert.equal(feed(connect, Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]))?.reason, 'malformed_length')
  })

  it('says the same whatever pieces the bytes come in', () => {
    const type = fc.integer({ min: 0, max: 15 })
    const packets = fc.array(fc.tuple(type, fc.integer({ min: 0, max: 1100 })), { maxLength: 6 })
    fc.assert(
      fc.property(packets, fc.integer({ min: 1, max: 50 }), (list, step) => {
        const bytes = Buffer.concat([connect, ...list.map(([kind, size]) => packet(kind, size))])
        const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
          bytes.subarray(i * step, (i + 1) * step),
        )
        assert.deepEqual(feed(...pieces), feed(bytes))
      }),
      { seed: 1 },
    )
  })
})
