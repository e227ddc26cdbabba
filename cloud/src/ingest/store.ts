import type { OpenedBatch } from '@fairmile/contract/batch.ts'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Ack } from '@fairmile/contract/records.ts'
import { sql } from 'drizzle-orm'
import type { CopyIn } from '../db/copy.ts'
import type { Database } from '../db/database.ts'
import { holdPolicies } from '../drivers/hold-policies.ts'
import { storeTrips } from '../trips/store-trips.ts'
import { touchTrips } from '../trips/touch-trips.ts'
import { advanceAck, type LaneBoot, type Progress, resentBeforeGap } from './acks.ts'
import { storeAlerts, type UrgentRecords } from './alerts.ts'
import { countResent, logRejected, logStored, standingOf } from './batch-log.ts'
import { forgetLetters, keepDeadLetters, type Letter } from './dead-letters.ts'
import { logGap } from './gap-log.ts'
import { type Accepted, type BatchRange, type ClaimedRange, type Rejected, rejectAccepted } from './judge.ts'
import { laneOf, lockLanes } from './lock-lanes.ts'
import { storeRawChunks } from './raw-chunks.ts'
import { logRuns } from './run-log.ts'
import { runLanes, runsOf } from './runs.ts'
import { eventsOf, insertTelematics, type TelematicsRows } from './telematics.ts'
import { copyTelematics, type TelematicsColumns } from './telematics-copy.ts'
import { touchedRanges } from './touched.ts'
import { keepWords, type Seen } from './words.ts'

/** When a device was last seen is kept to this many seconds, so that it is not written with every message. */
const seenResolutionS = 10

/** What is to be told once the transaction is committed, and what happened in it. */
export interface Stored {
  acks: { deviceId: string; ack: Ack }[]
  live: LiveMessage[]
  rejected: Letter[]
  /** Numbers for the counters. */
  batches: number
  records: number
  again: number
  gaps: number
  missing: number
  /** Records that devices say they dropped. */
  dropped: number
  /** Dead letters that made room for newer ones. */
  lettersGone: number
  seen: Seen[]
}

/** What a transaction gathers while it goes through its messages. */
interface Work extends Stored {
  telematics: TelematicsRows[]
  /** Of these no row is there. */
  fresh: TelematicsColumns[]
  urgent: UrgentRecords[]
  /** Lanes whose ack is to be worked out at the end. */
  touched: Map<string, TouchedLane>
}

/** A lane and boot that is to be acked; of `raw`, which is sent in pieces as they are asked for, each piece by itself. */
interface TouchedLane extends LaneBoot {
  rejected: Ack['rejected']
  piece: { from: number; upTo: number } | null
  /** How far it is acked where that is done already; whatever comes to the lane afterwards makes it unknown again. */
  known: Progress | null
}

/**
 * Stores judged messages in the caller's transaction, those of a lane in their order; a batch that came before changes nothing.
 *
 * @param copy takes the telematics of ordinary batches in bulk; without it they go one by one, past rows that are there
 * @throws {CopyRefusedError} where a row of an ordinary batch is there although the batch is not on record
 */
export async function storeMessages(
  tx: Database,
  messages: readonly (Accepted | Rejected | Seen)[],
  { copy }: { copy?: CopyIn } = {},
): Promise<Stored> {
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
    lettersGone: 0,
    seen: [],
    telematics: [],
    fresh: [],
    urgent: [],
    touched: new Map(),
  }
  await lockLanes(tx, messages)
  await holdPolicies(tx, vehiclesWithTrips(messages))
  const runs = runsOf(messages)
  const left = copy ? await storeRuns(tx, runs, work) : runs
  for (const run of left)
    for (const message of run)
      if (message.kind === 'rejected') await storeRejected(tx, message, work)
      else await storeBatch(tx, message, work)
  if (copy) await copyTelematics(copy, work.fresh)
  await insertTelematics(tx, work.telematics)
  work.live = await storeAlerts(tx, work.urgent)
  for (const { rejected, piece, known, ...lane } of work.touched.values()) {
    const { upTo, missing } = known ?? (await advanceAck(tx, lane))
    work.missing += missing
    for (const letter of work.rejected) letter.acked ||= isProvenWithin(lane, upTo, letter.range)
    const ack = { boot: lane.boot, lane: lane.lane, ...(piece && { from: piece.from }), upTo, rejected }
    work.acks.push({ deviceId: lane.deviceId, ack })
  }
  work.seen = messages.filter((message) => message.kind === 'seen')
  work.lettersGone = await keepDeadLetters(tx, work.rejected, copy ? { copy } : {})
  // None of them rests on another: they go one behind the other on the connection, without waiting for each answer.
  await Promise.all([
    touchTrips(tx, touchedRanges(work.telematics, work.fresh)),
    keepWords(tx, work.seen),
    markSeen(tx, messages),
  ])
  return work
}

