import { randomUUID } from 'node:crypto'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Counter } from 'prom-client'
import { z } from 'zod'
import type { FanOut } from '../live/fan-out.ts'
import { type Letter, letterOf } from '../live/letter.ts'
import { connectRedis, type Redis, warnOnce } from './connection.ts'
import { keepAlive } from './keep-alive.ts'

const prefix = 'fairmile:live:'
/** Channel of what concerns no driver: only who sees all hears it. */
const nobody = '-'
/** Messages on their way to Redis: half a second at 4,000 a second. More are dropped, as they would be stale anyway. */
const maxInFlight = 2_000
/** Characters of the name that a process has on the channels: a UUID's. */
const nameLength = 36
/** Channels that are subscribed to in one command. */
const channelsACommand = 500

interface RedisFanOutOptions {
  readonly url: string
  readonly dropped: Counter<'reason'>
  readonly log: { warn: (details: object, message: string) => void }
}

/**
 * The fan-out of a cloud of several processes: a Redis channel a driver, which a process subscribes to while it has a socket for them.
 *
 * The sockets of the process that has a message get it at once, without Redis; before it goes the process's name, by which it knows its own
 * again. So while Redis is away or silent those sockets miss nothing, and the others' are counted. What else is written on the channels is dropped.
 */
export function createRedisFanOut({ url, dropped, log }: RedisFanOutOptions): FanOut {
  const sender = connectRedis(url)
  const receiver = connectRedis(url)
  const lines = [keepAlive(sender), keepAlive(receiver)]
  const name = randomUUID()
  const listeners = new Map<string | null, (letter: Letter) => void>()
  let inFlight = 0

  warnOnce([sender, receiver], log, 'Redis is away: live messages stay in this process')
  receiver.on('ready', () => {
    const channels = [...listeners.keys()].flatMap((driverId) => (driverId === null ? [] : [channelOf(driverId)]))
    for (let at = 0; at < channels.length; at += channelsACommand)
      quietly(receiver.subscribe(...channels.slice(at, at + channelsACommand)))
    if (listeners.has(null)) quietly(receiver.psubscribe(`${prefix}*`))
  })
  // A driver's own sockets hear their channel, those who see all the pattern: what comes by both is heard by each once.
  receiver.on('messageBuffer', (channel: Buffer, data: Buffer) =>
    deliver(channel, data, (driverId) => listeners.get(driverId)),
  )
  receiver.on('pmessageBuffer', (_pattern: string, channel: Buffer, data: Buffer) =>
    deliver(channel, data, () => listeners.get(null)),
  )

  function deliver(channel: Buffer, data: Buffer, listenerOf: (driverId: string) => Hear | undefined): void {
    const driverId = channel.toString().slice(prefix.length)
    const hear = listenerOf(driverId)
    if (!hear) return
    if (data.toString('latin1', 0, nameLength) === name) return
    const written = data.subarray(nameLength)
    const message = readMessage(written)
    if (message && (message.driverId ?? nobody) === driverId) hear(letterOf(message, written))
    else dropped.inc({ reason: 'foreign' })
  }

  function deliverHere(message: LiveMessage, text: string): void {
    const own = message.driverId === null ? undefined : listeners.get(message.driverId)
    const all = listeners.get(null)
    if (!own && !all) return
    const letter = letterOf(message, Buffer.from(text))
    own?.(letter)
    all?.(letter)
  }

  return {
    publish: (message) => {
      const text = JSON.stringify(message)
      deliverHere(message, text)
      if (sender.status !== 'ready') return dropped.inc({ reason: 'redis' })
      if (inFlight >= maxInFlight) return dropped.inc({ reason: 'busy' })
      inFlight++
      sender
        .publish(channelOf(message.driverId ?? nobody), name + text)
        .catch(() => dropped.inc({ reason: 'redis' }))
        .finally(() => inFlight--)
    },
    listen: (driverId, hear) => {
      listeners.set(driverId, hear)
      change(receiver, driverId, true)
      return () => {
        listeners.delete(driverId)
        change(receiver, driverId, false)
      }
    },
    close: async () => {
      for (const line of lines) line.stop()
      sender.disconnect()
      receiver.disconnect()
    },
  }
}

type Hear = (letter: Letter) => void

const channelOf = (driverId: string): string => prefix + driverId

/** Subscribes or ends that; while Redis is away nothing is asked, as all is subscribed to when it is back. */
function change(receiver: Redis, driverId: string | null, isWanted: boolean): void {
  if (receiver.status !== 'ready') return
  if (driverId === null) quietly(isWanted ? receiver.psubscribe(`${prefix}*`) : receiver.punsubscribe(`${prefix}*`))
  else quietly(isWanted ? receiver.subscribe(channelOf(driverId)) : receiver.unsubscribe(channelOf(driverId)))
}

/** A lost connection: 'ready' comes again. */
const quietly = (command: Promise<unknown>): void => void command.catch(() => undefined)

/** What identifies a message of ours; the rest of it is as one of our processes wrote it. */
const Ours = z.looseObject({
  type: z.enum([
    'driving_update',
    'safety_alert',
    'risk_score_update',
    'pricing_update',
    'risk_job_update',
  ] satisfies LiveMessage['type'][]),
  driverId: z.string().nullable(),
})

/** A message as it came over Redis; null where it is none of ours. */
function readMessage(data: Buffer): LiveMessage | null {
  try {
    const message: unknown = JSON.parse(data.toString())
    return Ours.safeParse(message).success ? (message as LiveMessage) : null
  } catch {
    return null
  }
}
