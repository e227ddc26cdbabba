import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { UsageError } from './errors.ts'
import { makeFolder } from './make-folder.ts'

const refuses = (folder: string, message: RegExp) =>
  assert.throws(
    () => makeFolder(folder),
    (error) => error instanceof UsageError && message.test(error.message),
  )

describe('makeFolder', () => {
  it('makes what is missing with its mode, and leaves what is there; says that a file is in the way', (t) => {
    const root = mkdtempSync(join(tmpdir(), 'fairmile-folder-'))
    t.after(() => rmSync(root, { recursive: true }))
    const folder = join(root, 'a', 'b')
    makeFolder(folder, 0o700)
    makeFolder(folder)
    assert.equal(statSync(folder).mode & 0o777, 0o700)
    writeFileSync(join(root, 'file'), '')
    refuses(join(root, 'file'), /a file is in the way/)
    refuses(join(root, 'file', 'below'), /a file is in the way/)
  })

  it('says that none may be made there, and does not try for ever', () => {
    refuses('/proc/fairmile/archive', /"\/proc\/fairmile\/archive": no folder may be made there/)
  })
})
