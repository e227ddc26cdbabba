import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChipSample, createFeed } from './feed.ts'

export interface VirtualI2cOptions {
  /** N of /dev/i2c-N. @default 1 */
  bus?: number
  /** Where the MPU-6050 answers. @default 0x68 */
  address?: number
  /** Samples that will be pushed a second; the chip takes from them at the rate the driver sets. */
  rateHz: number
}

/** An MPU-6050 on an I²C bus that exists for one child process. */
export interface VirtualI2c {
  /** To add to the child's environment. */
  readonly env: { LD_PRELOAD: string; FAIRMILE_VIRTUAL_I2C: string }
  /** Moves the chip: the next reading of the world in its axes. */
  push(sample: ChipSample): void
  /** Pulls the chip off the bus (nobody answers), or puts it back as after power-up. */
  setPresent(present: boolean): void
  /** Removes the library and its feed; may be called twice. */
  stop(): void
}

/** The C compiler of this machine, null without one: then there is no virtual I²C. */
export function findCompiler(): string | null {
  return ['gcc', 'cc'].find((name) => spawnSync(name, ['--version']).status === 0) ?? null
}

/**
 * Compiles the library that answers for /dev/i2c-N in any program started with `env`, so that the real `i2c-bus` runs
 * on a machine without I²C.
 *
 * @throws Error where there is no C compiler
 */
export function startVirtualI2c(options: VirtualI2cOptions): VirtualI2c {
  const compiler = findCompiler()
  if (compiler === null)
    throw new Error('Starting the virtual I2C bus: there is no C compiler (on Debian: apt install gcc libc6-dev)')
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-i2c-'))
  const library = join(folder, 'libfairmile-i2c.so')
  const sources = ['preload.c', 'mpu6050.c'].map((file) => fileURLToPath(new URL(file, import.meta.url)))
  const strict = ['-std=gnu99', '-Wall', '-Wextra', '-Werror', '-O2']
  execFileSync(compiler, [...strict, '-fPIC', '-shared', '-o', library, ...sources, '-ldl', '-lm', '-pthread'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const path = join(folder, 'feed')
  const feed = createFeed(path, { bus: options.bus ?? 1, address: options.address ?? 0x68, rateHz: options.rateHz })
  let stopped = false
  return {
    env: { LD_PRELOAD: library, FAIRMILE_VIRTUAL_I2C: path },
    push: feed.push,
    setPresent: feed.setPresent,
    stop() {
      if (stopped) return
      stopped = true
      feed.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
