import { z } from 'zod'
import { PolicyId, VehicleId } from './ids.ts'

/** A new device, put in a vehicle: named by itself or by a policy that covers it. */
export const CreateDeviceBody = z
  .union([z.strictObject({ policyId: PolicyId }), z.strictObject({ vehicleId: VehicleId })])
  .meta({ id: 'CreateDeviceBody', example: { policyId: 'POL-8F3K2M7Q9R' } })
export type CreateDeviceBody = z.infer<typeof CreateDeviceBody>

/** The claim code is shown this once; the device uses it at its first start. */
export const CreatedDevice = z.object({ id: z.string(), claimCode: z.string() }).meta({ id: 'CreatedDevice' })
export type CreatedDevice = z.infer<typeof CreatedDevice>

/** 32 bytes in base64url as they are written: the last character holds four of their bits, and two that are zero. */
const PublicKey = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)

/** What a device sends at its first start: its code and its Ed25519 public key. */
export const ClaimDeviceBody = z
  .object({ claimCode: z.string().min(1).max(64), publicKey: PublicKey })
  .meta({ id: 'ClaimDeviceBody' })
export type ClaimDeviceBody = z.infer<typeof ClaimDeviceBody>

/**
 * What a device keeps; the password is shown this once. A broker takes either: the certificate over the device's own key,
 * or the password. Both certificates are PEM; `authority` is what the broker's own certificate may be checked with.
 */
export const ClaimedDevice = z
  .object({
    deviceId: z.string(),
    mqttPassword: z.string(),
    mqttUrl: z.string(),
    certificate: z.string().optional(),
    authority: z.string().optional(),
  })
  .meta({ id: 'ClaimedDevice' })
export type ClaimedDevice = z.infer<typeof ClaimedDevice>

export const Device = z
  .object({
    id: z.string(),
    vehicle: z.object({ id: z.string(), name: z.string() }),
    driverId: z.string().nullable(),
    claimedAt: z.iso.datetime().nullable(),
    lastSeenAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Device' })
export type Device = z.infer<typeof Device>
