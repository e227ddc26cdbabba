import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

const keyBytes = 32

/**
 * Reads the session key (base64url) from a file; draws one and keeps it there, readable by its owner alone, where
 * there is none.
 *
 * @throws Error where the file holds no key of at least 32 bytes
 */
export function loadSecret(path: string): Uint8Array {
  try {
    writeFileSync(path, `${randomBytes(keyBytes).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url')
  if (secret.length < keyBytes)
    throw new Error(
      `Reading the session key in "${path}": ${secret.length} bytes, at least ${keyBytes} in base64url needed. ` +
        'Delete the file to have one drawn; every session ends then.',
    )
  return secret
}
