import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadSecret } from './secret.ts'

test('loadSecret draws a key once, keeps it for its owner alone, and refuses a short one', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-secret-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'secret')
  const drawn = loadSecret(path)
  assert.equal(drawn.length, 32)
  assert.deepEqual(loadSecret(path), drawn)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  writeFileSync(path, 'c2hvcnQ')
  assert.throws(() => loadSecret(path), /5 bytes, at least 32/)
})
