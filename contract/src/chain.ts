import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as cryptoSign,
  verify as cryptoVerify,
  generateKeyPairSync,
} from 'node:crypto'

/** Hash before the first batch of a lane: 32 zero bytes. */
export const genesisHash: Buffer = Buffer.alloc(32)

/** Bytes of an Ed25519 signature (RFC 8032). */
export const signatureLength = 64

/** DER in front of a raw Ed25519 key (RFC 8410): PKCS #8 for the private one, SubjectPublicKeyInfo for the public one. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** An Ed25519 key pair; each key as its 32 raw bytes in base64url. */
export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}

/** Draws a new Ed25519 key pair. */
export function generateKeyPair(): KeyPair {
  const pair = generateKeyPairSync('ed25519')
  return {
    publicKey: pair.publicKey
      .export({ format: 'der', type: 'spki' })
      .subarray(publicPrefix.length)
      .toString('base64url'),
    privateKey: pair.privateKey
      .export({ format: 'der', type: 'pkcs8' })
      .subarray(privatePrefix.length)
      .toString('base64url'),
  }
}

/** The public half of a raw base64url Ed25519 key, the same way. */
export function publicKeyOf(privateKey: string): string {
  const key = Buffer.concat([privatePrefix, rawKey(privateKey, 'private')])
  const pair = createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }))
  return pair.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length).toString('base64url')
}

/** A raw base64url Ed25519 private key as TLS libraries read it: PKCS #8 in PEM (RFC 8410). */
export function privateKeyPem(privateKey: string): string {
  const key = Buffer.concat([privatePrefix, rawKey(privateKey, 'private')])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString()
}

/** Signs bytes with a raw base64url Ed25519 key; 64 bytes. */
export function sign(bytes: Uint8Array, privateKey: string): Buffer {
  const key = Buffer.concat([privatePrefix, rawKey(privateKey, 'private')])
  return cryptoSign(null, bytes, createPrivateKey({ key, format: 'der', type: 'pkcs8' }))
}

/** True when the signature over the bytes was made with the private half of this raw base64url Ed25519 key. */
export function verify(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  const key = Buffer.concat([publicPrefix, rawKey(publicKey, 'public')])
  return cryptoVerify(null, bytes, createPublicKey({ key, format: 'der', type: 'spki' }), signature)
}

/** Whether the holder of a key signed these bytes. */
export type Proves = (bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>

/**
 * As `verify` for one raw base64url Ed25519 key, which is read once, on one of the process's other threads: a signature takes a seventh of
 * a millisecond.
 */
export function proofsOf(publicKey: string): Proves {
  const der = Buffer.concat([publicPrefix, rawKey(publicKey, 'public')])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return (bytes, signature) => {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    cryptoVerify(null, bytes, key, signature, (error, good) => (error ? reject(error) : resolve(good)))
    return promise
  }
}

/** SHA-256 of bytes; 32 bytes. */
export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

function rawKey(text: string, which: string): Buffer {
  const raw = Buffer.from(text, 'base64url')
  if (raw.length !== 32)
    throw new TypeError(`Reading a ${which} key: expected 32 bytes in base64url, got ${raw.length} bytes`)
  return raw
}
