import { StartError } from '../errors.ts'
import type { Log } from '../log.ts'
import { createBackOff } from '../sync/back-off.ts'
import { claimDevice } from './claim.ts'
import { type Identity, loadIdentity, saveIdentity } from './identity.ts'

/** Between tries to reach the cloud at the first start: the first soon, then up to a minute, as a person may be watching. */
const tries = { baseMs: 1000, maxMs: 60_000 }

/** A device that the cloud knows. */
export type Enrolled = Identity & { claimed: NonNullable<Identity['claimed']> }

export interface EnrolOptions {
  /** The agent's data folder. */
  folder: string
  cloudUrl: string | null
  claimCode: string | null
  /** Uniform in [0, 1). */
  random: () => number
  signal: AbortSignal
  log: Log
}

/**
 * Gives who this device is; at the first start it draws its keys and has the cloud claim it.
 * @throws {StartError} `not_claimed` where there is nothing to claim it with, `claim_refused`, `bad_identity`
 */
export async function enrol(options: EnrolOptions): Promise<Enrolled> {
  const { folder, cloudUrl, claimCode, random, signal, log } = options
  const identity = loadIdentity(folder)
  const { publicKey, claimed: known } = identity
  if (known) return { ...identity, claimed: known }
  if (cloudUrl === null || claimCode === null)
    throw new StartError(
      'not_claimed',
      `Starting a device that no cloud knows yet: set ${[cloudUrl === null && 'FAIRMILE_CLOUD_URL', claimCode === null && 'FAIRMILE_CLAIM_CODE'].filter(Boolean).join(' and ')} (an admin gets a claim code from POST /api/v1/devices)`,
    )
  const backOff = createBackOff({ ...tries, random })
  const claimed = await claimDevice({ cloudUrl, claimCode, publicKey, backOff, signal, log })
  saveIdentity(folder, { ...identity, claimed })
  log.info({ device: claimed.deviceId }, 'the cloud knows this device now')
  return { ...identity, claimed }
}
