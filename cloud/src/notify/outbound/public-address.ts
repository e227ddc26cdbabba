import ipaddr from 'ipaddr.js'

/**
 * Whether an address is one of the public internet. Everything else is not: private, shared (CGNAT), link-local with the clouds' metadata,
 * loopback, multicast, reserved, and IPv6 forms that carry an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo).
 *
 * @param address an IPv4 or IPv6 address as the system writes it
 */
export function isPublicAddress(address: string): boolean {
  // A scope (`%eth0`) names an interface of this machine.
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return ipaddr.IPv4.isValidFourPartDecimal(address)
  const [first = 0] = parsed.parts
  return first >= 0x2000 && first <= 0x3fff && !isTunnel(parsed.parts)
}

/** ISATAP: an IPv4 address behind the interface id 0:5efe or 200:5efe. */
const isTunnel = (parts: readonly number[]): boolean => parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x200)
