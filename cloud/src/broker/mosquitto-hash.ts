import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** As `mosquitto_passwd` of Mosquitto 2.0 makes them (its `password_mosq.c`): PBKDF2 with SHA-512. */
const scheme = 7
const iterations = 101
const saltBytes = 12
const keyBytes = 64

const derive = promisify(pbkdf2)

/**
 * Hashes a password as a line of Mosquitto's password file wants it: `$7$iterations$salt$key`.
 *
 * So few iterations are for passwords that a machine drew: they need no stretching.
 */
export async function mosquittoHash(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const key = await derive(password, salt, iterations, keyBytes, 'sha512')
  return `$${scheme}$${iterations}$${salt.toString('base64')}$${key.toString('base64')}`
}
