import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { DeviceSettings } from '@fairmile/contract/device-messages.ts'
import type { Log } from '../log.ts'
import { createRemote } from './remote.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log
const bytes = (message: object): Buffer => Buffer.from(JSON.stringify(message))

const begin = (notes = new Map<string, string>()) => {
  const applied: DeviceSettings[] = []
  const done: string[] = []
  let changes = 0
  const readers: number[] = []
  const remote = createRemote({
    outbox: {
      remember: (key, value) => void notes.set(key, value),
      recall: (key) => notes.get(key) ?? null,
      setReader: (wire) => void readers.push(wire),
    },
    apply(settings) {
      if (settings.timeZone === 'Mars/Olympus') throw new Error('no such zone')
      applied.push(settings)
    },
    commands: {
      doctor: ({ id }) => `examined ${done.push(id)}`,
      send_raw: () => {
        throw new Error('nothing is recorded')
      },
    },
    changed: () => void changes++,
    log: quiet,
  })
  return { remote, applied, done, readers, notes, changes: () => changes }
}

describe('createRemote', () => {
  it('applies settings, tells their version, and does nothing where they come again', () => {
    const { remote, applied, readers, changes } = begin()
    assert.deepEqual(remote.state(), { answers: [] })
    remote.config(bytes({ version: 3, wire: 2, logLevel: 'debug' }))
    remote.config(bytes({ version: 3, wire: 2, logLevel: 'debug' }))
    assert.deepEqual(applied, [{ logLevel: 'debug' }])
    assert.deepEqual(remote.state().config, { version: 3, refused: null })
    assert.equal(changes(), 1)
    assert.deepEqual(readers, [2, 2])
    remote.config(bytes({ version: 4 }))
    assert.equal(readers.at(-1), 1, 'a cloud that does not say reads the first version')
  })

  it('says why settings are refused, and applies the kept ones at the next start', () => {
    const { remote, notes } = begin()
    remote.config(bytes({ version: 1, timeZone: 'Mars/Olympus' }))
    assert.deepEqual(remote.state().config, { version: 1, refused: 'no such zone' })
    remote.config(bytes({ version: 2, timeZone: 'Europe/Berlin' }))
    const next = begin(notes)
    assert.deepEqual(next.applied, [{ timeZone: 'Europe/Berlin' }])
    assert.deepEqual(next.remote.state().config, { version: 2, refused: null })
  })

  it('does a command once, however often it comes, also after a restart', async () => {
    const { remote, done, notes, changes } = begin()
    for (let i = 0; i < 3; i++) remote.command(bytes({ id: 'CMD-1', type: 'doctor' }))
    await setImmediate()
    remote.command(bytes({ id: 'CMD-1', type: 'doctor' }))
    assert.deepEqual(done, ['CMD-1'])
    assert.deepEqual(remote.state().answers, [{ id: 'CMD-1', result: 'done', detail: 'examined 1' }])
    assert.equal(changes(), 2)
    const next = begin(notes)
    next.remote.command(bytes({ id: 'CMD-1', type: 'doctor' }))
    await setImmediate()
    assert.deepEqual(next.done, [])
  })

  it('answers a command that it does not know, and one that cannot be done', async () => {
    const { remote } = begin()
    remote.command(bytes({ id: 'CMD-1', type: 'dance' }))
    remote.command(bytes({ id: 'CMD-2', type: 'constructor' }))
    remote.command(bytes({ id: 'CMD-3', type: 'send_raw' }))
    await setImmediate()
    assert.deepEqual(remote.state().answers, [
      { id: 'CMD-1', result: 'unknown', detail: '' },
      { id: 'CMD-2', result: 'unknown', detail: '' },
      { id: 'CMD-3', result: 'refused', detail: 'nothing is recorded' },
    ])
  })

  it('keeps the newest eight answers', async () => {
    const { remote } = begin()
    for (let i = 0; i < 12; i++) remote.command(bytes({ id: `CMD-${i}`, type: 'dance' }))
    assert.deepEqual(
      remote.state().answers?.map(({ id }) => id),
      ['CMD-4', 'CMD-5', 'CMD-6', 'CMD-7', 'CMD-8', 'CMD-9', 'CMD-10', 'CMD-11'],
    )
  })

  it('throws on what is no message', () => {
    const { remote } = begin()
    assert.throws(() => remote.config(Buffer.from('{')))
    assert.throws(() => remote.command(bytes({ type: 'doctor' })))
  })
})
