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

  it('ends the process where the disk fails, with the reason', () => {
    const { stdout, stderr, status } = commitOn('broken', 'EIO')
    assert.notEqual(status, 0)
    assert.match(stderr, /Writing the embedded database in ".*": EIO: fsync; look after the disk/)
    assert.doesNotMatch(stdout, /went on/)
  })

  it('ends the process where the disk fails with a folder', () => {
    const { stderr, status } = commitOn('broken && fstatSync(descriptor).isDirectory()', 'EIO')
    assert.notEqual(status, 0)
    assert.match(stderr, /Writing the embedded database in ".*": EIO: fsync/)
  })

  for (const code of ['EINVAL', 'EBADF'])
    it(`goes on where a file system has nothing to wait for with a folder (${code})`, () => {
      const { stdout, stderr, status } = commitOn('fstatSync(descriptor).isDirectory()', code)
      assert.deepEqual([status, stderr, stdout], [0, '', 'went on\n'])
    })
})

/** Commits on a disk that refuses to wait, in a process of its own: where and how. Once the database is there, it is `broken`. */
function commitOn(refused: string, code: string) {
  const { folder } = poweredFolder()
  const program = `
    import { fstatSync, fsyncSync } from 'node:fs'
    import { openDurably } from ${JSON.stringify(new URL('../src/db/durable-folder.ts', import.meta.url).href)}
    let broken = false
    const client = await openDurably(${JSON.stringify(folder)}, (descriptor) => {
      if (${refused}) throw Object.assign(new Error('${code}: fsync'), { code: '${code}' })
      fsyncSync(descriptor)
    })
    await client.exec('CREATE TABLE acked (n int)')
    broken = true
    await client.query('INSERT INTO acked VALUES (1)').catch(() => undefined)
    await client.query('CHECKPOINT').catch(() => undefined)
    console.log('went on')
    await client.close()`
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: 60_000 })
}
