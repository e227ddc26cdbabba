import { getCACertificates } from 'node:tls'
import { privateKeyPem } from '@fairmile/contract/chain.ts'
import type { IClientOptions } from 'mqtt'

/** Who the device is at a broker. */
export interface Credentials {
  device: string
  password: string
  /** The certificate over its own key, with that key (raw Ed25519, base64url); null where the cloud gave none. */
  certificate: { readonly pem: string; readonly privateKey: string } | null
  /** PEM of the authority that the broker's own certificate may be from, beside those that everybody trusts. */
  authority: string | null
}

/** What is shown at the next try. */
export type Shown = 'certificate' | 'password'

/** What a device shows first, where it could. */
export const firstShown = (url: string, { certificate }: Credentials): Shown =>
  isSecure(url) && certificate !== null ? 'certificate' : 'password'

/**
 * What to log in with; with a certificate the password goes along, as a broker that wants none of certificates asks for it.
 *
 * @throws {Error} for a certificate or authority that TLS cannot read
 */
export function loginOptions(
  url: string,
  { device, password, certificate, authority }: Credentials,
  shown: Shown,
): IClientOptions {
  const login = { clientId: device, username: device, password }
  if (!isSecure(url)) return login
  const ca = authority === null ? [] : [authority, ...getCACertificates()]
  const identity =
    shown === 'certificate' && certificate !== null
      ? { cert: certificate.pem, key: privateKeyPem(certificate.privateKey) }
      : {}
  return { ...login, ...(ca.length > 0 && { ca }), ...identity }
}

const isSecure = (url: string): boolean => new URL(url).protocol === 'mqtts:'