/** Vehicles whose policies may be given trips: these are locked before anything else. */
const vehiclesWithTrips = (messages: readonly (Accepted | Rejected | Seen)[]): string[] =>
  messages.flatMap((message) =>
    message.kind === 'accepted' && message.batch.lane === 'trips' ? [message.device.vehicleId] : [],
  )

/** Stores the first run of ordinary batches of each lane, all at once; gives what is left to be stored one by one. */
async function storeRuns(
  tx: Database,
  runs: readonly (Accepted | Rejected)[][],
  work: Work,
): Promise<(Accepted | Rejected)[][]> {
  /** Of these something was met already: what comes behind it is stored behind it. */
  const lanes = new Set<string | null>()
  const plain: { place: number; run: Accepted[] }[] = []
  runs.forEach((messages, place) => {
    const run = messages.filter(isPlain)
    const lane = laneOf(messages[0]!)
    if (run.length === messages.length && !lanes.has(lane)) plain.push({ place, run })
    lanes.add(lane)
  })
  const { logged, acked, gaps } = await logRuns(
    tx,
    plain.map(({ run }) => ({ ranges: run.map(rangeOf), previousHash: run[0]!.batch.previousHash })),
  )
  work.gaps += gaps
  const done = new Set<number>()
  plain.forEach(({ place, run }, n) => {
    if (!logged.has(n)) return
    done.add(place)
    for (const accepted of run) {
      note(work, accepted)
      if ('columns' in accepted.batch) work.fresh.push(accepted.batch)
      else if (accepted.batch.lane === 'urgent')
        work.urgent.push({ ...sourceOf(accepted), records: accepted.batch.records })
    }
    const last = rangeOf(run.at(-1)!)
    const lane = touch(work, last)
    if (acked.has(n)) lane.known = { upTo: last.lastSeq, missing: 0 }
  })
  return runs.filter((_, place) => !done.has(place))
}

/** Whether a message is a batch that may be recorded in a run: telematics by column, or alerts. */
const isPlain = (message: Accepted | Rejected): message is Accepted =>
  message.kind === 'accepted' &&
  message.batch.gap === null &&
  runLanes.has(message.batch.lane) &&
  (message.batch.lane !== 'telematics' || 'columns' in message.batch)

const rangeOf = ({ device, batch }: Accepted): BatchRange => ({ ...batch, deviceId: device.id })

const sourceOf = ({ device, batch, toldMs }: Accepted) => ({
  deviceId: device.id,
  boot: batch.boot,
  vehicleId: device.vehicleId,
  correlationId: batch.hash.toString('hex'),
  toldMs,
})

function note(work: Work, { batch: { firstSeq, lastSeq } }: Accepted): void {
  work.batches++
  work.records += lastSeq - firstSeq + 1
}

