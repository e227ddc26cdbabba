import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ledgerKinds } from '@fairmile/contract/receipt.ts'
import { entryWords } from './ledger-words.ts'

it('entryWords tells each kind of entry with its last day', () => {
  const words = ledgerKinds.map((kind) => entryWords(kind, '2026-07-01'))
  assert.equal(words[0]?.title, 'Billed to 30 June')
  assert.equal(new Set(words.map(({ title }) => title)).size, ledgerKinds.length)
})
