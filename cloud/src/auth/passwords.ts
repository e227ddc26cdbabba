import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** Cost of new hashes: 32 MiB and three passes, as OWASP's password storage cheat sheet lists it for scrypt. */
const defaultCost = { N: 2 ** 15, r: 8, p: 3 }
/** Work memory that any stored hash may ask for: bounds what a forged row could cost. */
const maxMemoryBytes = 64 * 1024 * 1024
const keyLength = 32

/** Cost parameters of scrypt (RFC 7914). */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** Hashes a password with a fresh salt; the text names its parameters: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string, cost: ScryptCost = defaultCost): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** True when the password made the hash, in time that does not depend on where they differ. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || !salt || !key) throw new TypeError('Checking a password: the stored hash is not scrypt')
  const expected = Buffer.from(key, 'base64url')
  const found = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
  return expected.length === found.length && timingSafeEqual(expected, found)
}

function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: maxMemoryBytes }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
