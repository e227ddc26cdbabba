import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Ack } from '@fairmile/contract/records.ts'
import { and, inArray, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { storeTrips } from '../trips/store-trips.ts'
import { advanceAck, type LaneBoot } from './acks.ts'
import { storeAlerts } from './alerts.ts'
import { countResent, logRejected, logRun, logStored, standingOf } from './batch-log.ts'
import { keepDeadLetters } from './dead-letters.ts'
import { logGap } from './gap-log.ts'
import { type Accepted, type BatchRange, type Rejected, rejectAccepted } from './judge.ts'
import { storeRawChunks } from './raw-chunks.ts'
import { runsOf } from './runs.ts'
import { insertTelematics, type TelematicsRows } from './telematics.ts'
import { keepWords, type Seen } from './words.ts'

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
  /** Records that devices say they dropped. */
  dropped: number
  seen: Seen[]
}

/** What a transaction gathers while it goes through its messages. */
interface Work extends Stored {
  telematics: TelematicsRows[]
  touched: Map<string, TouchedLane>
}

/** A lane and boot that is to be acked; of `raw`, which is sent in pieces as they are asked for, each piece by itself. */
interface TouchedLane extends LaneBoot {
  rejected: Ack['rejected']
  piece: { from: number; upTo: number } | null
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
    dropped: 0,
    seen: [],
    telematics: [],
    touched: new Map(),
  }
  for (const run of runsOf(messages)) {
    const [message] = run
    if (message!.kind === 'rejected') await storeRejected(tx, message as Rejected, work)
    else if (run.length === 1 || !(await storeRun(tx, run as Accepted[], work)))
      for (const accepted of run) await storeBatch(tx, accepted as Accepted, work)
  }
  await insertTelematics(tx, work.telematics)
  await keepDeadLetters(tx, work.rejected)
  for (const { rejected, piece, ...lane } of work.touched.values()) {
    const { upTo, missing } = piece ? { ...piece, missing: 0 } : await advanceAck(tx, lane)
    work.missing += missing
    const ack = { boot: lane.boot, lane: lane.lane, ...(piece && { from: piece.from }), upTo, rejected }
    work.acks.push({ deviceId: lane.deviceId, ack })
  }
  work.seen = messages.filter((message) => message.kind === 'seen')
  await keepWords(tx, work.seen)
  await markSeen(tx, messages)
  return work
}

/** Stores the batches of a backlog together; false where one of them is not new: then nothing was done. */
async function storeRun(tx: Database, run: readonly Accepted[], work: Work): Promise<boolean> {
  const { device, batch } = run[0]!
  const ranges = run.map((one): BatchRange => ({ ...one.batch, deviceId: device.id }))
  const gap = await logRun(tx, ranges, batch.previousHash)
  if (gap === null) return false
  if (gap) work.gaps++
  touch(work, ranges[0]!)
  for (const { batch } of run) {
    if (batch.lane !== 'telematics') continue
    work.batches++
    work.records += batch.records.length
    work.telematics.push({ deviceId: device.id, boot: batch.boot, records: batch.records })
  }
  return true
}

async function storeBatch(tx: Database, accepted: Accepted, work: Work): Promise<void> {
  const { device, batch } = accepted
  const range: BatchRange = { ...batch, deviceId: device.id }
  const correlationId = batch.hash.toString('hex')
  const source = { deviceId: device.id, boot: batch.boot, vehicleId: device.vehicleId, correlationId }
  if (batch.gap !== null) {
    if (!(await storeGap(tx, accepted, range, work))) return
    // What is left of a thinned stretch of telematics.
    if (batch.lane === 'telematics') work.telematics.push({ ...source, records: batch.records })
    return
  }
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
  // Raw chunks go as they are asked for: what is before one may never have been.
  if ((await logStored(tx, range, batch.previousHash)) && batch.lane !== 'raw') work.gaps++
  work.batches++
  work.records += batch.records.length
  if (batch.lane === 'telematics') work.telematics.push({ ...source, records: batch.records })
  else if (batch.lane === 'trips') await storeTrips(tx, source, batch.records)
  else if (batch.lane === 'raw') await storeRawChunks(tx, { ...source, firstSeq: batch.firstSeq }, batch.records)
  else if (batch.lane === 'urgent') work.live.push(...(await storeAlerts(tx, source, batch.records)))
}

/** Records a gap; false where it is none of the device's log. */
async function storeGap(tx: Database, accepted: Accepted, range: BatchRange, work: Work): Promise<boolean> {
  const { gap, previousHash } = accepted.batch
  const { is, open } = await logGap(tx, range, { gap: gap!, previousHash })
  if (is === 'conflict') {
    const detail = `A gap from ${range.firstSeq} to ${range.lastSeq} crosses one that is on record`
    await storeRejected(tx, rejectAccepted(accepted, 'conflict', detail), work)
    return false
  }
  touch(work, range)
  if (is === 'again') work.again++
  else {
    work.batches++
    work.records += accepted.batch.records.length
    work.dropped += gap!.dropped
    if (open && range.lane !== 'raw') work.gaps++
  }
  return true
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

function touch({ touched }: Work, { deviceId, lane, boot, firstSeq, lastSeq }: BatchRange): TouchedLane {
  const piece = lane === 'raw' ? { from: firstSeq, upTo: lastSeq } : null
  const key = `${deviceId}/${lane}/${boot}/${piece?.from}`
  const found: TouchedLane = touched.get(key) ?? { deviceId, lane, boot, rejected: [], piece }
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
