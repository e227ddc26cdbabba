import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * Who a request comes from, as rate limits count: an IPv4 address, or the /64 of an IPv6 one; `local` without a socket.
 *
 * Behind `proxies` proxies it is what the outermost of them wrote in `X-Forwarded-For`. What stands to the left of that
 * anyone may have made up.
 */
export function clientAddress(c: Context, { proxies }: { proxies: number }): string {
  const hasSocket = typeof c.env === 'object' && c.env !== null && 'incoming' in c.env
  const forwarded = proxies > 0 ? c.req.header('x-forwarded-for')?.split(',').at(-proxies)?.trim() : undefined
  const told = forwarded !== undefined && isIP(forwarded) !== 0 ? forwarded : undefined
  const address = told ?? (hasSocket ? getConnInfo(c).remote.address : undefined)
  if (address === undefined) return 'local'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  return address.includes(':') ? networkOf(address) : address
}

/** The first four groups of an IPv6 address, however it is written. */
function networkOf(address: string): string {
  // The URL parser writes it in its one canonical form (RFC 5952); a zone belongs to this machine alone.
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const groups = head.split(':').filter(Boolean)
  if (tail !== undefined) {
    const after = tail.split(':').filter(Boolean)
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return groups.slice(0, 4).join(':')
}
