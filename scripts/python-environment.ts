import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureServers, type Server } from './servers.ts'

const requirements = fileURLToPath(new URL('../models/training/requirements.txt', import.meta.url))
const oldestMinor = 11

const python: Server = {
  name: 'Python 3.11 with venv',
  debianPackage: 'python3-venv',
  found: () => spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0,
}

/**
 * Path of a Python that has the libraries of `models/training/requirements.txt`, at the versions written there: what trains, evaluates
 * and stands as reference in benches runs in it.
 *
 * As root on Debian it installs `python3-venv` where that is missing.
 *
 * @param folder where the virtual environment is kept. @default data/training/venv
 * @throws Error naming what is missing and what to do
 */
export async function pythonEnvironment(folder = join('data', 'training', 'venv')): Promise<string> {
  ensureServers([python])
  const minor = Number(
    spawnSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' }).stdout,
  )
  if (!(minor >= oldestMinor)) throw new Error(`Python 3.${oldestMinor} or newer is needed, python3 here is 3.${minor}`)
  const program = join(folder, 'bin/python')
  const done = join(folder, 'requirements.sha256')
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return program
  await mkdir(folder, { recursive: true })
  rmSync(done, { force: true })
  console.error(`installing the Python libraries of ${requirements} into ${folder}`)
  await run('python3', ['-m', 'venv', folder])
  await run(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  writeFileSync(done, wanted)
  return program
}

/**
 * Whether the Python environment can be had here; null where it can, else why not, for a check that must say what it leaves out.
 */
export function pythonMissing(): string | null {
  if (python.found()) return null
  const root = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  return root ? null : 'Python 3.11 with venv is not here (sudo apt-get install python3-venv)'
}

/** Runs a program; what it complains of is shown. */
async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (exit, signal) => resolve(exit ?? signal ?? 'unknown'))
  })
  if (code !== 0) throw new Error(`preparing Python: "${program} ${args.slice(0, 3).join(' ')}" ended with ${code}`)
}
