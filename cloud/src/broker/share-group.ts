import { createHmac, hash } from 'node:crypto'
import type { IClientOptions } from 'mqtt'

/** What a group is called where there is no secret to make a name of. */
const openName = 'fairmile-ingest'
/** 128 bits: nobody finds a group by trying. */
const nameDigits = 32

/**
 * The group that processes of the cloud share under what devices send, at a broker of version 5. Its name is a secret, made of the
 * account's own: the password, or else the private key, so that it is the same for all that log in by that. Mosquitto lets any device into
 * any group whose name it knows, whatever its access list says, and drops what falls to it.
 */
export function shareGroup(url: string, { password, key }: Pick<IClientOptions, 'password' | 'key'>): string {
  const secret = String(password ?? '') || decodeURIComponent(new URL(url).password) || String(key ?? '')
  if (!secret) return openName
  const digits = createHmac('sha256', secret).update('fairmile share group').digest('hex')
  return `${openName}-${digits.slice(0, nameDigits)}`
}

/** A session's client id: another for another group, as a session that is kept stays in the groups that it has joined. It tells no group's name. */
export const clientIdIn = (group: string, clientId: string): string =>
  `${clientId}-${hash('sha256', group, 'hex').slice(0, 8)}`
