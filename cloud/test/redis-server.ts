import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The Debian package `redis-server`; `npm test` installs it. */
const program = 'redis-server'

/** A Redis of a test, on a socket of its own. */
export interface RedisServer {
  /** Path of its socket, which the client takes for an address. */
  readonly url: string
  /** Path of a socket that nobody listens on. */
  readonly gone: string
  readonly pid: () => number
  /** Starts it again after `kill`, with nothing in it. */
  start: () => Promise<void>
  /** Ends it as a crash would. */
  kill: () => Promise<void>
  /** Ends it and removes its folder. */
  close: () => Promise<void>
}

export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-redis-'))
  const url = join(folder, 'socket')
  let server: ChildProcess | null = null

  async function start(): Promise<void> {
    const child = spawn(program, ['--port', '0', '--unixsocket', url, '--save', '', '--dir', folder])
    server = child
    for await (const line of child.stdout) if (String(line).includes('ready to accept connections')) break
    child.stdout.resume()
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  await start()
  return {
    url,
    gone: join(folder, 'gone'),
    pid: () => server?.pid ?? 0,
    start,
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGTERM')
      rmSync(folder, { recursive: true })
    },
  }
}
