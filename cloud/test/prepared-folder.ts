import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../../node_modules/.cache/fairmile-test/', import.meta.url))
const migrations = new URL('../src/db/migrations/', import.meta.url)

/**
 * Copies a folder that takes seconds to make (an initialised, migrated database) to where there is none yet. It is made
 * once for each state of the migrations and kept among npm's caches; two processes may make it side by side.
 *
 * @param name with the version of what makes it, of letters, digits, `.` and `-`
 * @param make fills an empty folder below the system's temporary one; nothing may hold it afterwards
 */
export async function copyPrepared(name: string, to: string, make: (folder: string) => Promise<void>): Promise<void> {
  const kept = join(cache, `${name}-${migrationsHash()}`)
  if (!existsSync(kept)) {
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-prepare-'))
    try {
      await make(folder)
      keep(name, folder, kept)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  copy(kept, to)
}

/** Puts a folder into the cache at once or not at all; those of older migrations go. */
function keep(name: string, folder: string, kept: string): void {
  mkdirSync(cache, { recursive: true })
  // Another process may have made the same just now, and copies it.
  for (const old of readdirSync(cache))
    if (old.startsWith(`${name}-`) && join(cache, old) !== kept)
      rmSync(join(cache, old), { recursive: true, force: true })
  const half = mkdtempSync(join(cache, 'half-'))
  copy(folder, join(half, 'whole'))
  try {
    renameSync(join(half, 'whole'), kept)
  } catch (error) {
    if (!existsSync(kept)) throw error
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

/** With owners and modes, which PostgreSQL insists on. */
const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to])

function migrationsHash(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(new URL(name, migrations)))
  return hash.digest('hex').slice(0, 16)
}
