import { randomBytes } from 'node:crypto'

/** Crockford's base 32, as in the contract's ids. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 60 bits: nobody guesses one, and a million meet a collision with a chance of one in two million. */
const characters = 12

/** Draws a public id: a prefix and 12 characters, `POL-4K7Z…`. */
export function drawPublicId(prefix: string): string {
  let text = ''
  for (const byte of randomBytes(characters)) text += alphabet.charAt(byte & 31)
  return `${prefix}-${text}`
}
