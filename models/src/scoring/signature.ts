/** True when the signature over the bytes was made with the private half of this Ed25519 key, 32 raw bytes in base64url. */
export type Verify = (bytes: Uint8Array, signature: Uint8Array, publicKey: string) => boolean

/** What `manifest.sig` beside a manifest says. */
export interface ManifestSignature {
  keyId: string
  /** Ed25519 (RFC 8032) over the bytes of `manifest.json`, base64. */
  signature: string
}

/** A key whose owner may release models. */
export interface TrustedKey {
  id: string
  /** Ed25519, 32 raw bytes in base64url. */
  publicKey: string
  /** Whose it is, for people. */
  owner: string
}

/** Whose word counts, and how it is checked. */
export interface Trust {
  keys: readonly TrustedKey[]
  verify: Verify
}

/** Reads `trusted-keys.json`. @throws TypeError where it is none */
export function parseTrustedKeys(text: string): TrustedKey[] {
  const { keys } = JSON.parse(text) as { keys: TrustedKey[] }
  const isKey = (key: TrustedKey | null): boolean =>
    typeof key?.id === 'string' && typeof key.publicKey === 'string' && typeof key.owner === 'string'
  if (Array.isArray(keys) && keys.every(isKey)) return keys
  throw new TypeError('reading the trusted keys: expected {"keys": [{"id", "publicKey", "owner"}]}')
}

/**
 * Checks who released a manifest; the manifest holds the hashes of the artifact's other files, so that they are vouched for too.
 *
 * @param signature text of `manifest.sig`; null where there is none
 * @returns the key that signed it
 * @throws Error that says why the word of this manifest does not count
 */
export function checkSignature(manifest: Uint8Array, signature: string | null, { keys, verify }: Trust): TrustedKey {
  if (signature === null) throw new Error('it is not signed: sign it with "node models/training/sign.ts FOLDER"')
  const told = parseSignature(signature)
  if (told === null) throw new Error('manifest.sig is damaged: restore it, or sign the manifest again')
  const key = keys.find(({ id }) => id === told.keyId)
  if (key === undefined)
    throw new Error(`it is signed with the key "${told.keyId}", which is not among the trusted ones`)
  if (verify(manifest, told.bytes, key.publicKey)) return key
  throw new Error(`manifest.json is not what the key "${key.id}" signed: restore the artifact`)
}

function parseSignature(text: string): { keyId: string; bytes: Uint8Array } | null {
  try {
    const { keyId, signature } = JSON.parse(text) as ManifestSignature
    if (typeof keyId !== 'string') return null
    return { keyId, bytes: Uint8Array.from(atob(signature), (letter) => letter.charCodeAt(0)) }
  } catch {
    return null
  }
}