async function storeBatch(tx: Database, accepted: Accepted, work: Work): Promise<void> {
  const { batch } = accepted
  const range = rangeOf(accepted)
  const source = sourceOf(accepted)
  if (batch.gap !== null) {
    if (!(await storeGap(tx, { accepted, range, batch }, work))) return
    // What is left of a thinned stretch of telematics.
    if (batch.lane === 'telematics') work.telematics.push({ ...source, records: batch.records })
    return
  }
  const standing = await standingOf(tx, range, 'good')
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
  note(work, accepted)
  if (batch.lane === 'telematics')
    work.telematics.push({ ...source, records: 'columns' in batch ? eventsOf(batch) : batch.records })
  else if (batch.lane === 'trips') await storeTrips(tx, { ...source, firstSeq: batch.firstSeq }, batch.records)
  else if ('chunks' in batch) await storeRawChunks(tx, { ...source, firstSeq: batch.firstSeq }, batch.chunks)
  else if (batch.lane === 'urgent') work.urgent.push({ ...source, records: batch.records })
}

/** Records a gap; false where it is none of the device's log. */
async function storeGap(
  tx: Database,
  { accepted, range, batch }: { accepted: Accepted; range: BatchRange; batch: OpenedBatch },
  work: Work,
): Promise<boolean> {
  const { gap, previousHash } = batch
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
    work.records += batch.records.length
    work.dropped += gap!.dropped
    if (open && range.lane !== 'raw') work.gaps++
  }
  return true
}

async function storeRejected(tx: Database, rejected: Rejected, work: Work): Promise<void> {
  const { range, reason, topic } = rejected
  if (range === null) {
    work.rejected.push({ ...rejected, acked: false })
    return
  }
  const standing = await standingOf(tx, range, range.proven ? 'proven' : 'unproven')
  // A piece of `raw` is acked by itself: nobody's word for its numbers waits here, that of other lanes in `contiguous`.
  const isLasting = standing.is === 'again' && standing.resent + 1 >= resentBeforeGap
  if (range.proven || range.lane !== 'raw' || isLasting) touch(work, range).rejected.push(rejectedRange(range, reason))
  if (standing.is === 'again') {
    work.again++
    return countResent(tx, range)
  }
  if (standing.is === 'new') await logRejected(tx, range, reason)
  else if (!range.proven) {
    // Not on record, so that it may have been set aside before: one letter is enough. On another topic the same bytes are another message.
    work.rejected = work.rejected.filter((one) => one.topic !== topic || !one.range?.hash.equals(range.hash))
    await forgetLetters(tx, rejected)
  }
  // Once its numbers are spoken for they are acked with all before them, if not now; what nobody signed says nothing that would be missed.
  work.rejected.push({ ...rejected, acked: standing.is === 'new' && range.proven })
}

function touch({ touched }: Work, { deviceId, lane, boot, firstSeq, lastSeq }: BatchRange): TouchedLane {
  const piece = lane === 'raw' ? { from: firstSeq, upTo: lastSeq } : null
  const key = `${deviceId}/${lane}/${boot}/${piece?.from}`
  const rejected = touched.get(key)?.rejected ?? []
  const known = piece && { upTo: piece.upTo, missing: 0 }
  const found: TouchedLane = { deviceId, lane, boot, rejected, piece, known }
  touched.set(key, found)
  return found
}

const isProvenWithin = (lane: LaneBoot, upTo: number, range: ClaimedRange | null): boolean =>
  range?.proven === true &&
  range.deviceId === lane.deviceId &&
  range.lane === lane.lane &&
  range.boot === lane.boot &&
  range.lastSeq <= upTo

const rejectedRange = ({ firstSeq, lastSeq }: BatchRange, reason: string) => ({ firstSeq, lastSeq, reason })

async function markSeen(tx: Database, messages: readonly (Accepted | Rejected | Seen)[]): Promise<void> {
  const seen = new Set<string>()
  for (const message of messages) {
    if (message.kind === 'accepted') seen.add(message.device.id)
    else if (message.kind === 'seen') seen.add(message.deviceId)
  }
  if (seen.size === 0) return
  // In the order of the devices and past those that are held: two processes never wait for each other here.
  await tx.execute(sql`
    UPDATE devices SET last_seen_at = now() WHERE id IN (
      SELECT id FROM devices
      WHERE id = ANY(${sql.param([...seen])}::text[])
        AND (last_seen_at IS NULL OR last_seen_at < now() - make_interval(secs => ${seenResolutionS}))
      ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)`)
}
