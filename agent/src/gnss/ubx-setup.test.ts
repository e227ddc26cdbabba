import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFakeUblox } from './fake-ublox.ts'
import { createUbloxSetUp, type UbloxOutcome } from './ubx-setup.ts'

type Fake = ReturnType<typeof createFakeUblox>

const setUp = async (
  receiver: Fake,
  options: { rateHz?: number; baud?: number; mayRaise?: boolean } = {},
): Promise<UbloxOutcome> => {
  const { rateHz = 5, baud = 115_200, mayRaise = false } = options
  const one = createUbloxSetUp({ rateHz, baud, mayRaise, write: receiver.take, waitMs: 20 })
  receiver.onBytes(one.take)
  return one.run()
}

test('createUbloxSetUp sets rate and sentences of a receiver with messages, protocol 18', async () => {
  const receiver = createFakeUblox({ protocol: '18.00' })
  assert.deepEqual(await setUp(receiver), { done: '5 Hz' })
  assert.equal(receiver.state.measureMs, 200)
  assert.deepEqual(receiver.state.sentences, { RMC: 1, GGA: 1, GSA: 1, VTG: 0, GSV: 0, GLL: 0, GST: 0 })
})

test('createUbloxSetUp sets rate and sentences of a receiver with keys, protocol 34, that has no USB', async () => {
  const receiver = createFakeUblox({ protocol: '34.10' })
  assert.deepEqual(await setUp(receiver, { rateHz: 10 }), { done: '10 Hz' })
  assert.equal(receiver.state.measureMs, 100)
  assert.deepEqual(receiver.state.sentences, { RMC: 1, GGA: 1, GSA: 1, VTG: 0, GSV: 0, GLL: 0, GST: 0 })
})

test('createUbloxSetUp asks once more where an answer is lost', async () => {
  const receiver = createFakeUblox({ protocol: '18.00', losesEverySecond: true })
  assert.deepEqual(await setUp(receiver), { done: '5 Hz' })
})

test('createUbloxSetUp reports a receiver that refuses, one that falls silent and one that is no u-blox', async () => {
  for (const protocol of ['18.00', '34.10']) {
    const refused = await setUp(createFakeUblox({ protocol, refuses: true }))
    assert.match(
      'problem' in refused ? refused.problem : '',
      /^setting it up: message 06 .. was refused; it is used as it is$/,
    )
  }
  const silent = await setUp(createFakeUblox({ protocol: '18.00', answersOnly: 1 }))
  assert.match('problem' in silent ? silent.problem : '', /^setting it up: message 06 08 was not answered/)
  const other = await setUp(createFakeUblox({ protocol: '18.00', answersOnly: 0 }))
  assert.deepEqual(other, { problem: 'it does not answer as a u-blox receiver; it is used as it is' })
})

test('createUbloxSetUp makes a line faster that is too slow, or sets what fits where it may not', async () => {
  for (const protocol of ['18.00', '34.10']) {
    const receiver = createFakeUblox({ protocol })
    assert.deepEqual(await setUp(receiver, { rateHz: 10, baud: 9600, mayRaise: true }), { raisedTo: 115_200 })
    assert.equal(receiver.state.baud, 115_200)
    const slow = await setUp(receiver, { rateHz: 10, baud: 9600 })
    assert.deepEqual(slow, { problem: '10 Hz do not fit its line of 9600 baud: it is set to 2 Hz' })
    assert.equal(receiver.state.measureMs, 500)
  }
})
