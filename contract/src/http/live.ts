import { z } from 'zod'

/** A ticket for one live socket: `?ticket=…` in its address, once and soon. */
export const LiveTicket = z.object({ ticket: z.string(), expiresAt: z.iso.datetime() }).meta({ id: 'LiveTicket' })
export type LiveTicket = z.infer<typeof LiveTicket>
