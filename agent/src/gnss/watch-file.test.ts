import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { watchFile } from './watch-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-watch-'))
  for (const name of ['one', 'other']) writeFileSync(join(folder, name), name)
  symlinkSync('one', join(folder, 'link'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const gone = (path: string) => new Promise<void>((resolve) => void watchFile(path, resolve, 5))

test('watchFile tells when the file is gone', async () => {
  const told = gone(join(folder, 'one'))
  rmSync(join(folder, 'one'))
  await told
})

test('watchFile tells when a link leads to another file', async () => {
  const told = gone(join(folder, 'link'))
  symlinkSync('other', join(folder, 'new'))
  renameSync(join(folder, 'new'), join(folder, 'link'))
  await told
})

test('watchFile tells nothing once it is cancelled', async () => {
  const cancel = watchFile(join(folder, 'one'), () => assert.fail('it told'), 5)
  cancel()
  const told = gone(join(folder, 'one'))
  rmSync(join(folder, 'one'))
  await told
})
