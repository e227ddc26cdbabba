import { hash, randomBytes } from 'node:crypto'
import { openText, sealText } from '../http/sealed-text.ts'

/** How long a ticket may be used, milliseconds: it stands in an address, which may be logged on its way. */
export const ticketLifeMs = 30_000
/** 192 bits. */
const ticketBytes = 24
/** No ticket of ours is longer. */
const maxTicketLength = 64

/** Where tickets wait, by their hash: nobody who reads it can use one. */
export interface TicketStore {
  put: (ticketHash: string, sealed: string, lifeMs: number) => Promise<void>
  /** Takes one out: it is there once. */
  take: (ticketHash: string) => Promise<string | null>
}

/** Tickets for sockets of clients that can send neither header nor cookie. */
export interface Tickets {
  /** A ticket for the session of this token. */
  issue: (token: string) => Promise<{ ticket: string; expiresAt: Date }>
  /** The token that a ticket stands for, once; null for any that is unknown, used or too old. */
  redeem: (ticket: string) => Promise<string | null>
}

/** Short-lived tickets, each for one use; a store holds the session encrypted under the ticket itself. */
export function createTickets({ store, now = Date.now }: { store: TicketStore; now?: () => number }): Tickets {
  return {
    issue: async (token) => {
      const ticket = randomBytes(ticketBytes).toString('base64url')
      const expiresMs = now() + ticketLifeMs
      await store.put(hashOf(ticket), sealText(`${expiresMs} ${token}`, ticket), ticketLifeMs)
      return { ticket, expiresAt: new Date(expiresMs) }
    },
    redeem: async (ticket) => {
      if (ticket.length > maxTicketLength) return null
      const sealed = await store.take(hashOf(ticket))
      if (sealed === null) return null
      const [expiresMs, token] = openText(sealed, ticket).split(' ')
      return token !== undefined && Number(expiresMs) > now() ? token : null
    },
  }
}

const hashOf = (ticket: string): string => hash('sha256', ticket, 'base64url')
