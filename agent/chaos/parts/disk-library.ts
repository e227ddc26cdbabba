import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a file beside this one is. */
export const part = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/**
 * Compiles a library to preload from the C file beside this one; gives its path.
 * @throws {Error} where there is no C compiler
 */
export function buildDiskLibrary(name: 'failing-disk' | 'recording-disk', folder: string): string {
  const compiler = ['gcc', 'cc'].find((known) => spawnSync(known, ['--version']).status === 0)
  if (compiler === undefined)
    throw new Error(`Building ${name}.c: there is no C compiler (on Debian: apt install gcc libc6-dev)`)
  const library = join(folder, `${name}.so`)
  const strict = ['-std=gnu99', '-Wall', '-Wextra', '-Werror', '-O2']
  execFileSync(compiler, [...strict, '-fPIC', '-shared', '-o', library, part(`${name}.c`), '-ldl'])
  return library
}
