import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import type { DemoAccounts } from './demo-accounts.ts'

/** A cloud that listens. */
export interface RunningCloud extends Child {
  /** Such as http://127.0.0.1:8000 */
  http: string
  mqtt: string
}

/** Longest time that the first start may take, with its migrations, on a slow disk. */
const READY_MS = 120_000

/**
 * Starts the cloud with its embedded parts, or those that the environment names, and waits until it is ready.
 *
 * @throws Error where the port is taken, or the end of its log where it ends
 */
export async function startCloud(options: {
  root: string
  dataDir: string
  port: number
  accounts: DemoAccounts
}): Promise<RunningCloud> {
  await assertPortFree(options.port)
  let told: (line: string) => void = () => {}
  const ready = new Promise<string>((resolve) => {
    told = resolve
  })
  const child = startChild({
    name: 'cloud',
    args: [join(options.root, 'cloud/bin/fairmile-cloud.mjs'), 'serve'],
    env: {
      PORT: String(options.port),
      MQTT_PORT: process.env.MQTT_PORT ?? '0',
      FAIRMILE_DATA: join(options.dataDir, 'cloud'),
      FAIRMILE_ADMIN_EMAIL: options.accounts.admin.email,
      FAIRMILE_ADMIN_PASSWORD_FILE: options.accounts.adminPasswordFile,
    },
    logFile: join(options.dataDir, 'logs/cloud.log'),
    onLine: (line) => {
      if (line.includes('"ready":true')) told(line)
    },
  })
  const late = AbortSignal.timeout(READY_MS)
  const tooLate = new Promise<never>((_, reject) => {
    late.onabort = () =>
      reject(new Error(`The cloud was not ready after ${READY_MS / 1000} s: see data/logs/cloud.log.`))
  })
  const line = await Promise.race([ready, child.failed, tooLate])
  return { ...child, ...(JSON.parse(line) as { http: string; mqtt: string }) }
}

/** A taken port is told before anything is started. */
async function assertPortFree(port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  }).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be opened (${cause.code})`
    throw new Error(`Port ${port} ${why}. Stop what listens there, or take another: npm start -- --port ${port + 1}`, {
      cause,
    })
  })
  await new Promise((resolve) => server.close(resolve))
}
