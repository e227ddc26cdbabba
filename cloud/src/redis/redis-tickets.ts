import { createTicketMemory } from '../live/ticket-memory.ts'
import type { TicketStore } from '../live/tickets.ts'
import { connectRedis, warnOnce } from './connection.ts'

const prefix = 'fairmile:ticket:'

/** Tickets that any process takes; those issued while Redis is away are taken by the process that issued them. */
export function createRedisTickets({
  url,
  log,
}: {
  url: string
  log: { warn: (details: object, message: string) => void }
}): TicketStore & { close: () => Promise<void> } {
  const redis = connectRedis(url)
  const here = createTicketMemory()
  warnOnce([redis], log, 'Redis is away: a ticket is good for a socket to this process alone')
  return {
    put: async (ticketHash, sealed, lifeMs) => {
      try {
        await redis.set(prefix + ticketHash, sealed, 'PX', lifeMs)
      } catch {
        await here.put(ticketHash, sealed, lifeMs)
      }
    },
    take: async (ticketHash) =>
      (await here.take(ticketHash)) ?? (await redis.getdel(prefix + ticketHash).catch(() => null)),
    close: async () => redis.disconnect(),
  }
}
