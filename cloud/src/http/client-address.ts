import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Who a request comes from, as rate limits count: an IPv4 address, or the /64 of an IPv6 one; `local` without a socket. */
export function clientAddress(c: Context): string {
  const hasSocket = typeof c.env === 'object' && c.env !== null && 'incoming' in c.env
  const address = hasSocket ? getConnInfo(c).remote.address : undefined
  if (address === undefined) return 'local'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address
}
