import { liveStateSchema, parseMessage } from '@fairmile/contract/messages.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { policyAt } from '../drivers/policy-at.ts'
import type { LivePort } from '../live/fan-out.ts'
import type { IngestCounters } from './counters.ts'

/** How long a device's driver is taken as known, ms: a new policy shows on the live page after this. */
const driverLifeMs = 30_000
/** Devices whose driver is remembered: some megabytes. The one remembered longest makes room. */
const maxDevices = 10_000
/** Questions to the database at once; a live state that would need one more is dropped, the next comes in a second. */
const maxLookups = 100

export interface LiveStatesOptions {
  db: Database
  live: LivePort
  counters: IngestCounters
  /** Wall clock, UTC epoch milliseconds. */
  nowMs: () => number
}

/** Passes live states on to the pages of the device's driver, beside the queue: newest at once, or not at all. */
export interface LiveStates {
  /** Passes one on. @throws where the payload is no live state */
  pass(deviceId: string, payload: Buffer): Promise<void>
}

export function createLiveStates({ db, live, counters, nowMs }: LiveStatesOptions): LiveStates {
  const drivers = new Map<string, { driver: Promise<string | null>; untilMs: number }>()
  let lookups = 0

  const lookUp = async (deviceId: string): Promise<string | null> => {
    lookups++
    try {
      const [device] = await db
        .select({ vehicleId: devices.vehicleId })
        .from(devices)
        .where(and(eq(devices.id, deviceId), isNull(devices.revokedAt)))
      const cover = device && (await policyAt(db, { vehicleId: device.vehicleId, at: new Date(nowMs()) }))
      return cover?.driverId ?? null
    } catch {
      drivers.delete(deviceId)
      return null
    } finally {
      lookups--
    }
  }

  const driverOf = (deviceId: string): Promise<string | null> | null => {
    const known = drivers.get(deviceId)
    if (known && known.untilMs > nowMs()) return known.driver
    if (lookups >= maxLookups) return null
    drivers.delete(deviceId)
    const oldest = drivers.size >= maxDevices ? drivers.keys().next().value : undefined
    if (oldest !== undefined) drivers.delete(oldest)
    const driver = lookUp(deviceId)
    drivers.set(deviceId, { driver, untilMs: nowMs() + driverLifeMs })
    return driver
  }

  return {
    async pass(deviceId, payload) {
      const state = parseMessage(liveStateSchema, payload)
      const asked = driverOf(deviceId)
      if (asked === null) return void counters.liveDropped.inc({ reason: 'busy' })
      const driverId = await asked
      if (driverId === null) counters.liveDropped.inc({ reason: 'no_policy' })
      else live.publish({ type: 'driving_update', driverId, deviceId, state })
    },
  }
}
