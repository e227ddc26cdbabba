import { setTimeout as sleep } from 'node:timers/promises'
import { ClaimedDevice } from '@fairmile/contract/http/devices.ts'
import { StartError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { BackOff } from '../sync/back-off.ts'

/** Time for one try, milliseconds. */
const requestTimeoutMs = 15_000

export interface ClaimOptions {
  /** HTTP address of the cloud. */
  cloudUrl: string
  claimCode: string
  /** Raw Ed25519 key in base64url. */
  publicKey: string
  backOff: BackOff
  signal: AbortSignal
  log: Log
}

/**
 * Exchanges a claim code and the public key for an id and a broker password; tries for as long as the cloud is not there.
 * @throws {StartError} `claim_refused` where the cloud says no
 */
export async function claimDevice(options: ClaimOptions): Promise<ClaimedDevice> {
  const { cloudUrl, backOff, signal, log } = options
  for (;;) {
    signal.throwIfAborted()
    const reason = await tryToClaim(options)
    if (typeof reason !== 'string') return reason
    const waitMs = 250 + backOff.next()
    log.warn({ cloudUrl, reason, waitMs }, 'claiming the device: the cloud is not there yet')
    await sleep(waitMs, undefined, { signal })
  }
}

/** One try; why it should be tried again, or the answer. */
async function tryToClaim({ cloudUrl, claimCode, publicKey, signal }: ClaimOptions): Promise<ClaimedDevice | string> {
  const url = new URL('/api/v1/devices/claim', cloudUrl)
  let response: Response
  let body: unknown
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ claimCode, publicKey }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
    })
    body = await response.json()
  } catch (error) {
    signal.throwIfAborted()
    const { cause } = error as Error
    return cause instanceof Error ? cause.message : String(error)
  }
  if (response.status === 429 || response.status >= 500) return `it answered ${response.status}`
  if (!response.ok) {
    const { detail } = body as { detail?: unknown }
    throw new StartError(
      'claim_refused',
      `Claiming the device at ${url.origin}: refused (${response.status}): ${String(detail ?? 'no reason given')} Ask an admin for a new claim code and set FAIRMILE_CLAIM_CODE`,
    )
  }
  const claimed = ClaimedDevice.safeParse(body)
  return claimed.success ? claimed.data : `its answer could not be read: ${claimed.error.message}`
}
