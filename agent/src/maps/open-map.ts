import type { Log } from '../log.ts'
import { type OpenLimits, openLimits } from './limit-at.ts'

/** A map that cannot be used takes the limits from the drive, not the drive from the record. */
export async function openMap(path: string | null, timeZone: string, log: Log): Promise<OpenLimits | null> {
  if (path === null) return null
  try {
    return await openLimits(path, { timeZone })
  } catch (error) {
    log.error({ reason: String(error) }, 'going on without speed limits')
    return null
  }
}
