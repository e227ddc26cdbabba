import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Corrupt files that are kept, the newest: enough to see a pattern, and they cannot fill the card. */
const maxKept = 3
const suffixes = ['', '-wal', '-shm']

/** Names of the corrupt files that were set aside in a folder, the oldest first. */
export const setAsideFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /^outbox\.corrupt-.*\.sqlite$/.test(file))
        .sort()
    : []

/** Renames a corrupt file, with what belongs to it, so that it is opened no more; the oldest kept ones go. Gives its new path. */
export function setAside(folder: string, path: string, nowMs: number): string {
  // The time may be anybody's guess: a number makes the name one that there is not.
  const time = new Date(nowMs).toISOString().replaceAll(':', '')
  const name = (n: number): string => join(folder, `outbox.corrupt-${time}${n === 0 ? '' : `-${n}`}.sqlite`)
  let n = 0
  while (existsSync(name(n))) n++
  for (const suffix of suffixes) if (existsSync(path + suffix)) renameSync(path + suffix, name(n) + suffix)
  for (const old of setAsideFiles(folder).slice(0, -maxKept))
    for (const suffix of suffixes) rmSync(join(folder, old) + suffix, { force: true })
  return name(n)
}
