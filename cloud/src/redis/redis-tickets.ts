import { createTicketMemory } from '../live/ticket-memory.ts'
import type { TicketStore } from '../live/tickets.ts'
import { type Asked, createCircuit } from './circuit.ts'
import { connectRedis, warnOnce } from './connection.ts'
import { keepAlive } from './keep-alive.ts'

const prefix = 'fairmile:ticket:'
/** Longest that a ticket waits for Redis, milliseconds: asked for once a socket, and worth more where any process takes it. */
const patienceMs = 250

/** Tickets that any process takes; those issued while Redis is away or silent are taken by the process that issued them. */
export function createRedisTickets({
  url,
  log,
}: {
  url: string
  log: { warn: (details: object, message: string) => void }
}): TicketStore & { close: () => Promise<void> } {
  const redis = connectRedis(url)
  const line = keepAlive(redis)
  const here = createTicketMemory()
  const circuit = createCircuit({ patienceMs })
  warnOnce([redis], log, 'Redis is away: a ticket is good for a socket to this process alone')

  const ask = async <T>(question: () => Promise<T>): Promise<Asked<T>> =>
    redis.status === 'ready' && circuit.isClosed() ? circuit.ask(question()) : { problem: 'error' }

  return {
    put: async (ticketHash, sealed, lifeMs) => {
      const put = await ask(() => redis.set(prefix + ticketHash, sealed, 'PX', lifeMs))
      if ('value' in put) return
      await here.put(ticketHash, sealed, lifeMs)
      // A silent Redis may take it yet: this goes right behind it, so that the ticket is in one place and good once.
      redis.del(prefix + ticketHash).catch(() => undefined)
    },
    take: async (ticketHash) => {
      const found = await here.take(ticketHash)
      if (found !== null) return found
      const taken = await ask(() => redis.getdel(prefix + ticketHash))
      return 'value' in taken ? taken.value : null
    },
    close: async () => {
      line.stop()
      redis.disconnect()
    },
  }
}
