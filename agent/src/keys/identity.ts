import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { z } from 'zod'
import { StartError } from '../errors.ts'
import type { Credentials } from '../sync/credentials.ts'
import { makeDataFolder } from './data-folder.ts'

const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

const schema = z.object({
  /** Raw Ed25519 keys in base64url. */
  publicKey: key,
  privateKey: key,
  /** What the cloud gave for the claim code; null until then. */
  claimed: z
    .object({
      deviceId: z.string().min(1),
      mqttPassword: z.string().min(1),
      mqttUrl: z.string().min(1),
      /** PEM: what the device shows a broker with TLS, and what it checks the broker with; a cloud may give none. */
      certificate: z.string().optional(),
      authority: z.string().optional(),
    })
    .nullable(),
})

/** Who this device is, as `device.json` keeps it. */
export type Identity = z.infer<typeof schema>

const pathOf = (folder: string): string => join(folder, 'device.json')

/**
 * Reads who this device is; null before the first start.
 * @throws {StartError} `bad_identity` for a file that cannot be read: a new key would be another device
 */
export function readIdentity(folder: string): Identity | null {
  const path = pathOf(folder)
  if (!existsSync(path)) return null
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    // The cause is left out: it could quote the key.
    const reason =
      error instanceof SyntaxError ? 'it is no JSON' : error instanceof z.ZodError ? 'a field is wrong' : String(error)
    throw new StartError(
      'bad_identity',
      `Reading "${path}": ${reason}. Put it back from a copy, or move it away and claim the device anew with a new FAIRMILE_CLAIM_CODE`,
    )
  }
}

/** Reads who this device is, or draws its keys at the first start. */
export function loadIdentity(folder: string): Identity {
  const known = readIdentity(folder)
  if (known) return known
  const identity: Identity = { ...generateKeyPair(), claimed: null }
  saveIdentity(folder, identity)
  return identity
}

/** Writes `device.json`, readable by its owner alone; a power cut leaves the old file or the new one. */
export function saveIdentity(folder: string, identity: Identity): void {
  const path = pathOf(folder)
  makeDataFolder(folder)
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, `${JSON.stringify(identity, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
  const directory = openSync(dirname(path), 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

/** Who a claimed device is at a broker. */
export function credentialsOf({
  privateKey,
  claimed,
}: Identity & { claimed: NonNullable<Identity['claimed']> }): Credentials {
  const { deviceId: device, mqttPassword: password, certificate: pem, authority = null } = claimed
  return { device, password, certificate: pem === undefined ? null : { pem, privateKey }, authority }
}
