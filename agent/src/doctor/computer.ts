import { existsSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sign, verify } from '@fairmile/contract/chain.ts'
import { makeDataFolder } from '../keys/data-folder.ts'
import { readIdentity } from '../keys/identity.ts'
import type { Found } from './check.ts'

/** Room for weeks offline; below it the outbox is in danger. */
const minFreeBytes = 200 * 1024 * 1024

/** Is there room for the outbox? */
export function checkDisk(folder: string): Found {
  makeDataFolder(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = `${Math.floor((bavail * bsize) / 1024 ** 2)} MiB free in "${folder}"`
  if (bavail * bsize >= minFreeBytes) return { result: 'ok', detail: free }
  return {
    result: 'failed',
    detail: `${free}, at least ${minFreeBytes / 1024 ** 2} are needed: remove what is not used`,
  }
}

/** Has the device its keys, do they belong together, and does the cloud know it? */
export function checkIdentity(folder: string): Found {
  const identity = readIdentity(folder)
  if (identity === null)
    return { result: 'failed', detail: 'no keys yet: they are made by the first "fairmile-agent run"' }
  const path = join(folder, 'device.json')
  const mode = statSync(path).mode & 0o777
  if ((mode & 0o077) !== 0)
    return { result: 'failed', detail: `others may read "${path}" (mode ${mode.toString(8)}): chmod 600 "${path}"` }
  const text = Buffer.from('doctor')
  if (!verify(text, sign(text, identity.privateKey), identity.publicKey))
    return { result: 'failed', detail: `the keys in "${path}" do not belong together: put it back from a copy` }
  if (identity.claimed === null)
    return { result: 'failed', detail: 'not claimed yet: set FAIRMILE_CLOUD_URL and FAIRMILE_CLAIM_CODE, and start it' }
  return { result: 'ok', detail: `${identity.claimed.deviceId}, public key ${identity.publicKey}` }
}

/** Is the in-car page there to be served? */
export function checkScreen(address: { host: string; port: number } | null, pages: string): Found {
  if (address === null) return { result: 'skipped', detail: 'it is off: FAIRMILE_SCREEN says where it would be served' }
  const where = `${address.host}:${address.port}`
  if (existsSync(join(pages, 'index.html'))) return { result: 'ok', detail: `${where}, from "${pages}"` }
  return {
    result: 'warning',
    detail: `${where}: its page is not in "${pages}": run "npm run build", or set FAIRMILE_SCREEN_PAGES`,
  }
}
