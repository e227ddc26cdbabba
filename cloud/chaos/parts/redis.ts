import { existsSync } from 'node:fs'
import { freePort } from '../../../scripts/free-port.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { type Site, serverAccount } from './site.ts'

/** A Redis server on a port of its own. */
export interface RedisServer extends ServerProcess {
  readonly url: string
  readonly port: number
}

/**
 * Makes a Redis of a test, not started yet; it keeps nothing on disk unless told to.
 *
 * @param options `settings`: of redis.conf
 * @throws {Error} naming what to install where there is none
 */
export async function createRedis(
  site: Site,
  { settings = {} }: { settings?: Record<string, string> } = {},
): Promise<RedisServer> {
  const program = '/usr/bin/redis-server'
  if (!existsSync(program)) throw new Error('Starting Redis: there is none; install the Debian package "redis-server"')
  const port = await freePort()
  const account = serverAccount('redis')
  const folder = site.makeFolder('redis', account)
  const all = { port: String(port), bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', ...settings }
  const server = createServerProcess({
    site,
    name: 'redis',
    command: program,
    args: Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
    cwd: folder,
    account,
    ready: 'Ready to accept connections',
  })
  return Object.assign(server, { port, url: `redis://127.0.0.1:${port}` })
}
