import assert from 'node:assert/strict'
import { test } from 'node:test'
import { etagOf, isNamed, packAnswer, unpackAnswer } from './answer.ts'

const body = Buffer.from('{"text":"line\\nline – ü"}\nand more')
const answer = { headers: { etag: etagOf(body), 'content-type': 'application/json' }, body }

test('unpackAnswer gives back what packAnswer wrote, line breaks in the body too', () => {
  assert.deepEqual(unpackAnswer(packAnswer(answer, 42)), { answer, expiresMs: 42 })
})

test('unpackAnswer takes nothing that was cut, or that is none of ours', () => {
  const packed = packAnswer(answer, 42)
  for (const bad of ['', '\n', 'null\n', '{}\nbody', packed.subarray(0, 20)])
    assert.equal(unpackAnswer(Buffer.from(bad)), null)
})

test('isNamed finds an ETag alone, in a list and marked as weak, and no other', () => {
  const { etag } = answer.headers
  for (const header of [etag, `"x", ${etag}`, `W/${etag}`]) assert.equal(isNamed(header, etag), true)
  for (const header of [undefined, '', '"x"', etag.slice(1)]) assert.equal(isNamed(header, etag), false)
})
