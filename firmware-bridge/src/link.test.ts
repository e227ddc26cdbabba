import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc16 } from './crc16.ts'
import { createLink } from './link.ts'
import type { Message } from './messages.ts'

const messages: Message[] = [
  { kind: 'hello', version: 1, chip: 'mpu6050', rateHz: 100, accelStepsPerG: 2048, gyroDecistepsPerDps: 164 },
  { kind: 'imu', atUs: 2 ** 40 + 1, periodUs: 10_000, samples: Int16Array.from([0, -1, 2048, 32767, -32768, 0]) },
  { kind: 'state', atUs: 5, ignition: true, batteryMv: 12_600 },
  { kind: 'state', atUs: 0, ignition: null, batteryMv: null },
  { kind: 'ack', of: 255, status: 'refused' },
  { kind: 'ping' },
  { kind: 'buzzer', frequencyHz: 2400, durationMs: 200 },
  { kind: 'sleep', afterS: 30, wakeS: 86_400 },
]

test('crc16 has the check value of CRC-16/CCITT-FALSE', () => {
  assert.equal(crc16(new TextEncoder().encode('123456789')), 0x29b1)
})

test('createLink carries every kind of message, byte by byte', () => {
  const got: Message[] = []
  const far = createLink({ write: () => {}, onMessage: (message) => got.push(message) })
  const near = createLink({
    write: (bytes) => {
      for (const byte of bytes) far.push(Uint8Array.of(byte))
    },
    onMessage: () => {},
  })
  for (const message of messages) near.send(message)
  assert.deepEqual(got, messages)
  assert.deepEqual(far.counters(), {
    frames: messages.length,
    faults: { stuffing: 0, short: 0, crc: 0, oversize: 0 },
    droppedBytes: 0,
    lostFrames: 0,
    unknownMessages: 0,
  })
})
