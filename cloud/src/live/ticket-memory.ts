import type { TicketStore } from './tickets.ts'

/** Tickets that wait: the sockets of a busy minute. The oldest makes room; its client asks for another. */
const maxTickets = 10_000

/** Tickets of a cloud that is one process. */
export function createTicketMemory({ limit = maxTickets } = {}): TicketStore {
  const tickets = new Map<string, string>()
  return {
    put: async (ticketHash, sealed) => {
      if (tickets.size >= limit) tickets.delete(tickets.keys().next().value ?? '')
      tickets.set(ticketHash, sealed)
    },
    take: async (ticketHash) => {
      const sealed = tickets.get(ticketHash) ?? null
      tickets.delete(ticketHash)
      return sealed
    },
  }
}
