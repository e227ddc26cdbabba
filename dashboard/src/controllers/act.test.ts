import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ReactiveControllerHost } from 'lit'
import { Act } from './act.ts'

/** An act, and what its host saw of it at each update that was asked for. */
function seen() {
  const states: [busy: boolean, error: string][] = []
  const host = {
    addController() {},
    removeController() {},
    requestUpdate: () => states.push([act.busy, act.error]),
    updateComplete: Promise.resolve(true),
  }
  const act = new Act(host as unknown as ReactiveControllerHost)
  return { act, states }
}

describe('Act', () => {
  it('is busy while it works, and tells its host so', async () => {
    const { act, states } = seen()
    assert.equal(await act.do(async () => assert.equal(act.busy, true)), true)
    assert.deepEqual(states, [
      [true, ''],
      [false, ''],
    ])
  })

  it('keeps the message of what failed until the next work', async () => {
    const { act, states } = seen()
    assert.equal(await act.do(() => Promise.reject(new Error('no answer'))), false)
    assert.deepEqual(states.at(-1), [false, 'no answer'])
    assert.equal(await act.do(() => Promise.reject('refused')), false)
    assert.equal(act.error, 'refused')
    assert.equal(await act.do(async () => {}), true)
    assert.equal(act.error, '')
  })

  it('takes work that throws before it waits as failed, at once', () => {
    const { act } = seen()
    void act.do(() => {
      throw new Error('choose one')
    })
    assert.deepEqual([act.busy, act.error], [false, 'choose one'])
  })

  it('does one piece of work at a time', async () => {
    const { act } = seen()
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = act.do(() => promise)
    assert.equal(await act.do(() => assert.fail('not to be done')), false)
    assert.deepEqual([act.busy, act.error], [true, ''])
    resolve()
    assert.equal(await first, true)
  })

  it('forgets the error when told to', async () => {
    const { act, states } = seen()
    await act.do(() => Promise.reject(new Error('no answer')))
    act.clear()
    assert.deepEqual(states.at(-1), [false, ''])
  })
})
