import {
  type OpenedBatch,
  type OpenedChunks,
  type OpenedColumns,
  openBatchByColumn,
  peekBatch,
} from '@fairmile/contract/batch.ts'
import { BatchError, type BatchErrorCode } from '@fairmile/contract/batch-error.ts'
import { type Proves, sha256 } from '@fairmile/contract/chain.ts'
import { telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import { deviceReportSchema, deviceStateSchema, maxReportBytes } from '@fairmile/contract/device-messages.ts'
import { maxBatchBytes } from '@fairmile/contract/envelope.ts'
import { liveStateSchema, parseMessage } from '@fairmile/contract/messages.ts'
import { knownPayloads, type Payloads } from '@fairmile/contract/payloads.ts'
import { type Lane, parseUpTopic, type UpTopic } from '@fairmile/contract/topics.ts'
import { contradictionOf } from '@fairmile/contract/trip-contradiction.ts'
import type { BrokerMessage } from '../broker/broker.ts'
import { plausibleTimes } from '../db/partitions.ts'
import { messageOf } from '../errors.ts'
import { longestTripHours } from '../trips/longest-trip.ts'
import type { Seen, Word } from './words.ts'

/** Why a message became a dead letter. */
export type RejectReason =
  | BatchErrorCode
  /** No topic of a device. */
  | 'unknown_topic'
  /** No claimed device of that id. */
  | 'unknown_device'
  /** Says that it is another device's or lane's than its topic. */
  | 'foreign'
  /** A `live`, `state` or `report` message that is not as it should be. */
  | 'bad_message'
  /** Numbers of a trip that can be, but not together. */
  | 'contradictory'
  /** Other records than those that are stored under the same sequence numbers. */
  | 'conflict'
  /** The database would not have it. */
  | 'not_storable'
  /** The broker's own: never reached ingest. */
  | 'foreign_topic'
  | 'oversized_packet'

/** What ingest knows of a device. */
export interface KnownDevice {
  id: string
  vehicleId: string
  /** Whether it signed these bytes. */
  proves: Proves
}

/** Which sequence numbers a batch speaks for. */
export interface BatchRange {
  deviceId: string
  lane: Lane
  boot: number
  firstSeq: number
  lastSeq: number
  hash: Buffer
}

/** Which sequence numbers a message that is set aside says that it speaks for. */
export interface ClaimedRange extends BatchRange {
  /** Whether the device signed that they are its own, of this lane. Else they are the message's mere word, and one flipped bit changes them. */
  proven: boolean
}

/** A message that can't be stored. */
export interface Rejected {
  kind: 'rejected'
  deviceId: string | null
  topic: string
  reason: RejectReason
  detail: string
  sizeBytes: number
  payload: Buffer | null
  /** What can be acked as rejected; null where it is not known. */
  range: ClaimedRange | null
}

/** A verified batch of a known device. */
export interface Accepted {
  kind: 'accepted'
  device: KnownDevice
  batch: OpenedBatch | OpenedColumns | OpenedChunks
  message: BrokerMessage
  /** When it came, UTC epoch milliseconds. */
  toldMs: number
}

/** What becomes of a message. */
export type Judged = Accepted | Rejected | Seen

/** Judges one message of the log or of `state`: everything that arrives becomes one of three. */
export async function judge(
  message: BrokerMessage,
  {
    devices,
    nowMs,
    payloads = knownPayloads,
  }: { devices: ReadonlyMap<string, KnownDevice>; nowMs: number; payloads?: Payloads },
): Promise<Judged> {
  const topic = parseUpTopic(message.topic)
  if (!topic) return reject(message, null, 'unknown_topic', `"${message.topic}" is no topic of a device`)
  const device = devices.get(topic.device)
  if (!device) return reject(message, topic, 'unknown_device', `No claimed device is "${topic.device}"`)
  if (topic.stream !== 'log') {
    try {
      const word = readWord(topic.stream, message.payload)
      return { kind: 'seen', deviceId: device.id, sizeBytes: message.payload.length, ...word }
    } catch (error) {
      return reject(message, topic, 'bad_message', messageOf(error))
    }
  }
  try {
    const batch = await openBatchByColumn(message.payload, { proves: device.proves, payloads })
    if (batch.device !== device.id || batch.lane !== topic.lane)
      return reject(message, topic, 'foreign', `A ${batch.lane} batch of ${batch.device} came on "${message.topic}"`)
    const odd = oddTimeOf(batch, nowMs)
    if (odd !== null) return reject(message, topic, 'out_of_range', odd)
    const contradiction = contradictionIn(batch)
    if (contradiction !== null) return reject(message, topic, 'contradictory', contradiction)
    return { kind: 'accepted', device, batch, message, toldMs: message.receivedMs ?? nowMs }
  } catch (error) {
    const code = error instanceof BatchError ? error.code : 'malformed'
    const foreign = code === 'bad_signature' && peekDevice(message.payload) !== device.id
    return reject(message, topic, foreign ? 'foreign' : code, messageOf(error))
  }
}

const atPlace = telematicsFields.findIndex(({ name }) => name === 'at')

/** The times of a batch's telematics events, UTC epoch milliseconds; none of the other lanes, whose records go into no month. */
export function timesOf(batch: Accepted['batch']): readonly number[] {
  if ('columns' in batch) return batch.columns[atPlace] as number[]
  return batch.lane === 'telematics' ? batch.records.map(({ at }) => at) : []
}

const maxTripMs = longestTripHours * 3_600_000

/** What is wrong with the times that a batch's records say, in any lane; null where nothing is. */
function oddTimeOf(batch: Accepted['batch'], nowMs: number): string | null {
  const [fromMs, untilMs] = plausibleTimes(nowMs)
  const times = 'columns' in batch || batch.lane === 'telematics' ? timesOf(batch) : otherTimesOf(batch)
  // A box whose clock is not set yet has something to say too: only seconds have no place before the first month.
  const leastMs = batch.lane === 'telematics' ? fromMs : 0
  const odd = times.find((at) => !(at >= leastMs && at < untilMs))
  if (odd !== undefined) return `A record has the time ${odd}`
  if ('columns' in batch || batch.lane !== 'trips') return null
  for (const record of batch.records) {
    if (record.type !== 'trip') continue
    // That it ends before it starts the contract refuses.
    const { id, startAt, endAt } = record.trip
    const ms = endAt - startAt
    if (ms > maxTripMs) return `The trip "${id}" is said to have taken ${ms} ms`
  }
  return null
}

/** What of a trip that a batch tells of contradicts what; null where nothing does. */
function contradictionIn(batch: Accepted['batch']): string | null {
  if ('columns' in batch || batch.lane !== 'trips') return null
  for (const record of batch.records) {
    const odd = record.type === 'trip' ? contradictionOf(record.trip) : null
    if (odd !== null && record.type === 'trip') return `The trip "${record.trip.id}" contradicts itself: ${odd}`
  }
  return null
}

function otherTimesOf(batch: OpenedChunks | Exclude<OpenedBatch, { lane: 'telematics' }>): number[] {
  if ('chunks' in batch) return batch.chunks.map(({ at }) => at)
  if (batch.lane === 'raw') return []
  if (batch.lane === 'urgent')
    return batch.records.map((record) => (record.type === 'alert' ? record.alert.at : record.crash.at))
  return batch.records.flatMap((record) => {
    if (record.type === 'trip_started') return [record.startAt]
    const { startAt, endAt } = record.type === 'trip' ? record.trip : record.event
    return [startAt, endAt]
  })
}

/** A `live` message comes here alone to be refused: what is right is passed on beside the queue. */
function readWord(stream: 'live' | 'state' | 'report', payload: Buffer): Word {
  if (stream === 'report')
    return { stream, word: parseMessage(deviceReportSchema, payload, { maxBytes: maxReportBytes }) }
  if (stream === 'state') return { stream, word: parseMessage(deviceStateSchema, payload) }
  parseMessage(liveStateSchema, payload)
  throw new Error('A live state could not be passed on')
}

/** A batch that was accepted and then could not be stored. */
export const rejectAccepted = ({ message }: Accepted, reason: RejectReason, detail: string): Rejected =>
  reject(message, parseUpTopic(message.topic), reason, detail)

function reject(
  { topic: name, payload }: BrokerMessage,
  topic: UpTopic | null,
  reason: RejectReason,
  detail: string,
): Rejected {
  const range = topic?.stream === 'log' && reason !== 'unknown_device' ? rangeOf(topic, payload, reason) : null
  const deviceId = topic?.device ?? null
  const kept = keptPayload(payload)
  return { kind: 'rejected', deviceId, topic: name, reason, detail, sizeBytes: payload.length, payload: kept, range }
}

/** What is kept of a message that is set aside: what is larger than a batch may be is none, was not acked, and is let go of at once. */
export const keptPayload = (payload: Buffer): Buffer | null => (payload.length <= maxBatchBytes ? payload : null)

/** The range is the sender's: a foreign batch stands in the outbox of the device that published it. */
function rangeOf(
  { device: deviceId, lane }: { device: string; lane: Lane },
  payload: Buffer,
  reason: RejectReason,
): ClaimedRange | null {
  try {
    const { boot, firstSeq, count, ...said } = peekBatch(payload)
    const proven = reason !== 'bad_signature' && said.device === deviceId && said.lane === lane
    return { deviceId, lane, boot, firstSeq, lastSeq: firstSeq + count - 1, hash: sha256(payload), proven }
  } catch {
    return null
  }
}

function peekDevice(payload: Buffer): string | null {
  try {
    return peekBatch(payload).device
  } catch {
    return null
  }
}
