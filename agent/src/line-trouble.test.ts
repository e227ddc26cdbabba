import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLineTrouble } from './line-trouble.ts'

const open = () => {
  const told: (string | null)[] = []
  const trouble = createLineTrouble({ trouble: (_source, message) => void told.push(message) }, 'gnss', 'receiver')
  return { told, trouble }
}

test('createLineTrouble tells of a silence once, however often the line is opened again', () => {
  const { told, trouble } = open()
  for (let n = 1; n < 5; n++) {
    trouble.silent(5)
    trouble.again(`receiver: nothing was heard for 15 s; trying again in ${n} s`)
  }
  trouble.heard(null)
  trouble.silent(5)
  assert.deepEqual(told, [
    'receiver: silent for 5 s; is its cable in?',
    null,
    'receiver: silent for 5 s; is its cable in?',
  ])
})

test('createLineTrouble tells of each other change', () => {
  const { told, trouble } = open()
  trouble.again('receiver: no such file; trying again in 1 s')
  trouble.heard('wrong baud rate')
  trouble.heard('wrong baud rate')
  trouble.heard(null)
  assert.deepEqual(told, ['receiver: no such file; trying again in 1 s', 'receiver: wrong baud rate', null])
})
