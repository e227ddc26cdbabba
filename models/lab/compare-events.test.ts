import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareEvents } from './compare-events.ts'
import type { LabEvent } from './replay-drive.ts'

const brake = (startS: number, change: Partial<LabEvent> = {}): LabEvent => ({
  kind: 'harsh_braking',
  band: 'coach',
  grade: 'A',
  peak: 4,
  startS,
  endS: startS + 2,
  ...change,
})

test('compareEvents finds what appears, vanishes, and changes band or grade', () => {
  const [first, second, third] = [brake(10), brake(50), brake(90)]
  const harder = brake(49.8, { band: 'count', endS: 52.4 })
  const worse = brake(90, { grade: 'B' })
  const fresh = brake(120)
  const changes = compareEvents([first, second, third, brake(200)], [brake(10.1), harder, worse, fresh])
  assert.equal(changes.same, 1)
  assert.deepEqual(changes.appeared, [fresh])
  assert.deepEqual(changes.vanished, [brake(200)])
  assert.deepEqual(changes.changed, [
    { before: second, after: harder },
    { before: third, after: worse },
  ])
})

test('compareEvents takes no other kind for the same event, and each event once', () => {
  const corner = brake(10, { kind: 'harsh_cornering' })
  assert.deepEqual(compareEvents([brake(10)], [corner]).vanished, [brake(10)])
  // One long event that was two: it is the one with which it shares more.
  const { appeared, vanished, same } = compareEvents([brake(10, { endS: 15 })], [brake(10, { endS: 11 }), brake(12)])
  assert.deepEqual([same, vanished.length, appeared.map(({ startS }) => startS)], [1, 0, [10]])
})
