import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '@fairmile/firmware-bridge/messages.ts'
import type { BoardState, ImuSample } from '../sensors.ts'
import { noBoardCounts } from './counts.ts'
import { createBoardReader } from './reader.ts'

const hello: Message = {
  kind: 'hello',
  version: 1,
  chip: 'MPU-6050',
  rateHz: 100,
  accelStepsPerG: 2048,
  gyroDecistepsPerDps: 328,
}
const state = (atS: number): Message => ({ kind: 'state', atUs: atS * 1e6, ignition: null, batteryMv: null })

/** A reader whose clock is set by hand. */
function setUp() {
  const heard: (string | null)[] = []
  const samples: ImuSample[] = []
  const states: BoardState[] = []
  const clock = { rate: 1, nowMs: 0, monotonicMs: () => clock.nowMs, wallMs: () => 0 }
  const counts = noBoardCounts()
  const sink = {
    imu: (sample: ImuSample) => void samples.push(sample),
    board: (told: BoardState) => void states.push(told),
    fix() {},
    trouble() {},
  }
  const reader = createBoardReader({ clock, sink, counts, trouble: { heard: (problem) => void heard.push(problem) } })
  return { reader, clock, counts, heard, samples, states }
}

test('createBoardReader flags a sample with any axis at the end of its range', () => {
  const { reader, samples, counts } = setUp()
  reader.take(hello)
  const samplesOf = (...steps: number[]): Message => ({
    kind: 'imu',
    atUs: 0,
    periodUs: 10_000,
    samples: Int16Array.from(steps),
  })
  reader.take(samplesOf(0, 0, 2048, 0, 0, 0, -32768, 0, 0, 0, 0, 0, 32_439, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32767))
  assert.deepEqual(
    samples.map(({ saturated }) => saturated),
    [false, true, false, true],
  )
  assert.equal(counts.saturated, 2)
})

test('createBoardReader lets an odometer be unknown that is told no more, and that no board has', () => {
  const { reader, clock, states } = setUp()
  reader.take(hello)
  reader.take(state(0))
  reader.take({ kind: 'odometer', atUs: 0, metres: 5000, stepM: 1 })
  reader.take(state(1))
  clock.nowMs = 10_000
  reader.take(state(10))
  assert.deepEqual(
    states.map(({ odometerM, odometerStepM }) => [odometerM, odometerStepM]),
    [
      [null, null],
      [5000, 1],
      [null, null],
    ],
  )
})

test('createBoardReader keeps what the board says of its health', () => {
  const { reader, counts } = setUp()
  reader.take({ kind: 'health', atUs: 0, imuCentiC: -1250, lostSamples: 7, selfTest: 'failed' })
  assert.deepEqual([counts.imuC, counts.lostSamples, counts.selfTest], [-12.5, 7, 'failed'])
})

test('createBoardReader uses no board of another version, and says so', () => {
  const { reader, heard, samples, counts } = setUp()
  reader.take({ ...hello, version: 2 })
  reader.take({ kind: 'imu', atUs: 0, periodUs: 1, samples: new Int16Array(6) })
  assert.match(heard[0] ?? '', /speaks version 2/)
  assert.deepEqual([samples.length, counts.early], [0, 1])
})
