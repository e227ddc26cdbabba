import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChipSample, createFeed } from './feed.ts'

/** The chips that there are simulations of (`chip.c`). */
export const chipModels = [
  'MPU-6050',
  'MPU-6500',
  'MPU-9250',
  'ICM-20948',
  'LSM6DS3',
  'LSM6DS3TR-C',
  'LSM6DSO',
  'BMI160',
] as const
export type ChipModel = (typeof chipModels)[number]

export interface VirtualI2cOptions {
  library: I2cLibrary
  /** N of /dev/i2c-N. @default 1 */
  bus?: number
  /** @default 'MPU-6050' */
  model?: ChipModel
  /** Where it answers. @default the lower of its two */
  address?: number
  /** Axes (accelerometer 0 to 2, gyroscope 3 to 5) that do not answer a self-test. @default none */
  broken?: readonly number[]
  /** What its WHO_AM_I says. @default the truth */
  whoAmI?: number
  /**
   * Samples that will be pushed a second; the chip takes from them at the rate the driver sets.
   * 0: it feels those that were pushed over and over, one each time it is asked anything, however slow the machine is.
   */
  rateHz: number
}

/** A chip on an I²C bus that exists for one child process. */
export interface VirtualI2c {
  /** To add to the child's environment. */
  readonly env: { LD_PRELOAD: string; FAIRMILE_VIRTUAL_I2C: string }
  /** Moves the chip: the next reading of the world in its axes. */
  push(sample: ChipSample): void
  /** Pulls the chip off the bus (nobody answers), or puts it back as after power-up. */
  setPresent(present: boolean): void
  /** Removes its feed; may be called twice. */
  stop(): void
}

/** The C compiler of this machine, null without one: then there is no virtual I²C. */
export function findCompiler(): string | null {
  return ['gcc', 'cc'].find((name) => spawnSync(name, ['--version']).status === 0) ?? null
}

/** The library that answers for /dev/i2c-N in any program started with it preloaded. */
export interface I2cLibrary {
  readonly path: string
  /** May be called twice. */
  remove(): void
}

/**
 * Compiles the library, so that the real `i2c-bus` runs on a machine without I²C.
 *
 * @throws Error where there is no C compiler
 */
export function buildI2cLibrary(): I2cLibrary {
  const compiler = findCompiler()
  if (compiler === null)
    throw new Error('Building the virtual I2C bus: there is no C compiler (on Debian: apt install gcc libc6-dev)')
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-i2c-'))
  const path = join(folder, 'libfairmile-i2c.so')
  const sources = ['preload.c', 'chip.c', 'mpu.c', 'icm20948.c', 'lsm6ds.c', 'bmi160.c'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  )
  const strict = ['-std=gnu99', '-Wall', '-Wextra', '-Werror', '-O2']
  execFileSync(compiler, [...strict, '-fPIC', '-shared', '-o', path, ...sources, '-ldl', '-lm', '-pthread'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Sets a simulated chip on a bus, for any program that is started with `env`. */
export function startVirtualI2c(options: VirtualI2cOptions): VirtualI2c {
  const { library, model = 'MPU-6050', bus = 1, rateHz, broken = [] } = options
  const address = options.address ?? (model.startsWith('LSM') ? 0x6a : 0x68)
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-i2c-'))
  const path = join(folder, 'feed')
  const feed = createFeed(path, { bus, address, rateHz, model, broken, whoAmI: options.whoAmI ?? null })
  let stopped = false
  return {
    env: { LD_PRELOAD: library.path, FAIRMILE_VIRTUAL_I2C: path },
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
