import { type SealedBatch, sealBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash, type KeyPair } from '@fairmile/contract/chain.ts'
import type { LaneRecords } from '@fairmile/contract/codec.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { type Lane, logTopic } from '@fairmile/contract/topics.ts'
import type { BrokerMessage } from '../src/broker/broker.ts'
import type { Database } from '../src/db/database.ts'
import { drivers, policies, vehicles } from '../src/db/schema/people.ts'
import { claimDevice } from '../src/devices/claim-device.ts'
import { createDevice } from '../src/devices/create-device.ts'

/** A claimed device in a vehicle that is insured for its driver. */
export interface TestDevice {
  id: string
  driverId: string
  vehicleId: string
  policyId: string
  password: string
  keys: KeyPair
}

/** Insures a vehicle of a new driver through 2026, and claims a device in it. */
export async function addDevice(db: Database, n = 1): Promise<TestDevice> {
  const driverId = `DRV-${String(n).padStart(4, '0')}`
  const vehicleId = `VEH-${n}`
  const policyId = `POL-${n}`
  await db.insert(drivers).values({ id: driverId, name: `Driver ${n}` })
  await db.insert(vehicles).values({ id: vehicleId, name: `Car ${n}` })
  await db
    .insert(policies)
    .values({ id: policyId, driverId, vehicleId, planId: 'fairmile-1', startsOn: '2026-01-01', endsOn: '2026-12-31' })
  const created = await createDevice(db, { vehicleId })
  const keys = generateKeyPair()
  const claimed = created && (await claimDevice(db, { claimCode: created.claimCode, publicKey: keys.publicKey }))
  if (!claimed) throw new Error('the device was not claimed')
  return { id: claimed.deviceId, driverId, vehicleId, policyId, password: claimed.mqttPassword, keys }
}

/** Seals the batches of one lane and boot one after the other, as the car does. */
export function laneOf<L extends Lane>(device: TestDevice, lane: L, { boot = 1, previousHash = genesisHash } = {}) {
  let firstSeq = 1
  let before: Uint8Array = previousHash
  return {
    /** The next batch. */
    seal(records: LaneRecords[L][]): SealedBatch & { message: BrokerMessage } {
      const { id, keys } = device
      const options = { device: id, boot, lane, firstSeq, records, previousHash: before, privateKey: keys.privateKey }
      const batch = sealBatch(options)
      before = batch.hash
      firstSeq = batch.lastSeq + 1
      return { ...batch, message: { topic: logTopic(id, lane), payload: batch.bytes } }
    },
    /** The next batch of so many telematics events, a second apart. */
    sealEvents(count: number, { fromMs = Date.UTC(2026, 5, 1, 12) } = {}) {
      const events = Array.from({ length: count }, (_, i) => telematicsEvent(firstSeq + i, fromMs))
      return this.seal(events as LaneRecords[L][])
    },
  }
}

/** The `seq`-th second of a straight drive north. */
export function telematicsEvent(seq: number, fromMs = Date.UTC(2026, 5, 1, 12)): TelematicsEvent {
  return {
    seq,
    at: fromMs + seq * 1000,
    lat: 49.01 + seq * 0.0001,
    lon: 12.1,
    altM: 340.5,
    speedMps: 12.34,
    headingDeg: 0.5,
    hdop: 0.9,
    aLongMin: -0.25,
    aLongMax: 0.31,
    aLatMin: null,
    aLatMax: null,
    aVertRms: 0.12,
    yawRateMax: -0.002,
    limitKmh: null,
    liveRisk: 12.5,
    quality: 0,
  }
}
