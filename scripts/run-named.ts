import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

const packages = ['contract', 'firmware-bridge', 'models', 'agent', 'cloud', 'dashboard', 'sim'] as const

/**
 * Runs `PACKAGE/FOLDER/NAME.ts` of the one package that has it, and ends as it ends. Without a name it lists them.
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
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' })
  process.on('SIGINT', () => child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.exitCode = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}
