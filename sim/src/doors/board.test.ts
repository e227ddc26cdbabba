import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLink } from '@fairmile/firmware-bridge/link.ts'
import { imuScale, type Message } from '@fairmile/firmware-bridge/messages.ts'
import type { VirtualSerial } from '../virtual-serial/virtual-serial.ts'
import { createBoard } from './board.ts'

/** A line in memory with the computer's end of the protocol on it. */
function connect(): { line: VirtualSerial; got: Message[]; send: (message: Message) => void } {
  const got: Message[] = []
  let toBoard: (bytes: Uint8Array) => void = () => {}
  const link = createLink({ write: (bytes) => toBoard(bytes), onMessage: (message) => got.push(message) })
  const line: VirtualSerial = {
    path: '',
    droppedBytes: 0,
    write: (bytes) => link.push(bytes as Uint8Array),
    onData: (listener) => {
      toBoard = listener
    },
    close: () => {},
  }
  return { line, got, send: (message) => void link.send(message) }
}

const reading = { ax: 1.5, ay: -2.25, az: 9.8, gx: 0.1, gy: -0.2, gz: 0.3 }

test('createBoard greets, answers a ping and tells that it is connected', async () => {
  const { line, got, send } = connect()
  const board = createBoard({ line, imu: { rateHz: 100, rangeG: 4 } })
  send({ kind: 'ping' })
  await board.connected
  assert.deepEqual(
    got.map(({ kind }) => kind),
    ['hello', 'health', 'hello', 'health'],
  )
})

test('createBoard sends readings in bursts of a tenth of a second, in the steps that its hello tells', () => {
  const { line, got } = connect()
  const board = createBoard({ line, imu: { rateHz: 100, rangeG: 4 } })
  for (let index = 0; index < 20; index++) board.imu(index * 10_000, reading)
  const [hello, , first, second] = got
  assert.ok(hello?.kind === 'hello' && first?.kind === 'imu' && second?.kind === 'imu')
  assert.deepEqual([first.atUs, first.periodUs, first.samples.length], [0, 10_000, 60])
  assert.equal(second.atUs, 100_000)
  const scale = imuScale(hello)
  assert.ok(Math.abs(first.samples[0]! * scale.mps2 - reading.ax) < scale.mps2)
  assert.ok(Math.abs(first.samples[5]! * scale.rps - reading.gz) < scale.rps)
})

test('createBoard sends what it has before a state, and refuses to cut a power it has not', () => {
  const { line, got, send } = connect()
  const board = createBoard({ line, imu: { rateHz: 100, rangeG: 4 } })
  board.imu(0, reading)
  board.odometer(5_000, 1234.9)
  board.state(5_000, false, 12_400)
  send({ kind: 'sleep', afterS: 1, wakeS: 0 })
  assert.deepEqual(
    got.slice(2).map((message) => (message.kind === 'ack' ? message.status : message.kind)),
    ['odometer', 'imu', 'state', 'refused'],
  )
  assert.deepEqual(got[2], { kind: 'odometer', atUs: 5_000, metres: 1234, stepM: 1 })
})
