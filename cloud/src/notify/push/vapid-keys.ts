import { readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import webPush from 'web-push'
import { makeFolder } from '../../make-folder.ts'

/** The key pair by which push services know this service, base64url. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/**
 * Reads the pair from a file; draws one and keeps it there, readable by its owner alone, where there is none.
 *
 * @throws Error where the file holds none
 */
export function loadVapidKeys(path: string): VapidKeys {
  try {
    makeFolder(dirname(path))
    writeFileSync(path, `${JSON.stringify(webPush.generateVAPIDKeys())}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const { publicKey, privateKey } = JSON.parse(readFileSync(path, 'utf8')) as Partial<VapidKeys>
  if (!/^[\w-]{87}$/.test(publicKey ?? '') || !/^[\w-]{43}$/.test(privateKey ?? ''))
    throw new Error(
      `Reading the VAPID keys in "${path}": publicKey and privateKey in base64url needed. Delete the file to have a pair drawn; every browser has to subscribe again then.`,
    )
  return { publicKey: publicKey as string, privateKey: privateKey as string }
}
