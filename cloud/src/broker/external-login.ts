import { readFileSync } from 'node:fs'
import type { IClientOptions } from 'mqtt'
import { UsageError } from '../errors.ts'
import { cloudAccount } from './broker.ts'

/** How long the first connection may take, and then the subscription, ms. */
export const connectTimeoutMs = 10_000
/**
 * How long a broker keeps the session of a process that is away, seconds: it bridges a restart. A broker goes on giving a
 * share of the messages to who is away and kept, so that longer would hold them up; devices send again after 20 s anyway.
 */
const sessionExpiryS = 30
/** Messages that may be on their way to this process at once: a tenth of a second's worth at full load. */
const receiveMaximum = 256
/** Four times the largest batch; the broker drops nothing below this in silence. */
const maximumPacketSize = 256 * 1024
/** Between tries to come back, ms: a fleet waits, and there are few such processes. */
const reconnectMs = 250
/** A half-open connection is found after one and a half times this, seconds. */
const keepaliveS = 20

/** How to log in at a broker that runs elsewhere. */
export interface ExternalLogin {
  /** Names this process; the same after a restart. @default drawn anew, and nothing is kept while it is away */
  readonly clientId?: string | undefined
  /** File with the password of the cloud's account, where the address holds none. */
  readonly passwordFile?: string | undefined
  /** PEM file of who vouches for the broker. @default the well-known authorities */
  readonly caFile?: string | undefined
  /** PEM files of the certificate that this process shows. */
  readonly identity?: { readonly certFile: string; readonly keyFile: string } | null
}

/** Reads the files of a log-in. @throws {UsageError} for one that cannot be read */
export function readLogin(url: string, login: ExternalLogin): IClientOptions {
  const { passwordFile, caFile, identity } = login
  const { username } = new URL(url)
  return {
    ...(passwordFile && {
      username: decodeURIComponent(username) || cloudAccount,
      password: read('MQTT_PASSWORD_FILE', passwordFile).trim(),
    }),
    ...(caFile && { ca: read('MQTT_CA_FILE', caFile) }),
    ...(identity && {
      cert: read('MQTT_CERT_FILE', identity.certFile),
      key: read('MQTT_KEY_FILE', identity.keyFile),
    }),
  }
}

/**
 * The protocol's part: MQTT 5 with a session that outlives a restart, or 3.1.1 with a clean one, as that version can only
 * keep a session for ever.
 */
export function sessionOptions(
  version: 4 | 5,
  { listens, clientId }: { listens: boolean; clientId: string | undefined },
): IClientOptions {
  const kept = version === 5 && listens && clientId !== undefined
  return {
    protocolVersion: version,
    connectTimeout: connectTimeoutMs,
    keepalive: keepaliveS,
    reconnectPeriod: reconnectMs,
    clean: !kept,
    ...(clientId !== undefined && { clientId }),
    ...(version === 5 && {
      properties: { receiveMaximum, maximumPacketSize, ...(kept && { sessionExpiryInterval: sessionExpiryS }) },
    }),
  }
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`Reading ${name} "${path}": ${String(cause)}`, { cause })
  }
}
