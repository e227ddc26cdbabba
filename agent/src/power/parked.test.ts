import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Log } from '../log.ts'
import { createParked } from './parked.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log
const fiveMinutesMs = 300_000

const begin = ({ sleepAfterMs = fiveMinutesMs as number | null, sent = true } = {}) => {
  const slept: number[] = []
  let settled = 0
  let tMs = 0
  const net = { sent }
  const parked = createParked({
    sleepAfterMs,
    sleep: async () => {
      slept.push(tMs / 1000)
      return 'done'
    },
    settle: () => void settled++,
    isSent: () => net.sent,
    log: quiet,
  })
  const run = (seconds: number, ignition: boolean | null, batteryMv: number | null = 12_700) => {
    for (let i = 0; i < seconds; i++) {
      parked({ tMs, ignition, batteryMv } as Parameters<typeof parked>[0])
      tMs += 1000
    }
  }
  return { run, slept, net, settled: () => settled }
}

describe('createParked', () => {
  it('makes all durable when the ignition goes off, and sleeps after a while', () => {
    const { run, slept, settled } = begin()
    run(100, true)
    assert.equal(settled(), 0)
    run(1, false)
    assert.equal(settled(), 1)
    run(299, false)
    assert.deepEqual(slept, [])
    run(10, false)
    assert.deepEqual(slept, [400])
  })

  it('begins anew when the ignition comes on again', () => {
    const { run, slept } = begin()
    run(200, false)
    run(5, true)
    run(299, false)
    assert.deepEqual(slept, [])
  })

  it('stays awake five minutes longer for what is not sent', () => {
    const { run, slept, net } = begin({ sent: false })
    run(400, false)
    assert.deepEqual(slept, [])
    net.sent = true
    run(1, false)
    assert.deepEqual(slept, [400])
    const never = begin({ sent: false })
    never.run(700, false)
    assert.deepEqual(never.slept, [600])
  })

  it('sleeps at once where the battery is low, whatever waits, also without an ignition line', () => {
    const { run, slept } = begin({ sent: false, sleepAfterMs: null })
    run(62, null, 12_100)
    assert.deepEqual(slept, [60])
  })

  it('does not take a low battery for a reason while the engine charges it', () => {
    const { run, slept } = begin()
    run(300, true, 12_000)
    assert.deepEqual(slept, [])
  })

  it('asks a board that did not do it again after ten minutes', () => {
    const { run, slept } = begin()
    run(1000, false)
    assert.deepEqual(slept, [300, 900])
  })

  it('stays awake where it is told to', () => {
    const { run, slept } = begin({ sleepAfterMs: null })
    run(2000, false)
    assert.deepEqual(slept, [])
  })
})
