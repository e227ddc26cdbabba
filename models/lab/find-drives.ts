import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const recorder = fileURLToPath(new URL('../../sim/src/cli/record.ts', import.meta.url))

/** A recording and who drove it. */
export interface LabDrive {
  name: string
  folder: string
  /** Where the recording does not say, each is a driver of its own. */
  driver: string
}

/** What is simulated where no drives are given. */
export interface Simulation {
  drives: number
  drivesPerDriver: number
  minutes: number
  seed: number
}

/**
 * The recordings in a folder: itself, or every folder in it that has a `drive.json`, by name.
 *
 * @throws Error where there is none
 */
export function findDrives(folder: string): LabDrive[] {
  const isDrive = (path: string): boolean => existsSync(join(path, 'drive.json'))
  if (!existsSync(folder)) throw new Error(`looking for drives: there is no folder "${folder}"`)
  const folders = isDrive(folder)
    ? [folder]
    : readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
        .filter(isDrive)
  if (folders.length === 0)
    throw new Error(
      `looking for drives: neither "${folder}" nor a folder in it has a drive.json; name a folder of recordings`,
    )
  return folders.map((path) => ({ name: basename(path), folder: path, driver: driverOf(path) ?? basename(path) }))
}

/** Who drove, by the truth of a simulated drive. */
function driverOf(folder: string): string | null {
  const path = join(folder, 'truth.json')
  if (!existsSync(path)) return null
  const { driver } = JSON.parse(readFileSync(path, 'utf8')) as { driver?: { id?: unknown } }
  return typeof driver?.id === 'string' ? driver.id : null
}

/** Simulates drives into a folder. @throws Error with the simulator's words where it ends with an error */
export async function simulateDrives(
  folder: string,
  { drives, drivesPerDriver, minutes, seed }: Simulation,
  signal: AbortSignal,
): Promise<void> {
  const numbers = { '--drives': drives, '--drives-per-driver': drivesPerDriver, '--minutes': minutes, '--seed': seed }
  const args = Object.entries(numbers).flatMap(([name, value]) => [name, String(value)])
  const child = spawn(
    process.execPath,
    [recorder, ...args, '--mount', 'random', '--known-mount', '--gzip', '--out', folder],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    },
  )
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const problem = await new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code === 0 ? null : Buffer.concat(errors).toString().trim().slice(-2000)))
  })
  if (problem !== null) throw new Error(`simulating drives: ${problem}`)
}
