import { execFileSync, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm start` with its data in a fresh folder. */
export interface Program {
  readonly dataDir: string
  readonly url: string
  readonly driver: { email: string; password: string }
  /** Resolves with the first line (old or to come) that matches; rejects where the program ends before. */
  line(pattern: RegExp): Promise<string>
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  stop(): Promise<number | null>
  /** Throws the data away. */
  remove(): void
}

/** Starts what `npm start -- ARGS` starts, on a free port, and waits until it tells its address. */
export async function startProgram(...args: string[]): Promise<Program> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fairmile-e2e-'))
  const child = spawn(
    process.execPath,
    [join(root, 'sim/src/start/main.ts'), '--port', '0', '--data', dataDir, ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: '', MQTT_URL: '', REDIS_URL: '', MQTT_TLS_PORT: '0' },
    },
  )
  const lines: string[] = []
  const news = new EventEmitter().setMaxListeners(50)
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      news.emit('line')
    })
  const ended = once(child, 'close').then(([code]) => {
    news.emit('line')
    return code as number | null
  })
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.find((text) => pattern.test(text))
      if (found !== undefined) return found
      if (child.exitCode !== null) throw new Error(`The program ended without ${pattern}:\n${lines.join('\n')}`)
      await once(news, 'line')
    }
  }
  const url = (await line(/Pages +http/)).trim().split(/ +/)[1]!
  const { driver } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Pick<Program, 'driver'>
  return {
    dataDir,
    url,
    driver,
    line,
    ended,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** Asks the API as the driver. */
export async function asDriver(program: Program): Promise<<T>(path: string) => Promise<T>> {
  const login = await fetch(`${program.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(program.driver),
  })
  const { accessToken } = (await login.json()) as { accessToken: string }
  return async <T>(path: string) => {
    const response = await fetch(`${program.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
}

/** Runs one of our command-line tools; returns its stdout. @throws Error where it exits with anything but 0 */
export function runTool(file: string, args: readonly string[], env: Record<string, string> = {}): string {
  return execFileSync(process.execPath, [join(root, file), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Opens the embedded database of a cloud that has been stopped; runs in the cloud's folder, whose library it is. */
const queryScript = `
  const { PGlite } = await import('@electric-sql/pglite')
  const [folder, sql] = process.argv.slice(1)
  const db = await PGlite.create(folder)
  console.log(JSON.stringify((await db.query(sql)).rows[0]))
  await db.close()`

/** The one row of a query on the embedded database of a cloud that has been stopped. */
export function queryStopped<T>(program: Program, sql: string): T {
  const args = ['--input-type=module', '-e', queryScript, join(program.dataDir, 'cloud/postgres'), sql]
  return JSON.parse(execFileSync(process.execPath, args, { cwd: join(root, 'cloud'), encoding: 'utf8' })) as T
}
