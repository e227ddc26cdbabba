import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sealed } from './example-receiver.ts'
import { createSentenceSplitter, fieldAt } from './split-sentences.ts'

/** What a line holds: the fields of its good sentences, and a word for everything else. */
const split = (line: string): (string[] | string)[] => {
  const found: (string[] | string)[] = []
  createSentenceSplitter({
    good: (text, fields) => void found.push(Array.from({ length: fields.count }, (_, n) => fieldAt(text, fields, n))),
    badChecksum: () => void found.push('bad'),
    garbage: () => void found.push('garbage'),
  })(line)
  return found
}

test('createSentenceSplitter finds the fields of a sentence, blank ones too', () => {
  assert.deepEqual(split('$GPGLL,4916.45,N,12311.12,W,225444,A*31'), [
    ['GPGLL', '4916.45', 'N', '12311.12', 'W', '225444', 'A'],
  ])
  assert.deepEqual(split(`${sealed('GNRMC,,V,,')}\r`), [['GNRMC', '', 'V', '', '']])
  assert.deepEqual(split(sealed('')), [['']])
})

test('createSentenceSplitter tells a bad checksum, a cut sentence and a line without one', () => {
  assert.deepEqual(split('$GPGLL,4916.45,N,12311.12,W,225444,A*32'), ['bad'])
  for (const line of ['$GPGLL,4916.45,N,123', '$GPGLL,1*', '$GPGLL,1*3', '$GPGLL,1*g1', 'GPGLL*31', '# Name'])
    assert.deepEqual(split(line), ['garbage'], line)
  for (const line of ['', '\r', '  ', '$', '$$']) assert.deepEqual(split(line), [], line)
})

test('createSentenceSplitter finds every sentence however they are glued together and cut', () => {
  const body = fc.string({ unit: fc.constantFrom(...'GPRMC,0123456789.NSEW-'), maxLength: 80 })
  const noise = fc.string({ unit: fc.constantFrom(...'GP,0\xff\x00 x'), maxLength: 20 })
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, body)), (parts) => {
      const line = parts.map(([before, text]) => before + sealed(text)).join('')
      assert.deepEqual(
        split(line).filter((found) => typeof found !== 'string'),
        parts.map(([, text]) => text.split(',')),
      )
    }),
    { seed: 1 },
  )
})

test('createSentenceSplitter reads no more fields than it has room for', () => {
  const [fields] = split(sealed(Array.from({ length: 200 }, (_, n) => n).join(',')))
  assert.equal(fields?.length, 48)
  assert.equal(fields?.[46], '46')
})
