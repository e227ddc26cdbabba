import { isIP } from 'node:net'

/**
 * Whether a request's `Host` names this computer: an address, or one of its names.
 *
 * A page of elsewhere can have its own name resolve to this computer (DNS rebinding), but not send another `Host` than that name.
 */
export function isAllowedHost(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false
  const { hostname, username, pathname } = new URL(`http://${host}`)
  if (username !== '' || pathname !== '/') return false
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return name === 'localhost' || isIP(name) !== 0 || names.some((known) => [known, `${known}.local`].includes(name))
}
