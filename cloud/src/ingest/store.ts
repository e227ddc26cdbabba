import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Ack } from '@fairmile/contract/records.ts'
import { and, inArray, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { storeTrips } from '../trips/store-trips.ts'
import { advanceAck, type LaneBoot } from './acks.ts'
import { storeAlerts } from './alerts.ts'
import { countResent, logRejected, logStored, standingOf } from './batch-log.ts'
import { keepDeadLetters } from './dead-letters.ts'
import { type Accepted, type BatchRange, type Rejected, rejectAccepted, type Seen } from './judge.ts'
import { insertTelematics, type TelematicsRows } from './telematics.ts'

/** When a device was last seen is kept to this many seconds, so that it is not written with every message. */
const seenResolutionS = 10

/** What is to be told once the transaction is committed, and what happened in it. */
export interface Stored {
  acks: { deviceId: string; ack: Ack }[]
  live: LiveMessage[]
  rejected: Rejected[]
  /** Numbers for the counters. */
  batches: number
  records: number
  again: number
  gaps: number
  missing: number
}

/** What a transaction gathers while it goes through its messages. */
interface Work extends Stored {
  telematics: TelematicsRows[]
  touched: Map<string, LaneBoot & { rejected: Ack['rejected'] }>
}

/** Stores judged messages in their order, in the caller's transaction; a batch that came before changes nothing. */
export async function storeMessages(tx: Database, messages: readonly (Accepted | Rejected | Seen)[]): Promise<Stored> {
  const work: Work = {
    acks: [],
    live: [],
    rejected: [],
    batches: 0,
    records: 0,
    again: 0,
    gaps: 0,
    missing: 0,
    telematics: [],
    touched: new Map(),
  }
  for (const message of messages) {
    if (message.kind === 'accepted') await storeBatch(tx, message, work)
    else if (message.kind === 'rejected') await storeRejected(tx, message, work)
  }
  await insertTelematics(tx, work.telematics)
  await keepDeadLetters(tx, work.rejected)
  for (const { rejected, ...lane } of work.touched.values()) {
    const { upTo, missing } = await advanceAck(tx, lane)
    work.missing += missing
    work.acks.push({ deviceId: lane.deviceId, ack: { boot: lane.boot, lane: lane.lane, upTo, rejected } })
  }
  await markSeen(tx, messages)
  return work
}

async function storeBatch(tx: Database, accepted: Accepted, work: Work): Promise<void> {
  const { device, batch } = accepted
  const range: BatchRange = { ...batch, deviceId: device.id }
  const standing = await standingOf(tx, range, { good: true })
  if (standing.is === 'conflict') {
    const { firstSeq, lastSeq } = standing.with
    const detail = `Records ${batch.firstSeq} to ${batch.lastSeq} differ from the stored batch ${firstSeq} to ${lastSeq}`
    return storeRejected(tx, rejectAccepted(accepted, 'conflict', detail), work)
  }
  const lane = touch(work, range)
  if (standing.is === 'again') {
    work.again++
    if (standing.rejected !== null) lane.rejected.push(rejectedRange(range, standing.rejected))
    return countResent(tx, range)
  }
  if (await logStored(tx, range, batch.previousHash)) work.gaps++
  work.batches++
  work.records += batch.records.length
  const source = { deviceId: device.id, boot: batch.boot, vehicleId: device.vehicleId }
  if (batch.lane === 'telematics') work.telematics.push({ ...source, records: batch.records })
  else if (batch.lane === 'trips') await storeTrips(tx, source, batch.records)
  else if (batch.lane === 'urgent') work.live.push(...(await storeAlerts(tx, source, batch.records)))
}

async function storeRejected(tx: Database, rejected: Rejected, work: Work): Promise<void> {
  const { range, reason } = rejected
  if (range === null) {
    work.rejected.push(rejected)
    return
  }
  const standing = await standingOf(tx, range, { good: false })
  const lane = touch(work, range)
  lane.rejected.push(rejectedRange(range, reason))
  if (standing.is === 'again') {
    work.again++
    return countResent(tx, range)
  }
  work.rejected.push(rejected)
  if (standing.is === 'new') await logRejected(tx, range, reason)
}

function touch({ touched }: Work, { deviceId, lane, boot }: BatchRange) {
  const key = `${deviceId}/${lane}/${boot}`
  const found = touched.get(key) ?? { deviceId, lane, boot, rejected: [] }
  touched.set(key, found)
  return found
}

const rejectedRange = ({ firstSeq, lastSeq }: BatchRange, reason: string) => ({ firstSeq, lastSeq, reason })

async function markSeen(tx: Database, messages: readonly (Accepted | Rejected | Seen)[]): Promise<void> {
  const seen = new Set<string>()
  for (const message of messages) {
    if (message.kind === 'accepted') seen.add(message.device.id)
    else if (message.kind === 'seen') seen.add(message.deviceId)
  }
  if (seen.size === 0) return
  const longAgo = lt(devices.lastSeenAt, sql`now() - make_interval(secs => ${seenResolutionS})`)
  await tx
    .update(devices)
    .set({ lastSeenAt: sql`now()` })
    .where(and(inArray(devices.id, [...seen]), or(sql`${devices.lastSeenAt} IS NULL`, longAgo)))
}
