import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from './errors.ts'

/**
 * Makes a folder with those above it, where it is missing.
 *
 * One by one: Node's own way of making all of them never ends where the kernel says that a folder is missing that it will not have made.
 * @param mode of what is made; without, as the process has it
 * @throws {UsageError} where it cannot be
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder)
  try {
    make(path, mode)
  } catch (cause) {
    const { code = String(cause), path: where = path } = cause as NodeJS.ErrnoException
    throw new UsageError(
      `Making the folder "${path}": ${reasons[code] ?? code} ("${where}"); name one that this user may write to`,
      { cause },
    )
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
  ENOENT: 'no folder may be made there',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

function make(path: string, mode: number): void {
  if (isFolder(path)) return
  if (dirname(path) !== path) make(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process was first.
    if (!isFolder(path)) throw error
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
