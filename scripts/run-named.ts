import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { cloudServers, compilers, ensureServers, type Server } from './servers.ts'

const packages = ['contract', 'firmware-bridge', 'models', 'agent', 'cloud', 'dashboard', 'sim'] as const

/** What the benches and faults of a package start for real; the others start nothing. */
const started: Readonly<Record<string, readonly Server[]>> = {
  'cloud/bench': cloudServers,
  'cloud/chaos': cloudServers,
  'sim/bench': cloudServers,
  'sim/chaos': cloudServers,
  'agent/chaos': compilers,
}

/** Makes sure that what a file starts is here; false where it is not, which is said. */
function prepare(file: string, args: readonly string[]): boolean {
  if (args.includes('--help') || args.includes('-h')) return true
  try {
    ensureServers(started[file.split(sep).slice(0, 2).join('/')] ?? [])
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return false
  }
}

/**
 * Runs `PACKAGE/FOLDER/NAME.ts` of the one package that has it, and ends as it ends; the servers that it starts are
 * installed before, or named. Without a name it lists them.
 *
 * @param folder `bench` or `chaos`
 */
export async function runNamed(folder: 'bench' | 'chaos'): Promise<void> {
  const [name, ...args] = process.argv.slice(2)
  const found = new Map(
    packages
      .map((name) => join(name, folder))
      .filter((path) => existsSync(path))
      .flatMap((path) => readdirSync(path).map((file) => join(path, file)))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => [basename(file, '.ts').toLowerCase(), file]),
  )
  const file = found.get(name?.toLowerCase() ?? '')
  if (!file) {
    const asked = name === undefined || name === '--help' || name === '-h'
    if (!asked) console.error(`There is no ${folder} named "${name}".`)
    console.error(
      `Examples:\n  npm run ${folder} -- ${[...found.keys()].sort()[0]} --json\n  npm run ${folder} -- NAME --help`,
    )
    console.error(`Known: ${[...found.keys()].sort().join(', ')}`)
    process.exitCode = asked && name !== undefined ? 0 : 2
    return
  }
  if (!prepare(file, args)) {
    process.exitCode = 1
    return
  }
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' })
  process.on('SIGINT', () => child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.exitCode = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}
