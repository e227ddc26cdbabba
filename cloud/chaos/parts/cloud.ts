import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import type { Site } from './site.ts'

const cli = fileURLToPath(new URL('../../bin/fairmile-cloud.mjs', import.meta.url))

/** `fairmile-cloud serve` as a process of its own. */
export interface CloudProcess extends ServerProcess {
  /** Address of its pages and its API; the last one it said. */
  readonly http: string
  /** Address of the broker that devices are told. */
  readonly mqtt: string
}

export interface CloudOptions {
  /** Names its log and its data folder; each process of a site has one of its own. @default `cloud` */
  name?: string
  /** Servers (`DATABASE_URL`, `MQTT_URL`, `REDIS_URL`), roles (`FAIRMILE_ROLES`) and all else that the service reads. */
  env: Record<string, string>
}

/** Makes one process of the cloud, not started yet; where its environment names no servers, they are embedded. */
export function createCloud(site: Site, { name = 'cloud', env }: CloudOptions): CloudProcess {
  const addresses = { http: '', mqtt: '' }
  const server = createServerProcess({
    site,
    name,
    command: process.execPath,
    args: [cli, 'serve'],
    env: { PORT: '0', MQTT_PORT: '0', FAIRMILE_LOG_LEVEL: 'warn', FAIRMILE_DATA: join(site.folder, name), ...env },
    ready: '"ready":true',
  })
  const { start } = server
  const started = async (): Promise<string> => {
    const line = await start()
    Object.assign(addresses, JSON.parse(line))
    return line
  }
  return Object.defineProperties(Object.assign(server, { start: started }), {
    http: { get: () => addresses.http },
    mqtt: { get: () => addresses.mqtt },
  }) as CloudProcess
}
