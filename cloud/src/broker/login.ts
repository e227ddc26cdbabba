import { timingSafeEqual } from 'node:crypto'
import { sha256 } from '@fairmile/contract/chain.ts'
import type { DeviceProof } from '../devices/claim-device.ts'
import { cloudAccount } from './broker.ts'
import type { Peer } from './peer.ts'

/** CONNACK return codes (MQTT 3.1.1, 3.2.2.3). */
const identifierRejected = 2
const unavailable = 3
const badCredentials = 4

/** Who someone is, or why not. */
export type LoggedIn =
  | { readonly as: 'device' | 'cloud' }
  | { readonly as: null; readonly returnCode: 2 | 3 | 4; readonly reason: string }

/** What a client says of itself at its log-in. */
export interface LoginClaim {
  readonly clientId: string
  readonly username: string | undefined
  readonly password: string | undefined
  /** Who the certificate says is there; null where there was none. */
  readonly peer: Peer | null
}

export interface LoginOptions {
  /** True where this is the proof of a device in good standing. */
  readonly authenticate: (deviceId: string, proof: DeviceProof) => Promise<boolean>
  /** Password of the cloud's own account; null where nobody may log in as that. */
  readonly cloudPassword: string | null
}

const refused = (returnCode: 2 | 3 | 4, reason: string): LoggedIn => ({ as: null, returnCode, reason })

/** Checks who logs in: a device by its certificate or else its password, or another process of the cloud. */
export async function logIn(claim: LoginClaim, { authenticate, cloudPassword }: LoginOptions): Promise<LoggedIn> {
  const { clientId, username, password, peer } = claim
  if (!peer && username === cloudAccount && cloudPassword !== null)
    return same(password ?? '', cloudPassword) ? { as: 'cloud' } : refused(badCredentials, 'wrong password')
  if (!peer && !(username && password)) return refused(badCredentials, 'a device id and its password are needed')
  const deviceId = peer ? peer.deviceId : (username ?? '')
  if (clientId !== deviceId) return refused(identifierRejected, 'the client id must be the device id')
  const proof: DeviceProof = peer ? { publicKey: peer.publicKey } : { password: password ?? '' }
  try {
    if (await authenticate(deviceId, proof)) return { as: 'device' }
  } catch (error) {
    return refused(unavailable, String(error))
  }
  return refused(
    badCredentials,
    peer ? 'unknown or revoked device, or not its key' : 'unknown device or wrong password',
  )
}

/** Takes as long wherever the two differ. */
const same = (a: string, b: string): boolean => timingSafeEqual(sha256(Buffer.from(a)), sha256(Buffer.from(b)))
