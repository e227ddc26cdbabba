import 'reflect-metadata'
import { createPrivateKey, X509Certificate as NodeCertificate, type webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509'

/** The one curve that every TLS library in use knows (RFC 8446, 9.1). */
const curve = { name: 'ECDSA', namedCurve: 'P-256' }
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' }
const dayMs = 24 * 3600 * 1000
/** A computer whose clock is behind may still read what was just issued, ms. */
const clockSlackMs = dayMs
/** Longer than the cars that the devices are in; who may not log in any more is known by the database and the list of the revoked. */
const authorityLifeMs = 30 * 365 * dayMs
const deviceLifeMs = 20 * 365 * dayMs
/** As long as browsers took one at last; drawn anew at each start. */
const serverLifeMs = 825 * dayMs

cryptoProvider.set(globalThis.crypto)

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyedCertificate {
  readonly certificate: string
  readonly key: string
}

/** Draws the key of an authority of one's own, and signs its certificate with it. */
export async function makeAuthority(): Promise<KeyedCertificate> {
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Fairmile devices'] }],
    keys,
    ...life(authorityLifeMs),
    signingAlgorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) }
}

/** Certifies that this Ed25519 key (32 raw bytes, base64url) is this device's: the common name is its id. PEM. */
export async function certifyDevice(
  authority: KeyedCertificate,
  { deviceId, publicKey }: { deviceId: string; publicKey: string },
): Promise<string> {
  const raw = Buffer.from(publicKey, 'base64url')
  const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, true, ['verify'])
  const issued = await issue(authority, key, deviceId, deviceLifeMs, [
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
  ])
  return issued.toString('pem')
}

/** True where this authority has signed the certificate. */
export function isIssuedBy(authority: KeyedCertificate, certificate: string): boolean {
  const { publicKey } = new NodeCertificate(authority.certificate)
  return new NodeCertificate(certificate).verify(publicKey)
}

/** The last moment at which a certificate is taken. */
export const endOf = (certificate: string): Date => new NodeCertificate(certificate).validToDate

/** Serial number of a certificate, hex. */
export const serialOf = (certificate: string): string => new NodeCertificate(certificate).serialNumber.toLowerCase()

/** A key and certificate for a broker that is reached under these names and addresses. */
export async function certifyServer(authority: KeyedCertificate, hosts: readonly string[]): Promise<KeyedCertificate> {
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const names = hosts.map((host) => ({ type: isIP(host) ? ('ip' as const) : ('dns' as const), value: host }))
  const issued = await issue(authority, keys.publicKey, hosts[0] ?? 'broker', serverLifeMs, [
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(names),
  ])
  return { certificate: issued.toString('pem'), key: await pemOf(keys.privateKey) }
}

/**
 * The signed list of certificates (serial numbers in hex) that are not taken any more; PEM.
 *
 * It holds as long as the authority. A broker that reads one beyond its end refuses every device at once, and an end before that would win
 * nothing: who could put an old list in its place could as well put another authority there.
 */
export async function listRevoked(authority: KeyedCertificate, serials: readonly string[]): Promise<string> {
  const thisUpdate = new Date(Date.now() - clockSlackMs)
  const list = await X509CrlGenerator.create({
    issuer: new X509Certificate(authority.certificate).subject,
    thisUpdate,
    nextUpdate: endOf(authority.certificate),
    signingAlgorithm,
    signingKey: await signingKeyOf(authority),
    entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: thisUpdate })),
  })
  // The label that OpenSSL knows (RFC 7468, 6).
  return list.toString('pem').replaceAll(' CRL-----', ' X509 CRL-----')
}

async function issue(
  authority: KeyedCertificate,
  publicKey: webcrypto.CryptoKey,
  name: string,
  lifeMs: number,
  extensions: Extension[],
): Promise<X509Certificate> {
  return X509CertificateGenerator.create({
    subject: [{ CN: [name] }],
    issuer: new X509Certificate(authority.certificate).subject,
    publicKey,
    signingKey: await signingKeyOf(authority),
    signingAlgorithm,
    ...life(lifeMs),
    extensions: [new BasicConstraintsExtension(false, undefined, true), ...extensions],
  })
}

function life(lifeMs: number): { notBefore: Date; notAfter: Date } {
  const nowMs = Date.now()
  return { notBefore: new Date(nowMs - clockSlackMs), notAfter: new Date(nowMs + lifeMs) }
}

const signingKeyOf = ({ key }: KeyedCertificate) =>
  crypto.subtle.importKey('pkcs8', createPrivateKey(key).export({ format: 'der', type: 'pkcs8' }), curve, false, [
    'sign',
  ])

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key))
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString()
}
