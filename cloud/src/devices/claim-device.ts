import { randomBytes } from 'node:crypto'
import type { ClaimDeviceBody, ClaimedDevice } from '@fairmile/contract/http/devices.ts'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { hashPassword, verifyPassword } from '../auth/passwords.ts'
import { certifyDevice, isIssuedBy, type KeyedCertificate } from '../broker/certificates.ts'
import { mosquittoHash } from '../broker/mosquitto-hash.ts'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { hashClaimCode } from './create-device.ts'

/** 192 random bits need no stretching: 4 MiB and some milliseconds keep a fleet's reconnect short. */
const passwordCost = { N: 2 ** 12, r: 8, p: 1 }
const passwordBytes = 24
/** Bytes of a raw Ed25519 public key (RFC 8032). */
const publicKeyBytes = 32

/** What a device is told at its claim, but for where the broker is. */
export type Claimed = Omit<ClaimedDevice, 'mqttUrl'>

interface ClaimOptions {
  /** Certifies devices; without one they log in by password alone. */
  authority?: KeyedCertificate | null
  nowMs?: number
}

/**
 * Gives a device its identity: stores its public key, certifies it, and draws its broker password, shown this once.
 *
 * A code works for one key. The same device may ask again until the code expires, as an answer can be lost on the way;
 * it gets a new password and the same certificate.
 * @returns null where the code is unknown, expired, used by another key or that of a revoked device
 * @throws {RangeError} where the public key is not 32 bytes in base64url
 */
export async function claimDevice(
  db: Database,
  { claimCode, publicKey }: ClaimDeviceBody,
  { authority = null, nowMs = Date.now() }: ClaimOptions = {},
): Promise<Claimed | null> {
  const raw = Buffer.from(publicKey, 'base64url')
  if (raw.length !== publicKeyBytes || raw.toString('base64url') !== publicKey)
    throw new RangeError(`Claiming a device: the public key is not ${publicKeyBytes} bytes in base64url`)
  const now = new Date(nowMs)
  const claimable = and(
    eq(devices.claimHash, hashClaimCode(claimCode)),
    gt(devices.claimExpiresAt, now),
    or(isNull(devices.publicKey), eq(devices.publicKey, publicKey)),
    isNull(devices.revokedAt),
  )
  const [found] = await db
    .select({ deviceId: devices.id, certificate: devices.certificate })
    .from(devices)
    .where(claimable)
  if (!found) return null
  const { deviceId } = found
  const certificate = authority && (await certificateOf(authority, { ...found, publicKey }))
  const mqttPassword = randomBytes(passwordBytes).toString('base64url')
  const [passwordHash, hash] = await Promise.all([
    hashPassword(mqttPassword, passwordCost),
    mosquittoHash(mqttPassword),
  ])
  const [device] = await db
    .update(devices)
    .set({
      ...{ publicKey, passwordHash, claimedAt: now },
      ...{ mosquittoHash: hash, certificate },
    })
    .where(claimable)
    .returning({ id: devices.id })
  if (!device) return null
  return {
    deviceId,
    mqttPassword,
    ...(authority && certificate && { certificate, authority: authority.certificate }),
  }
}

/** The one that it was given before, where the authority is still the same: so that one alone must be revoked. */
async function certificateOf(
  authority: KeyedCertificate,
  { deviceId, publicKey, certificate }: { deviceId: string; publicKey: string; certificate: string | null },
): Promise<string> {
  if (certificate !== null && isIssuedBy(authority, certificate)) return certificate
  return certifyDevice(authority, { deviceId, publicKey })
}

/** What a device shows a broker: its password, or a certificate of ours over a key. */
export type DeviceProof = { readonly password: string } | { readonly publicKey: string }

/** True where this is the password, or the key (raw Ed25519, base64url), of a claimed device that is not revoked. */
export async function authenticateDevice(db: Database, deviceId: string, proof: DeviceProof): Promise<boolean> {
  const [device] = await db
    .select({ passwordHash: devices.passwordHash, publicKey: devices.publicKey })
    .from(devices)
    .where(and(eq(devices.id, deviceId), isNull(devices.revokedAt)))
    .limit(1)
  if (!device?.passwordHash) return false
  if ('publicKey' in proof) return device.publicKey === proof.publicKey
  return verifyPassword(proof.password, device.passwordHash)
}
