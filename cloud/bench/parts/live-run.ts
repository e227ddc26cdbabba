import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createRedisFanOut } from '../../src/redis/redis-fan-out.ts'
import { publishEvenly } from './live-load.ts'

/** What one run is asked for. */
export interface LiveLoad {
  sockets: number
  /** Messages a second over all drivers, each for the one socket of its driver. */
  messagesPerS: number
  seconds: number
  /** Redis between who publishes and who holds the sockets; without it both are one process. */
  redisUrl: string | null
  /** The database of sessions; null for the embedded one. */
  databaseUrl: string | null
  /** Of the embedded database. */
  folder: string
}

/** What the clients have measured, milliseconds from when a message was due to when its socket had it. */
export interface Received {
  published: number
  received: number
  /** Delivered a second. */
  messagesPerS: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

/** That, and what the sockets asked of the database meanwhile. */
export interface LiveMeasured extends Received {
  sessionsAsked: number
}

/** Runs a service with its sockets and the clients as a process each, and publishes from a third where Redis is between them. */
export async function runLive(load: LiveLoad): Promise<LiveMeasured> {
  const server = start('live-server.ts', [
    ...[String(load.sockets), load.folder, load.redisUrl ?? '', load.databaseUrl ?? ''],
  ])
  const { url, tokens } = await told<{ url: string; tokens: string[] }>(server)
  const clients = start('live-clients.ts', [])
  clients.send({ url, tokens })
  await told(clients)
  const asked = async () => {
    server.send('asked')
    return (await told<{ asked: number }>(server)).asked
  }

  const { sockets: drivers, messagesPerS, seconds } = load
  const askedBefore = await asked()
  let published: number
  if (load.redisUrl === null) {
    server.send({ drivers, messagesPerS, seconds })
    published = (await told<{ published: number }>(server)).published
  } else {
    const dropped = { count: 0 }
    const counter = { inc: () => dropped.count++ } as never
    const fanOut = createRedisFanOut({ url: load.redisUrl, dropped: counter, log: console })
    await untilSends(() => {
      dropped.count = 0
      fanOut.publish({
        type: 'risk_score_update',
        driverId: 'DRV-0',
        at: 0,
        risk: 0,
        intervalHalfWidth: 0,
        tripId: null,
      })
      return dropped.count === 0
    })
    published = (await publishEvenly(fanOut.publish, { drivers, messagesPerS, seconds })) - dropped.count
    await fanOut.close()
  }
  const sessionsAsked = (await asked()) - askedBefore
  clients.send({ published })
  const measured = await told<Received>(clients)
  for (const child of [clients, server]) child.send('end')
  await Promise.all([clients, server].map((child) => child.exitCode ?? once(child, 'exit')))
  return { ...measured, sessionsAsked }
}

const start = (file: string, args: readonly string[]): ChildProcess => {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args)
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

async function told<T>(child: ChildProcess): Promise<T> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`Measuring live messages: a process ended with ${code}`)
  })
  const [message] = await Promise.race([once(child, 'message'), failed])
  return message as T
}

async function untilSends(send: () => boolean): Promise<void> {
  while (!send()) await new Promise((resolve) => setTimeout(resolve, 10))
}
