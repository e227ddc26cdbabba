import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { StartError } from '../errors.ts'
import { makeDataFolder } from './data-folder.ts'

const refuses = (folder: string, message: RegExp): void =>
  assert.throws(
    () => makeDataFolder(folder),
    (error) => error instanceof StartError && error.code === 'bad_data_folder' && message.test(error.message),
  )

describe('makeDataFolder', () => {
  it('makes the folder and those above it, for their owner alone, and may be called again', (t) => {
    const root = mkdtempSync(join(tmpdir(), 'fairmile-folder-'))
    t.after(() => rmSync(root, { recursive: true }))
    const folder = join(root, 'a', 'b')
    makeDataFolder(folder)
    makeDataFolder(folder)
    assert.equal(statSync(folder).mode & 0o777, 0o700)
  })

  it('says that a file is in the way, at its place or above it', (t) => {
    const root = mkdtempSync(join(tmpdir(), 'fairmile-folder-'))
    t.after(() => rmSync(root, { recursive: true }))
    writeFileSync(join(root, 'file'), '')
    refuses(join(root, 'file'), /a file is in the way.*FAIRMILE_DATA/)
    refuses(join(root, 'file', 'below'), /a file is in the way.*FAIRMILE_DATA/)
  })

  it('says that none may be made there, and does not try for ever', () => {
    refuses('/proc/fairmile/data', /no folder may be made there.*FAIRMILE_DATA/)
  })
})
