import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Clock, flooredWall, waitUntil } from './clock.ts'

const fake = (): Clock & { monotonic: number; wall: number } => ({
  rate: 1,
  monotonic: 0,
  wall: 0,
  monotonicMs() {
    return this.monotonic
  },
  wallMs() {
    return this.wall
  },
})

describe('flooredWall', () => {
  it('runs on from the floor where the computer’s clock is behind it', () => {
    const clock = fake()
    clock.monotonic = 100
    const wall = flooredWall(clock, 5000)
    clock.monotonic = 350
    clock.wall = 250
    assert.equal(wall(), 5250)
  })

  it('is the computer’s clock once that is set', () => {
    const clock = fake()
    const wall = flooredWall(clock, 5000)
    clock.wall = 9000
    assert.equal(wall(), 9000)
  })
})

describe('waitUntil', () => {
  it('resolves at once for a time that has passed', async () => {
    const clock = fake()
    clock.monotonic = 10
    await waitUntil(clock, 10, new AbortController().signal)
  })

  it('resolves early when the signal aborts', async () => {
    const controller = new AbortController()
    const waiting = waitUntil(fake(), 1e9, controller.signal)
    controller.abort()
    await waiting
  })
})
