import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { demoAccounts } from './demo-accounts.ts'

test('demoAccounts draws passwords once, keeps them, and lets nobody else read them', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-accounts-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const first = demoAccounts(join(folder, 'a'))
  assert.deepEqual(demoAccounts(join(folder, 'a')), first)
  assert.notEqual(demoAccounts(join(folder, 'b')).driver.password, first.driver.password)
  assert.notEqual(first.admin.password, first.driver.password)
  assert.equal(readFileSync(first.adminPasswordFile, 'utf8'), first.admin.password)
  for (const file of ['demo.json', 'admin-password'])
    assert.equal(statSync(join(folder, 'a', file)).mode & 0o777, 0o600)
})
