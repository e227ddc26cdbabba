import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusedForGood } from './refused-for-good.ts'

/** An error as nodemailer makes it of an answer. */
const refusal = (command: string, response: string) =>
  Object.assign(new Error(response), { command, response, responseCode: Number(response.slice(0, 3)) })

test('isRefusedForGood is so of a recipient that there is not, and of a message that is not taken', () => {
  for (const [command, response] of [
    ['RCPT TO', '550 5.1.1 no such user'],
    ['RCPT TO', '553 mailbox name not allowed'],
    ['RCPT TO', '550-5.2.1 The mailbox is disabled'],
    ['DATA', '554 5.7.1 message looks like spam'],
    ['DATA', '550 refused'],
  ] as const)
    assert.equal(isRefusedForGood(refusal(command, response)), true, response)
})

test('isRefusedForGood is not so of our log-in, our sender, quotas and full mailboxes, nor of a connection', () => {
  for (const [command, response] of [
    ['AUTH PLAIN', '535 5.7.8 bad credentials'],
    ['MAIL FROM', '530 5.7.0 authentication required'],
    ['MAIL FROM', '550 sender refused'],
    ['RCPT TO', '530 5.7.0 authentication required'],
    ['RCPT TO', '554 5.7.1 relay access denied'],
    ['RCPT TO', '552 5.2.2 mailbox full'],
    ['RCPT TO', '550 5.2.2 mailbox full'],
    ['DATA', '550-5.4.5 daily sending quota exceeded'],
    ['DATA', '421 not now'],
  ] as const)
    assert.equal(isRefusedForGood(refusal(command, response)), false, response)
  assert.equal(isRefusedForGood(Object.assign(new Error('no route'), { code: 'ECONNECTION', command: 'CONN' })), false)
})
