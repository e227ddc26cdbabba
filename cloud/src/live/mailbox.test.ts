import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Letter } from './letter.ts'
import { createMailbox, type Outlet } from './mailbox.ts'

const letter = (key: string | null, text: string): Letter => ({ key, data: Buffer.from(text) })

/** A socket that keeps what it is sent until it is told to let go. */
function slowSocket() {
  const sent: string[] = []
  const callbacks: (() => void)[] = []
  const outlet = {
    bufferedAmount: 0,
    send: (data: Buffer, done: () => void) => {
      sent.push(data.toString())
      outlet.bufferedAmount += 40_000
      callbacks.push(done)
    },
  } satisfies Outlet
  return {
    outlet,
    sent,
    letGo: () => {
      outlet.bufferedAmount = 0
      for (const done of callbacks.splice(0)) done()
    },
  }
}

test('Mailbox.post sends at once while the socket keeps up', () => {
  const { outlet, sent } = slowSocket()
  const mailbox = createMailbox(outlet, { drop: () => assert.fail('nothing to drop') })
  mailbox.post(letter('DEV-1', 'a'))
  mailbox.post(letter(null, 'b'))
  assert.deepEqual(sent, ['a', 'b'])
})

test('Mailbox.post keeps the newest state of each device and every alert for a slow socket', () => {
  const { outlet, sent, letGo } = slowSocket()
  let dropped = 0
  const mailbox = createMailbox(outlet, { drop: (count) => (dropped += count) })
  for (const text of ['1', '2', '3', '4', '5']) mailbox.post(letter('DEV-1', text))
  mailbox.post(letter(null, 'alert'))
  assert.deepEqual(sent, ['1', '2'])
  letGo()
  assert.deepEqual(sent, ['1', '2', 'alert', '5'])
  assert.equal(dropped, 2)
})

test('Mailbox.post bounds what it holds and counts what it drops', () => {
  const { outlet, sent, letGo } = slowSocket()
  let dropped = 0
  const mailbox = createMailbox(outlet, { drop: (count) => (dropped += count) })
  for (let i = 0; i < 2 + 64 + 10; i++) mailbox.post(letter(null, String(i)))
  assert.equal(dropped, 10)
  for (let i = 0; i < 100; i++) letGo()
  assert.equal(sent.length, 2 + 64)
  assert.equal(sent.at(-1), '75')
})
