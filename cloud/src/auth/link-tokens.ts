import { createHmac, hash, randomBytes } from 'node:crypto'

/** 256 bits: nobody finds a link by trying. */
const nonceBytes = 32

/** What a token is made of again: whoever has it needs the key too. */
interface LinkSource {
  readonly userId: string
  /** Random, base64url. */
  readonly nonce: string
}

/**
 * Makes the tokens of links by which passwords are set: an HMAC of a nonce that is drawn for each link. The mail makes the token again
 * each time it is tried, so that no table ever holds it, and a copy of the database is of no use without the key.
 */
export function createLinkTokens(secret: Uint8Array) {
  const key = createHmac('sha256', secret).update('fairmile password link').digest()
  return {
    /** A nonce for a new link. */
    drawNonce: (): string => randomBytes(nonceBytes).toString('base64url'),
    /** The token of a link: 43 characters of base64url. */
    tokenOf: ({ userId, nonce }: LinkSource): string =>
      createHmac('sha256', key).update(`${userId} ${nonce}`).digest('base64url'),
  }
}
export type LinkTokens = ReturnType<typeof createLinkTokens>

/** What is kept of a token, to know it again: SHA-256, base64url. */
export const hashOfToken = (token: string): string => hash('sha256', token, 'base64url')
