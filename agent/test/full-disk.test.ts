import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { createFakeAfter, noon, started } from '../src/outbox/example-records.ts'
import { openOutbox } from '../src/outbox/outbox.ts'
import { readOutboxStatus } from '../src/outbox/read-status.ts'

let folder: string
let mounted = false
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-disk-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' })
    mounted = true
  } catch {
    mounted = false
  }
})
afterEach(() => {
  if (mounted) execFileSync('/bin/umount', [folder])
  rmSync(folder, { recursive: true })
})

/** Takes all the room there is left. */
const fill = (): string => {
  const path = join(folder, 'ballast')
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(path, Buffer.alloc(bavail * bsize))
  return path
}

describe('openOutbox on a file system that is full', () => {
  it('reports nothing stored that is not, goes on, and stores all of it once there is room', (context) => {
    if (!mounted) return context.skip('mounting a small file system needs root')
    const timer = createFakeAfter()
    const troubles: (string | null)[] = []
    let stored = 0
    const outbox = openOutbox({
      folder: join(folder, 'data'),
      device: 'DEV-1',
      privateKey: generateKeyPair().privateKey,
      buildMs: 0,
      wallMs: () => noon,
      after: timer.after,
      committed: (ranges) => {
        stored = ranges.at(-1)?.lastSeq ?? stored
      },
      trouble: (message) => troubles.push(message),
      warn: () => {},
    })
    try {
      outbox.append('trips', started)
      timer.ring()
      assert.equal(stored, 1)
      const ballast = fill()
      // The file has some pages ready, and the write-ahead log can be written anew; many trips use them up.
      let last = 1
      while (troubles.length === 0 && last < 3000) {
        last = outbox.append('trips', started) ?? last
        timer.ring()
      }
      assert.match(troubles[0] ?? '', /free some space/)
      assert.ok(stored < last)
      assert.equal(readOutboxStatus(join(folder, 'data'))?.lanes.trips.stored, stored)
      unlinkSync(ballast)
      timer.ring()
      assert.equal(troubles.at(-1), null)
      assert.equal(stored, last)
    } finally {
      outbox.close()
    }
  })
})
