import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { verify } from '@fairmile/contract/chain.ts'
import { createIssuer } from './receipt-issuer.ts'
import { loadReceiptKey } from './receipt-key.ts'

test('loadReceiptKey draws a key once, keeps it for its owner alone, and refuses another thing', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-receipt-key-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'receipt.key')
  const drawn = loadReceiptKey(path)
  assert.equal(loadReceiptKey(path), drawn)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  writeFileSync(path, 'c2hvcnQ')
  assert.throws(() => loadReceiptKey(path), /32 bytes in base64url needed/)
})

test('createIssuer signs with the key that it tells', () => {
  const { publicKey, sign } = createIssuer()
  const raw = Buffer.from(publicKey, 'hex').toString('base64url')
  const signature = Buffer.from(sign('Fährmeile'), 'hex')
  assert.equal(verify(Buffer.from('Fährmeile'), signature, raw), true)
  assert.equal(verify(Buffer.from('Fahrmeile'), signature, raw), false)
})
