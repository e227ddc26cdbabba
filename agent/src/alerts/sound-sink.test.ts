import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Alert } from '@fairmile/contract/records.ts'
import type { After } from '../clock.ts'
import { createLog } from '../log.ts'
import { createSoundSink, type Sounder } from './sound-sink.ts'

const alert = { eventId: 'EVT-1', kind: 'harsh_braking' } as Alert

/** A sink on a sounder, with the time-out in the test's hand and what was said of trouble. */
function begin(sound: Sounder['sound']) {
  const said: string[] = []
  let expire = () => {}
  let pending = 0
  const after: After = (_ms, callback) => {
    pending++
    expire = callback
    return () => void pending--
  }
  const log = { ...createLog({ level: 'silent' }), warn: (about: { reason: string }) => void said.push(about.reason) }
  const sink = createSoundSink({ sounder: { name: 'horn', sound }, after, log: log as ReturnType<typeof createLog> })
  return { sink, said, expire: () => expire(), pending: () => pending }
}

test('createSoundSink sounds what may be heard, and leaves no time-out behind', async () => {
  const heard: string[] = []
  const { sink, pending } = begin(async (what) => void heard.push(what))
  for (const sound of ['none', 'chime', 'none'] as const) sink(alert, sound)
  await setImmediate()
  sink(alert, 'alarm')
  await setImmediate()
  assert.deepEqual(heard, ['chime', 'alarm'])
  assert.equal(pending(), 0)
  assert.deepEqual(sink.counts, { sounded: 2, failed: 0, dropped: 0 })
})

test('createSoundSink gives up a sounder that hangs, and drops what came meanwhile', async () => {
  const stopped: boolean[] = []
  const { sink, said, expire } = begin((_what, signal) => {
    signal.addEventListener('abort', () => stopped.push(true))
    return new Promise(() => {})
  })
  sink(alert, 'chime')
  sink(alert, 'alarm')
  expire()
  await setImmediate()
  sink(alert, 'alarm')
  assert.deepEqual(sink.counts, { sounded: 0, failed: 1, dropped: 1 })
  assert.deepEqual(stopped, [true])
  assert.match(said.join(), /longer than 3 s/)
})

test('createSoundSink says once that a sounder fails, and again after it was well', async () => {
  const results = ['no card', 'no card', null, 'no card']
  const { sink, said } = begin(async () => {
    const why = results.shift()
    if (why) throw new Error(why)
  })
  for (let i = 0; i < 4; i++) {
    sink(alert, 'chime')
    await setImmediate()
  }
  assert.deepEqual(said, ['no card', 'no card'])
  assert.equal(sink.counts.failed, 3)
})
