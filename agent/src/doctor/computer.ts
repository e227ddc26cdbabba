import { mkdirSync, statfsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { readIdentity } from '../keys/identity.ts'
import type { Finding } from './check.ts'

type Found = Omit<Finding, 'name'>

/** Room for weeks offline; below it the outbox is in danger. */
const minFreeBytes = 200 * 1024 * 1024
const connectMs = 5000

/** Is there room for the outbox? */
export function checkDisk(folder: string): Found {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = statfsSync(folder)
  const free = `${Math.floor((bavail * bsize) / 1024 ** 2)} MiB free in "${folder}"`
  if (bavail * bsize >= minFreeBytes) return { result: 'ok', detail: free }
  return {
    result: 'failed',
    detail: `${free}, at least ${minFreeBytes / 1024 ** 2} are needed: remove what is not used`,
  }
}

/** Can the clock be right? */
export function checkClock(nowMs: number, buildMs: number): Found {
  const shown = new Date(nowMs).toISOString()
  if (nowMs >= buildMs) return { result: 'ok', detail: shown }
  return {
    result: 'failed',
    detail: `it says ${shown}, which is before this agent was made: records wait for GNSS time; connect to the network for NTP, or fit a clock`,
  }
}

/** Has the device its keys, and does the cloud know it? */
export function checkIdentity(folder: string): Found {
  const identity = readIdentity(folder)
  if (identity === null)
    return { result: 'failed', detail: 'no keys yet: they are made by the first "fairmile-agent run"' }
  const path = join(folder, 'device.json')
  const mode = statSync(path).mode & 0o777
  if ((mode & 0o077) !== 0)
    return { result: 'failed', detail: `others may read "${path}" (mode ${mode.toString(8)}): chmod 600 "${path}"` }
  if (identity.claimed === null)
    return { result: 'failed', detail: 'not claimed yet: set FAIRMILE_CLOUD_URL and FAIRMILE_CLAIM_CODE, and start it' }
  return { result: 'ok', detail: `${identity.claimed.deviceId}, public key ${identity.publicKey}` }
}

/** Does something listen where the broker should be? */
export function checkReachable(address: string): Promise<Found> {
  const url = new URL(address)
  const port = Number(url.port) || { 'mqtt:': 1883, 'mqtts:': 8883, 'http:': 80, 'https:': 443 }[url.protocol] || 0
  const where = `${url.hostname}:${port}`
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port, timeout: connectMs })
    const end = (found: Found) => {
      socket.destroy()
      resolve(found)
    }
    socket.once('connect', () => end({ result: 'ok', detail: `${where} answers` }))
    socket.once('timeout', () =>
      end({ result: 'failed', detail: `${where} does not answer in ${connectMs / 1000} s: is there a network?` }),
    )
    socket.once('error', (error) =>
      end({ result: 'failed', detail: `${where}: ${error.message}: check the address, the network and the firewall` }),
    )
  })
}
