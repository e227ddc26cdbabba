import { connect } from 'node:net'
import type { Credentials } from '../sync/credentials.ts'
import { probeBroker } from '../sync/probe.ts'
import type { Found } from './check.ts'

const connectMs = 5000

/** Whom the device would talk to. */
export interface CloudFacts {
  /** Who the device is, with the broker it was told of or that the settings name; null before the claim. */
  claimed: { url: string; credentials: Credentials } | null
  /** Where it would be claimed. */
  cloudUrl: string | null
}

/** Does the broker take the device, and answer it? Before the claim: does the cloud answer? */
export async function checkCloud({ claimed, cloudUrl }: CloudFacts): Promise<Found> {
  if (claimed === null) {
    if (cloudUrl !== null) return checkReachable(cloudUrl)
    return { result: 'failed', detail: 'no address is known: set FAIRMILE_CLOUD_URL' }
  }
  const { url, credentials } = claimed
  const where = new URL(url).host
  try {
    const { connectMs: ms, roundTripMs } = await probeBroker(url, credentials)
    return {
      result: 'ok',
      detail: `${where}: connected in ${ms.toFixed(0)} ms, there and back in ${roundTripMs.toFixed(0)} ms`,
    }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    // CONNACK return codes that say who you are is wrong (MQTT 3.1.1, 3.2.2.3).
    if (code === 4 || code === 5)
      return {
        result: 'failed',
        detail: `${where} refuses this device's id and password: have it claimed again, with a new FAIRMILE_CLAIM_CODE`,
      }
    return {
      result: 'failed',
      detail: `${where}: ${message || String(code)}: check the address, the network and the firewall`,
    }
  }
}

/** Does something listen there? */
function checkReachable(address: string): Promise<Found> {
  const url = new URL(address)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const where = `${url.hostname}:${port}`
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port, timeout: connectMs })
    const end = (found: Found) => {
      socket.destroy()
      resolve(found)
    }
    socket.once('connect', () => end({ result: 'ok', detail: `${where} answers; the device is not claimed yet` }))
    socket.once('timeout', () =>
      end({ result: 'failed', detail: `${where} does not answer in ${connectMs / 1000} s: is there a network?` }),
    )
    socket.once('error', (error) =>
      end({ result: 'failed', detail: `${where}: ${error.message}: check the address, the network and the firewall` }),
    )
  })
}
