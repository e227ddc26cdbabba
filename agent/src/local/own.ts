import type { IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether a request comes from this computer itself: the box's own screen, or a command. */
export function isOwn({ socket }: Pick<IncomingMessage, 'socket'>): boolean {
  const { remoteAddress, remoteFamily, localAddress } = socket
  if (remoteAddress === undefined) return false
  return remoteAddress === localAddress || loopback.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4')
}
