import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../../scripts/free-port.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { type Site, serverAccount } from './site.ts'

/** A Mosquitto broker on a port of its own. */
export interface MosquittoServer extends ServerProcess {
  readonly url: string
  readonly port: number
}

/**
 * Makes a Mosquitto of a test, not started yet.
 *
 * @param options `config`: lines of mosquitto.conf beside listener and log. @default anyone may connect, no limit on what waits
 * @throws {Error} naming what to install where there is none
 */
export async function createMosquitto(
  site: Site,
  { config = 'allow_anonymous true\nmax_queued_messages 0\n' }: { config?: string } = {},
): Promise<MosquittoServer> {
  const program = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path))
  if (!program) throw new Error('Starting Mosquitto: there is none; install the Debian package "mosquitto"')
  const port = await freePort()
  const account = serverAccount('mosquitto')
  const folder = site.makeFolder('mosquitto', account)
  const file = join(folder, 'mosquitto.conf')
  const log = 'log_dest stderr\nlog_type error\nlog_type warning\nlog_type information\nconnection_messages false\n'
  writeFileSync(file, `listener ${port} 127.0.0.1\npersistence_location ${folder}/\n${log}${config}`)
  const server = createServerProcess({
    site,
    name: 'mosquitto',
    command: program,
    args: ['-c', file],
    cwd: folder,
    account,
    ready: 'running',
  })
  return Object.assign(server, { port, url: `mqtt://127.0.0.1:${port}` })
}
