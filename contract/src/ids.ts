import { createHash } from 'node:crypto'

/** Crockford's base 32: no I, L, O or U, so that an id can be read out loud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 60 bits: a fleet of a million trips meets a collision with a chance of one in two million. */
const characters = 12

/** Public id of the `n`-th trip of a boot: `TRP-` and 12 characters, always the same for the same three. */
export const tripId = (device: string, boot: number, n: number): string => `TRP-${hashed('trip', device, boot, n)}`

/** Public id of a trip that the cloud found in a boot's telematics, from that sequence number on. */
export const foundTripId = (device: string, boot: number, firstSeq: number): string =>
  `TRP-${hashed('found-trip', device, boot, firstSeq)}`

/** Public id of the `n`-th driving event of a boot: `EVT-` and 12 characters, always the same for the same three. */
export const eventId = (device: string, boot: number, n: number): string => `EVT-${hashed('event', device, boot, n)}`

function hashed(kind: string, device: string, boot: number, n: number): string {
  const digest = createHash('sha256').update(`${kind}/${device}/${boot}/${n}`).digest()
  let bits = digest.readBigUInt64BE()
  let text = ''
  for (let i = 0; i < characters; i++) {
    text = alphabet.charAt(Number(bits & 31n)) + text
    bits >>= 5n
  }
  return text
}
