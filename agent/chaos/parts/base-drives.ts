import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MountAngles } from '../../src/motion/axes.ts'
import { openPlayer } from '../../src/recording/player.ts'
import type { Fix, ImuSample } from '../../src/sensors.ts'

/** A drive as it was sensed, in memory. */
export interface BaseDrive {
  mount: MountAngles
  fixes: Fix[]
  imu: ImuSample[]
}

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const startAt = Date.UTC(2026, 10, 1, 12)

/** Simulates drives whose mount is known, so that every case begins with a calibrated car. */
export async function simulateDrives(options: { seed: number; drives: number; minutes: number }): Promise<BaseDrive[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-b2-'))
  try {
    const record = join(repository, 'sim', 'src', 'cli', 'record.ts')
    const { seed, drives, minutes } = options
    const numbers = ['--seed', seed, '--drives', drives, '--minutes', minutes, '--imu-rate', 25].map(String)
    const args = [record, ...numbers, '--mount', 'random', '--known-mount', '--out', folder]
    execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] })
    return await Promise.all(readdirSync(folder).map((name) => readDrive(join(folder, name))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function readDrive(folder: string): Promise<BaseDrive> {
  const fixes: Fix[] = []
  const imu: ImuSample[] = []
  const { info, run } = await openPlayer({ folder })
  const sink = {
    fix: (fix: Fix) => void fixes.push({ ...fix, utcMs: fix.utcMs ?? startAt + fix.tMs }),
    imu: (sample: ImuSample) => void imu.push(sample),
    board: () => {},
    trouble: () => {},
  }
  await run(sink, new AbortController().signal)
  if (!info.mount) throw new Error(`Reading the simulated drive "${folder}": it has no known mount`)
  return { mount: info.mount, fixes, imu }
}
