import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, fstatSync, fsyncSync, mkdirSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, describe, it } from 'node:test'
import { openDurably } from '../src/db/durable-folder.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder, and what a disk without power has of it: each file as it was when it was last waited for. */
function poweredFolder() {
  const base = mkdtempSync(join(tmpdir(), 'fairmile-power-'))
  folders.push(base)
  const folder = join(base, 'postgres')
  const disk = join(base, 'disk')
  let waits = 0
  return {
    folder,
    get waits() {
      return waits
    },
    sync: (descriptor: number): void => {
      fsyncSync(descriptor)
      waits++
      const path = readlinkSync(`/proc/self/fd/${descriptor}`)
      const kept = join(disk, relative(folder, path))
      if (!kept.startsWith(disk)) return
      if (fstatSync(descriptor).isDirectory()) mkdirSync(kept, { recursive: true, mode: 0o700 })
      else {
        mkdirSync(dirname(kept), { recursive: true, mode: 0o700 })
        cpSync(path, kept)
      }
    },
    /** What is there after the power is back. */
    afterCut: (): string => {
      const found = join(base, 'found')
      cpSync(disk, found, { recursive: true })
      return found
    },
  }
}

/** Commits a row each time, with a checkpoint half-way; the database is still open afterwards, as when the power goes. */
async function commitRows(client: Awaited<ReturnType<typeof openDurably>>, rows: number): Promise<void> {
  await client.exec('CREATE TABLE acked (n int)')
  for (let n = 0; n < rows; n++) {
    await client.query('INSERT INTO acked VALUES ($1)', [n])
    if (n === rows / 2) await client.exec('CHECKPOINT')
  }
}

const rowsIn = async (folder: string): Promise<number> => {
  const client = await openDurably(folder)
  try {
    return (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM acked')).rows[0]?.n ?? 0
  } finally {
    await client.close()
  }
}

describe('the embedded database and the disk', () => {
  it('has after a power cut whatever was committed', async () => {
    const powered = poweredFolder()
    const client = await openDurably(powered.folder, powered.sync)
    const before = powered.waits
    await commitRows(client, 20)
    assert.ok(powered.waits - before >= 20, `${powered.waits - before} waits for 20 commits`)
    const found = powered.afterCut()
    await client.close()
    assert.equal(await rowsIn(found), 20)
  })

  it('would lose it where it does not wait (the control)', async () => {
    const powered = poweredFolder()
    const first = await openDurably(powered.folder, powered.sync)
    await first.exec('ALTER SYSTEM SET fsync = off')
    await first.close()
    const client = await openDurably(powered.folder, powered.sync)
    const before = powered.waits
    await commitRows(client, 20)
    assert.equal(powered.waits, before)
    const found = powered.afterCut()
    await client.close()
    await assert.rejects(rowsIn(found), /acked/)
  })

  it('ends the process where the disk fails, with the reason', async () => {
    const powered = poweredFolder()
    const program = `
      import { fsyncSync } from 'node:fs'
      import { openDurably } from ${JSON.stringify(new URL('../src/db/durable-folder.ts', import.meta.url).href)}
      let broken = false
      const client = await openDurably(${JSON.stringify(powered.folder)}, (descriptor) => {
        if (broken) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' })
        fsyncSync(descriptor)
      })
      await client.exec('CREATE TABLE acked (n int)')
      broken = true
      await client.query('INSERT INTO acked VALUES (1)').catch(() => undefined)
      await client.query('SELECT 1')
      console.log('went on')`
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 60_000,
    })
    assert.notEqual(status, 0)
    assert.match(stderr, /Writing the embedded database in ".*": EIO: i\/o error, fsync; look after the disk/)
    assert.doesNotMatch(stdout, /went on/)
  })
})
