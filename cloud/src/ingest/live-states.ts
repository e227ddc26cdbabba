import type { LiveState } from '@fairmile/contract/live.ts'
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
  /** Monotonic clock, milliseconds. */
  monotonicMs?: () => number
}

/** Passes live states on to the pages of the device's driver, beside the queue: newest at once, or not at all. */
export interface LiveStates {
  /** Passes one on, as soon as it is known who drives; nobody waits for that. @throws where the payload is no live state */
  pass(deviceId: string, payload: Buffer): void
}

/** Who drives a device's vehicle, and what waits until that is known: the newest alone. */
interface Known {
  /** Undefined while it is looked up. */
  driverId: string | null | undefined
  /** Monotonic clock, milliseconds. */
  untilMs: number
  newest: LiveState | null
}

export function createLiveStates(options: LiveStatesOptions): LiveStates {
  const { db, live, counters, nowMs, monotonicMs = () => performance.now() } = options
  const drivers = new Map<string, Known>()
  let lookups = 0

  const driverOf = async (deviceId: string): Promise<string | null> => {
    const [device] = await db
      .select({ vehicleId: devices.vehicleId })
      .from(devices)
      .where(and(eq(devices.id, deviceId), isNull(devices.revokedAt)))
    const cover = device && (await policyAt(db, { vehicleId: device.vehicleId, at: new Date(nowMs()) }))
    return cover?.driverId ?? null
  }

  const give = (deviceId: string, driverId: string | null, state: LiveState): void => {
    if (driverId === null) counters.liveDropped.inc({ reason: 'no_policy' })
    else live.publish({ type: 'driving_update', driverId, deviceId, state })
  }

  const lookUp = async (deviceId: string, known: Known): Promise<void> => {
    lookups++
    const driverId = await driverOf(deviceId).catch(() => undefined)
    lookups--
    if (driverId === undefined) drivers.delete(deviceId)
    known.driverId = driverId ?? null
    if (known.newest) give(deviceId, known.driverId, known.newest)
    known.newest = null
  }

  const knownOf = (deviceId: string): Known | null => {
    const known = drivers.get(deviceId)
    if (known && (known.driverId === undefined || known.untilMs > monotonicMs())) return known
    if (lookups >= maxLookups) return null
    drivers.delete(deviceId)
    const oldest = drivers.size >= maxDevices ? drivers.keys().next().value : undefined
    if (oldest !== undefined) drivers.delete(oldest)
    const fresh: Known = { driverId: undefined, untilMs: monotonicMs() + driverLifeMs, newest: null }
    drivers.set(deviceId, fresh)
    void lookUp(deviceId, fresh)
    return fresh
  }

  return {
    pass(deviceId, payload) {
      const state = parseMessage(liveStateSchema, payload)
      const known = knownOf(deviceId)
      if (known === null) return counters.liveDropped.inc({ reason: 'busy' })
      if (known.driverId !== undefined) return give(deviceId, known.driverId, state)
      if (known.newest) counters.liveDropped.inc({ reason: 'busy' })
      known.newest = state
    },
  }
}
