import { peekBatch } from '@fairmile/contract/batch.ts'
import { maxTracePoints } from '@fairmile/contract/columns/trace.ts'
import { maxRawBytes } from '@fairmile/contract/envelope.ts'
import { maxBatchPoints } from '@fairmile/contract/payload.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import type { BrokerMessage } from '../broker/broker.ts'
import type { Accepted, Judged, Rejected } from './judge.ts'

/** Bytes that ingest holds before judging, payloads as they came: a hundred of the largest batches, thousands of ordinary ones. */
export const maxUnjudgedBytes = 8 * 1024 * 1024
/** Bytes of what is judged side by side, unfolded, until the lines have it: one batch that unfolds to all that it may, dozens of ordinary ones. */
export const maxJudgedBytes = 8 * 1024 * 1024
/** Bytes of judged messages that a line holds: those of 512 with a hundred seconds of driving each, which are 15 KiB apart. */
export const maxLineBytes = 8 * 1024 * 1024
/** Bytes of one transaction: what is sent to PostgreSQL lies in memory once or twice more until it is taken. */
export const maxGroupBytes = 4 * 1024 * 1024

/** A number of a column, and what the value of a record takes for each byte on the wire (estimated). */
const valueBytes = 8
/** What goes to PostgreSQL as it is, a dead letter's payload or a chunk, lies in memory as itself, in its row and on its way. */
const storedCopies = 3

/** The numbers of a point of a trace; points that do not change take nothing on the wire. */
const pointBytes = 6 * valueBytes

/** Bytes that a message holds in memory. */
export function heldBytes(message: BrokerMessage | Judged): number {
  if (!('kind' in message)) return message.payload.length
  if (message.kind === 'seen') return message.sizeBytes
  if (message.kind === 'rejected') return storedCopies * (message.payload?.length ?? 0)
  return message.message.payload.length + openedBytes(message.batch)
}

function openedBytes(batch: Accepted['batch']): number {
  if ('chunks' in batch) return batch.chunks.reduce((sum, { bytes }) => sum + storedCopies * bytes.length, 0)
  if ('columns' in batch) return valueBytes * batch.columns.length * (batch.lastSeq - batch.firstSeq + 1)
  const unpacked = valueBytes * batch.rawSize
  return batch.lane === 'trips' ? unpacked + pointBytes * pointsOf(batch.records) : unpacked
}

const pointsOf = (records: readonly TripsRecord[]): number =>
  records.reduce((sum, record) => sum + ('event' in record ? (record.event.trace?.offsetMs.length ?? 0) : 0), 0)

/** The most bytes that a message will hold once it is judged, by what its batch says, unproved: it is opened to no more than that. */
export function unfoldedBytes(item: BrokerMessage | Rejected): number {
  const held = heldBytes(item)
  if ('kind' in item) return held
  try {
    const { lane, count, rawSize } = peekBatch(item.payload)
    if (rawSize <= 0 || rawSize > maxRawBytes) return held
    const points = lane === 'trips' ? Math.min(count * maxTracePoints, maxBatchPoints) : 0
    return held + valueBytes * rawSize + pointBytes * points
  } catch {
    return held // it will be refused, or is no batch
  }
}

/** A message whose payload keeps nothing else in memory. */
export function onItsOwn(message: BrokerMessage): BrokerMessage {
  return { ...message, payload: ownBytes(message.payload) }
}

/**
 * The same bytes, which keep nothing else in memory: what was read in one go comes as views of one chunk, and a small one that waits for
 * long would keep all of it.
 */
export function ownBytes(payload: Buffer): Buffer {
  if (payload.buffer.byteLength < 2 * payload.length) return payload
  const own = Buffer.allocUnsafeSlow(payload.length)
  payload.copy(own)
  return own
}
