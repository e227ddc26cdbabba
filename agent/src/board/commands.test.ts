import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DownMessage } from '@fairmile/firmware-bridge/messages.ts'
import { createBoardCommands } from './commands.ts'

/** Commands with a timer that fires by hand, and a board that keeps what it was told. */
function setUp() {
  const told: DownMessage[] = []
  const timers = new Set<{ ms: number; callback: () => void }>()
  let failed = 0
  const board = createBoardCommands({
    after(ms, callback) {
      const timer = { ms, callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    failed: () => void failed++,
  })
  return {
    ...board,
    told,
    send: (message: DownMessage) => told.push(message) - 1,
    fire(): number | null {
      const [timer] = timers
      if (timer === undefined) return null
      timers.delete(timer)
      timer.callback()
      return timer.ms
    },
    failed: () => failed,
    /** Lets promises that have been settled run on. */
    turn: () => new Promise(setImmediate),
  }
}

test('createBoardCommands plays a pattern tone by tone, with its pauses, and drops it for the next', () => {
  const { commands, attach, told, send, fire } = setUp()
  attach(send)
  const beep = { frequencyHz: 2400, durationMs: 100 }
  commands.buzz([beep, { frequencyHz: 0, durationMs: 50 }, beep])
  assert.deepEqual([fire(), fire(), fire(), fire()], [100, 50, 100, null])
  assert.deepEqual(told, [
    { kind: 'buzzer', ...beep },
    { kind: 'buzzer', ...beep },
  ])
  commands.buzz([beep, beep])
  commands.buzz([{ frequencyHz: 880, durationMs: 30 }])
  assert.deepEqual([fire(), fire()], [30, null])
})

test('createBoardCommands ends a pattern after 32 tones', () => {
  const { commands, attach, told, send, fire } = setUp()
  attach(send)
  commands.buzz(Array.from({ length: 100 }, () => ({ frequencyHz: 440, durationMs: 1 })))
  while (fire() !== null);
  assert.equal(told.length, 32)
})

test('createBoardCommands gives the answer to a sleep', async () => {
  const { commands, attach, told, send, onAck } = setUp()
  attach(send)
  const answer = commands.sleep({ afterS: 20, wakeS: 86_400 })
  onAck({ kind: 'ack', of: 77, status: 'refused' })
  onAck({ kind: 'ack', of: 0, status: 'done' })
  assert.equal(await answer, 'done')
  assert.deepEqual(told, [{ kind: 'sleep', afterS: 20, wakeS: 86_400 }])
})

test('createBoardCommands sends a sleep three times, then gives up', async () => {
  const { commands, attach, told, send, fire, failed, turn } = setUp()
  attach(send)
  const answer = commands.sleep({ afterS: 1, wakeS: 0 })
  for (let tries = 0; tries < 3; tries++) {
    assert.equal(fire(), 1000)
    await turn()
  }
  assert.equal(await answer, 'unanswered')
  assert.deepEqual([told.length, failed()], [3, 1])
})

test('createBoardCommands counts what no board is there for, and does not wait for one that is gone', async () => {
  const { commands, attach, detach, send, failed, fire } = setUp()
  commands.buzz([{ frequencyHz: 1000, durationMs: 10 }])
  assert.equal(await commands.sleep({ afterS: 1, wakeS: 0 }), 'unanswered')
  attach(send)
  const answer = commands.sleep({ afterS: 1, wakeS: 0 })
  detach()
  assert.equal(await answer, 'unanswered')
  assert.deepEqual([failed(), fire()], [3, null])
})
