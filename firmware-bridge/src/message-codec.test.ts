import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeMessage, encodeMessage } from './message-codec.ts'
import { ackStatuses, imuScale, type Message, maxBurst, selfTests } from './messages.ts'

const u16 = fc.nat({ max: 0xffff })
const positive = fc.integer({ min: 1, max: 0xffff })
const kind = <K extends string>(name: K) => fc.constant(name)
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { noNullPrototype: true })
const message = fc.oneof(
  record({
    kind: kind('hello'),
    version: fc.nat({ max: 255 }),
    chip: fc.stringMatching(/^[!-~]{1,16}$/),
    rateHz: positive,
    accelStepsPerG: positive,
    gyroDecistepsPerDps: positive,
  }),
  record({
    kind: kind('imu'),
    atUs: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    periodUs: u16,
    samples: fc
      .int16Array({ minLength: 6, maxLength: maxBurst * 6 })
      .map((all) => all.subarray(0, all.length - (all.length % 6)).slice()),
  }),
  record({
    kind: kind('state'),
    atUs: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    ignition: fc.option(fc.boolean()),
    batteryMv: fc.option(fc.nat({ max: 0xfffe })),
  }),
  record({ kind: kind('ack'), of: fc.nat({ max: 255 }), status: fc.constantFrom(...ackStatuses) }),
  record({
    kind: kind('odometer'),
    atUs: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    metres: fc.nat({ max: 0xffff_ffff }),
    stepM: u16,
  }),
  record({
    kind: kind('health'),
    atUs: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    imuCentiC: fc.option(fc.integer({ min: -0x7fff, max: 0x7fff })),
    lostSamples: fc.nat({ max: 0xffff_ffff }),
    selfTest: fc.constantFrom(...selfTests),
  }),
  record({ kind: kind('ping') }),
  record({ kind: kind('buzzer'), frequencyHz: u16, durationMs: u16 }),
  record({ kind: kind('sleep'), afterS: u16, wakeS: fc.nat({ max: 0xffff_ffff }) }),
) as fc.Arbitrary<Message>

test('decodeMessage gives back every message that encodeMessage was given', () => {
  fc.assert(
    fc.property(message, (sent) => {
      assert.deepEqual(decodeMessage({ ...encodeMessage(sent), seq: 0 }), sent)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('decodeMessage gives null for a message cut or lengthened anywhere', () => {
  for (const sent of fc.sample(message, { seed: 2, numRuns: 50 })) {
    const { type, payload } = encodeMessage(sent)
    for (let length = 0; length < payload.length; length++)
      assert.equal(decodeMessage({ type, seq: 0, payload: payload.subarray(0, length) }), null)
    assert.equal(decodeMessage({ type, seq: 0, payload: Uint8Array.of(...payload, 0) }), null)
  }
})

test('decodeMessage never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 200 }), (type, payload) => {
      decodeMessage({ type, seq: 0, payload })
    }),
    { seed: 3, numRuns: 1000 },
  )
})

test('encodeMessage refuses values that do not fit their field', () => {
  assert.throws(() => encodeMessage({ kind: 'buzzer', frequencyHz: 70_000, durationMs: 1 }), /frequencyHz is 70000/)
  const health = { kind: 'health', atUs: 0, lostSamples: 0, selfTest: 'passed' } as const
  assert.throws(() => encodeMessage({ ...health, imuCentiC: -0x8000 }), /imuCentiC is -32768/)
  assert.throws(
    () => encodeMessage({ kind: 'imu', atUs: 0, periodUs: 1, samples: new Int16Array(7) }),
    /samples is 1.16/,
  )
  const tooMany = new Int16Array((maxBurst + 1) * 6)
  assert.throws(() => encodeMessage({ kind: 'imu', atUs: 0, periodUs: 1, samples: tooMany }), RangeError)
  const hello = { kind: 'hello', version: 1, rateHz: 1, accelStepsPerG: 1, gyroDecistepsPerDps: 1 } as const
  assert.throws(() => encodeMessage({ ...hello, chip: 'a name that is too long' }), /1 to 16 ASCII/)
})

test('imuScale is that of an MPU-6050 at ±16 g and ±2000 °/s', () => {
  const scale = imuScale({
    kind: 'hello',
    version: 1,
    chip: 'mpu6050',
    rateHz: 100,
    accelStepsPerG: 2048,
    gyroDecistepsPerDps: 164,
  })
  assert.ok(Math.abs(scale.mps2 * 32768 - 16 * 9.80665) < 1e-9)
  assert.ok(Math.abs(scale.rps - Math.PI / 180 / 16.4) < 1e-12)
})
