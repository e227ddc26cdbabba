import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc16 } from './crc16.ts'
import { encodeFrame } from './frame.ts'
import { createLink } from './link.ts'
import type { Message } from './messages.ts'

const messages: Message[] = [
  { kind: 'hello', version: 1, chip: 'mpu6050', rateHz: 100, accelStepsPerG: 2048, gyroDecistepsPerDps: 164 },
  { kind: 'imu', atUs: 2 ** 40 + 1, periodUs: 10_000, samples: Int16Array.from([0, -1, 2048, 32767, -32768, 0]) },
  { kind: 'state', atUs: 5, ignition: true, batteryMv: 12_600 },
  { kind: 'state', atUs: 0, ignition: null, batteryMv: null },
  { kind: 'ack', of: 255, status: 'refused' },
  { kind: 'odometer', atUs: 6, metres: 123_456_700, stepM: 100 },
  { kind: 'health', atUs: 7, imuCentiC: -1250, lostSamples: 3, selfTest: 'passed' },
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

test('createLink counts frames that never came, and starts anew when the board restarts', () => {
  const got: string[] = []
  const link = createLink({ write: () => {}, onMessage: ({ kind }, seq) => got.push(`${kind} ${seq}`) })
  const ping = (seq: number) => link.push(encodeFrame({ type: 0x81, seq, payload: new Uint8Array(0) }))
  for (const seq of [254, 255, 0, 3]) ping(seq)
  assert.equal(link.counters().lostFrames, 2)
  const lines: Uint8Array[] = []
  const board = createLink({ write: (bytes) => lines.push(bytes), onMessage: () => {} })
  board.send(messages[0] as Message)
  board.send({ kind: 'ping' })
  for (const line of lines) link.push(line)
  assert.equal(link.counters().lostFrames, 2)
  assert.deepEqual(got, ['ping 254', 'ping 255', 'ping 0', 'ping 3', 'hello 0', 'ping 1'])
})

test('createLink counts messages of a kind that it does not know, and goes on', () => {
  const got: Message[] = []
  const link = createLink({ write: () => {}, onMessage: (message) => got.push(message) })
  link.push(encodeFrame({ type: 0x44, seq: 0, payload: Uint8Array.of(1) }))
  link.push(encodeFrame({ type: 0x81, seq: 1, payload: new Uint8Array(0) }))
  assert.deepEqual(got, [{ kind: 'ping' }])
  assert.equal(link.counters().unknownMessages, 1)
})
