import type { TLSSocket } from 'node:tls'

/** Who the certificate says is there. */
export interface Peer {
  /** The common name. */
  readonly deviceId: string
  /** The key that the certificate is over: raw Ed25519, base64url. */
  readonly publicKey: string
}

/**
 * Reads the certificate that the other end has shown; null where it showed none.
 *
 * @throws Error for one that is not to be trusted, or that is no device's
 */
export function peerOf(socket: TLSSocket): Peer | null {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return null
  if (!socket.authorized) throw new Error(`the certificate is not trusted: ${String(socket.authorizationError)}`)
  const [, deviceId] = /^CN=([\w-]+)$/.exec(certificate.subject) ?? []
  const publicKey =
    certificate.publicKey.asymmetricKeyType === 'ed25519' && rawKey(certificate.publicKey.export({ format: 'jwk' }))
  if (!deviceId || !publicKey) throw new Error(`the certificate of "${certificate.subject}" is no device's`)
  return { deviceId, publicKey }
}

const rawKey = ({ x }: { x?: unknown }): string | null => (typeof x === 'string' ? x : null)
