import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { FolderInUseError } from '../db/folder-lock.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { Log } from '../log.ts'
import { askServer } from './ask.ts'
import { listenForCommands } from './listen.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-control-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const inUse = new FolderInUseError('it is in use by process 1')
const tooLong = /longer than 103 bytes: use a folder with a shorter absolute path \(FAIRMILE_DATA\)/

describe('the socket of a data folder', () => {
  const long = join(folder, 'ü'.repeat(50))

  it('is done without where its path would be too long, and both sides say so', async () => {
    const warnings: unknown[] = []
    const log = { warn: (fields: { error: Error }) => warnings.push(fields.error.message) } as unknown as Log
    const control = await listenForCommands({ folder: long, database: {} as OpenDatabase, log })
    await control.close()
    assert.match(warnings.join('\n'), tooLong)
    await assert.rejects(askServer({ folder: long, command: 'users list', input: {}, inUse }), tooLong)
  })

  it('leaves the word to the lock where no server listens', async () => {
    await assert.rejects(askServer({ folder, command: 'users list', input: {}, inUse }), inUse)
  })

  it('is not asked for more than it takes', async () => {
    const input = { months: ['x'.repeat(32 * 1024 * 1024)] }
    await assert.rejects(
      askServer({ folder, command: 'partitions create', input, inUse }),
      /longer than 33554432 bytes/,
    )
  })
})
