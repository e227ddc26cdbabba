import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { createLink } from '@fairmile/firmware-bridge/link.ts'
import { createClock } from '../clock.ts'
import { createRemoteClock } from '../remote-clock.ts'
import type { BoardState, ImuSample, SensorSink } from '../sensors.ts'
import { createBoardSource } from './source.ts'

test('createBoardSource asks for a hello, then gives samples in SI units and ignition', async () => {
  const bytes = new PassThrough()
  const board = createLink({
    write: (frame) => void bytes.write(frame),
    onMessage: (message) => {
      if (message.kind !== 'ping') return
      board.send({
        kind: 'hello',
        version: 1,
        chip: 'MPU-6050',
        rateHz: 100,
        accelStepsPerG: 2048,
        gyroDecistepsPerDps: 328,
      })
      bytes.write(Buffer.from([1, 2, 3, 0]))
      board.send({
        kind: 'imu',
        atUs: 5_000_000,
        periodUs: 10_000,
        samples: Int16Array.of(0, 0, 2048, 328, 0, 0, 0, 0, -2048, 0, 0, 0),
      })
      board.send({ kind: 'odometer', atUs: 5_010_000, metres: 84_000_100, stepM: 100 })
      board.send({ kind: 'state', atUs: 5_010_000, ignition: true, batteryMv: 12_600 })
    },
  })
  const samples: ImuSample[] = []
  const told = new EventTarget()
  let state: BoardState | undefined
  const sink: SensorSink = {
    imu: (sample) => void samples.push(sample),
    fix: () => {},
    board: (newest) => {
      state = newest
      told.dispatchEvent(new Event('state'))
    },
    trouble: () => {},
  }
  const source = createBoardSource({
    path: '/dev/ttyFAKE',
    clock: createClock(),
    open: async () => ({ bytes, write: (frame) => board.push(frame), close: async () => void bytes.destroy() }),
  })
  const abort = new AbortController()
  const running = source.run(sink, abort.signal)
  await once(told, 'state')
  abort.abort()
  await running
  assert.equal(samples.length, 2)
  assert.ok(Math.abs((samples[0]?.az ?? 0) - 9.80665) < 1e-9)
  assert.ok(Math.abs((samples[0]?.gx ?? 0) - (10 * Math.PI) / 180) < 1e-9)
  assert.ok(Math.abs((samples[1]?.tMs ?? 0) - (samples[0]?.tMs ?? 0) - 10) < 1e-6)
  assert.deepEqual([state?.ignition, state?.batteryMv], [true, 12_600])
  assert.deepEqual([state?.odometerM, state?.odometerStepM], [84_000_100, 100])
  assert.equal(source.counts.damagedFrames, 1)
})

test('createRemoteClock takes the earliest arrival and starts anew with the board', () => {
  const clock = createRemoteClock()
  clock.observe(1000, 5050)
  clock.observe(1100, 5110)
  clock.observe(1200, 5290)
  assert.ok(Math.abs(clock.toAgent(1200) - 5210) < 0.1)
  clock.observe(10, 9000)
  assert.equal(clock.toAgent(10), 9000)
})
