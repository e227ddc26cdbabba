import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

const recorded = join(process.env.FAIRMILE_SHARED ?? join(repository, '..', 'shared'), 'data', 'drives')

/** Folders of all recorded drives; none where the shared data is absent. */
export const recordedDrives = (): string[] =>
  existsSync(recorded) ? readdirSync(recorded).map((name) => join(recorded, name)) : []

/** The recorded drive of a Raspberry Pi in a car, or null where the shared data is absent. */
export const recordedDrive = (): string | null => {
  const folder = join(recorded, 'regensburg-raspberry-pi')
  return existsSync(folder) ? folder : null
}

/** Simulates a drive with 100 Hz IMU and 1 Hz GNSS in a folder that the process removes at its end. */
export const simulatedDrive = (minutes: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const record = join(repository, 'sim', 'src', 'cli', 'record.ts')
  const args = [record, '--seed', '11', '--minutes', String(minutes), '--mount', '10,-15,70', '--out', folder]
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  return folder
}
