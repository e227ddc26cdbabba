import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StartError } from '../errors.ts'

/**
 * Makes the data folder, for its owner alone, with the folders above it.
 *
 * One by one: Node's own way of making all of them never ends where the kernel says that a folder is missing that it will not have made.
 * @throws {StartError} `bad_data_folder` where it cannot be
 */
export function makeDataFolder(folder: string): void {
  const path = resolve(folder)
  try {
    make(path)
  } catch (cause) {
    const { code = String(cause), path: where = path } = cause as NodeJS.ErrnoException
    throw new StartError(
      'bad_data_folder',
      `Making the data folder "${path}": ${reasons[code] ?? code} ("${where}"); set FAIRMILE_DATA to a folder that this user may write to`,
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

function make(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found === undefined && dirname(path) !== path) make(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}
