import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openText, sealText } from './sealed-text.ts'

test('openText opens what sealText sealed, with the same secret alone', () => {
  const sealed = sealText('claim code ä', 'secret')
  assert.equal(openText(sealed, 'secret'), 'claim code ä')
  assert.ok(!sealed.includes('claim'))
  assert.throws(() => openText(sealed, 'other'))
  assert.throws(() => openText(`${sealed.slice(0, -2)}AA`, 'secret'))
})
