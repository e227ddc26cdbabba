import { readFileSync, writeFileSync } from 'node:fs'
import { generateKeyPair } from '@fairmile/contract/chain.ts'

/**
 * Reads the key that signs receipts (Ed25519, 32 bytes in base64url) from a file; draws one and keeps it there, readable by its owner alone,
 * where there is none.
 *
 * @throws Error where the file holds anything else
 */
export function loadReceiptKey(path: string): string {
  try {
    writeFileSync(path, `${generateKeyPair().privateKey}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = readFileSync(path, 'utf8').trim()
  if (Buffer.from(key, 'base64url').length !== 32)
    throw new Error(
      `Reading the receipt key in "${path}": 32 bytes in base64url needed. Move the file away to have a new one drawn; ` +
        'receipts of the old key still verify, its public half stays published.',
    )
  return key
}
