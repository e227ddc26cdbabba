import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** An address that nothing is sent to, and why. */
export class RefusedTargetError extends Error {
  override readonly name = 'RefusedTargetError'
}

/** What may be sent to. */
export interface TargetRules {
  /** @default https alone */
  readonly protocols: ReadonlySet<string>
  /** Null: any. */
  readonly ports: ReadonlySet<number> | null
  readonly isAllowed: (address: string) => boolean
  /** Judges a name before anybody is asked for its addresses. */
  readonly isAllowedName: (name: string) => boolean
}

/** HTTPS on its usual ports, to the public internet. */
export const publicTargets: TargetRules = {
  protocols: new Set(['https:']),
  ports: new Set([443, 8443]),
  isAllowed: isPublicAddress,
  isAllowedName: (name) => name.includes('.') && !localNames.test(name),
}

const maxUrlLength = 1000
/** Names that no public server has. */
const localNames = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa|onion|test|invalid)$/

/**
 * Reads the address of a receiver as far as it can be judged without asking for its addresses.
 *
 * @throws {RefusedTargetError}
 */
export function readTarget(text: string, rules: TargetRules): URL {
  if (text.length > maxUrlLength || !URL.canParse(text)) throw new RefusedTargetError('It is no address like https://…')
  // The parser writes all spellings of an IPv4 address (octal, hex, one number) with four decimals.
  const url = new URL(text)
  if (!rules.protocols.has(url.protocol)) throw new RefusedTargetError('It must begin with https://')
  if (url.username !== '' || url.password !== '')
    throw new RefusedTargetError('It must not hold a user name or password')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  if (rules.ports && !rules.ports.has(port)) throw new RefusedTargetError(`Port ${port} is not allowed`)
  const host = hostOf(url)
  if (isIP(host) !== 0) {
    if (!rules.isAllowed(host)) throw new RefusedTargetError(`${host} is not a public address`)
  } else if (!rules.isAllowedName(host)) throw new RefusedTargetError(`"${host}" is a local name`)
  return url
}

/** Name or address of a URL, without brackets and the dot at the end. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
