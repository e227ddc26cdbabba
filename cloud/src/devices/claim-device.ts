import { randomBytes } from 'node:crypto'
import type { ClaimDeviceBody } from '@fairmile/contract/http/devices.ts'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { hashPassword, verifyPassword } from '../auth/passwords.ts'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { hashClaimCode } from './create-device.ts'

/** 192 random bits need no stretching: 4 MiB and some milliseconds keep a fleet's reconnect short. */
const passwordCost = { N: 2 ** 12, r: 8, p: 1 }
const passwordBytes = 24
/** Bytes of a raw Ed25519 public key (RFC 8032). */
const publicKeyBytes = 32

/**
 * Gives a device its identity: stores its public key and draws its broker password, shown this once.
 *
 * A code works for one key. The same device may ask again until the code expires, as an answer can be lost on the way;
 * it gets a new password.
 * @returns null where the code is unknown, expired or used by another key
 * @throws {RangeError} where the public key is not 32 bytes in base64url
 */
export async function claimDevice(
  db: Database,
  { claimCode, publicKey }: ClaimDeviceBody,
  { nowMs = Date.now() } = {},
): Promise<{ deviceId: string; mqttPassword: string } | null> {
  const raw = Buffer.from(publicKey, 'base64url')
  if (raw.length !== publicKeyBytes || raw.toString('base64url') !== publicKey)
    throw new RangeError(`Claiming a device: the public key is not ${publicKeyBytes} bytes in base64url`)
  const mqttPassword = randomBytes(passwordBytes).toString('base64url')
  const passwordHash = await hashPassword(mqttPassword, passwordCost)
  const now = new Date(nowMs)
  const [device] = await db
    .update(devices)
    .set({ publicKey, passwordHash, claimedAt: now })
    .where(
      and(
        eq(devices.claimHash, hashClaimCode(claimCode)),
        gt(devices.claimExpiresAt, now),
        or(isNull(devices.publicKey), eq(devices.publicKey, publicKey)),
      ),
    )
    .returning({ id: devices.id })
  return device ? { deviceId: device.id, mqttPassword } : null
}

/** True where this is the broker password of a claimed device. */
export async function authenticateDevice(db: Database, deviceId: string, password: string): Promise<boolean> {
  const [device] = await db
    .select({ passwordHash: devices.passwordHash })
    .from(devices)
    .where(eq(devices.id, deviceId))
    .limit(1)
  return device?.passwordHash ? verifyPassword(password, device.passwordHash) : false
}
