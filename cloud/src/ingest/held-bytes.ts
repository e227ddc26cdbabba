import { peekBatch } from '@fairmile/contract/batch.ts'
import { maxRawBytes } from '@fairmile/contract/envelope.ts'
import type { BrokerMessage } from '../broker/broker.ts'
import type { Judged, Rejected } from './judge.ts'

/** Bytes that ingest holds before judging, payloads as they came: a hundred of the largest batches, thousands of ordinary ones. */
export const maxUnjudgedBytes = 8 * 1024 * 1024
/** Bytes of what is judged side by side, unfolded, until the lines have it: one batch that unfolds to all that it may, dozens of ordinary ones. */
export const maxJudgedBytes = 8 * 1024 * 1024
/** Bytes of judged messages that a line holds: those of 512 with a hundred seconds of driving each, which are 15 KiB apart. */
export const maxLineBytes = 12 * 1024 * 1024
/** Bytes of one transaction: what is sent to PostgreSQL lies in memory once or twice more until it is taken. */
export const maxGroupBytes = 4 * 1024 * 1024

/** A number of a column, and what the value of a record takes for each byte on the wire (estimated). */
const valueBytes = 8
/** A dead letter's payload goes to PostgreSQL as hexadecimal text, twice as long. */
const letterCopies = 3

/** Bytes that a message holds in memory. */
export function heldBytes(message: BrokerMessage | Judged): number {
  if (!('kind' in message)) return message.payload.length
  if (message.kind === 'seen') return message.sizeBytes
  if (message.kind === 'rejected') return letterCopies * (message.payload?.length ?? 0)
  const { batch } = message
  const values = 'columns' in batch ? batch.columns.length * (batch.lastSeq - batch.firstSeq + 1) : batch.rawSize
  return message.message.payload.length + valueBytes * values
}

/** Bytes that a message will hold once it is judged, by what its batch says, unproved: it is opened to no more than that. */
export function unfoldedBytes(item: BrokerMessage | Rejected): number {
  const held = heldBytes(item)
  if ('kind' in item) return held
  try {
    const { rawSize } = peekBatch(item.payload)
    return held + (rawSize > 0 && rawSize <= maxRawBytes ? valueBytes * rawSize : 0)
  } catch {
    return held // it will be refused, or is no batch
  }
}

/**
 * A message whose payload keeps nothing else in memory: what was read in one go comes as views of one chunk, and a small one that waits for
 * long would keep all of it.
 */
export function onItsOwn(message: BrokerMessage): BrokerMessage {
  const { payload } = message
  if (payload.buffer.byteLength < 2 * payload.length) return message
  const own = Buffer.allocUnsafeSlow(payload.length)
  payload.copy(own)
  return { ...message, payload: own }
}
