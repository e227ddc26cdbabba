import type { BrokerMessage } from '../broker/broker.ts'
import type { Judged } from './judge.ts'

/** Bytes that ingest holds before judging, payloads as they came: a hundred of the largest batches, thousands of ordinary ones. */
export const maxUnjudgedBytes = 8 * 1024 * 1024
/** Bytes of judged messages that a line holds: those of 512 with a hundred seconds of driving each, which are 15 KiB apart. */
export const maxLineBytes = 12 * 1024 * 1024
/** Bytes of one transaction: what is sent to PostgreSQL lies in memory once or twice more until it is taken. */
export const maxGroupBytes = 4 * 1024 * 1024

/** A number of a column, and what the value of a record takes for each byte on the wire (estimated). */
const valueBytes = 8
/** A dead letter's payload goes to PostgreSQL as hexadecimal text, twice as long. */
const letterCopies = 3

/** Bytes that a message holds in memory; of words, which are short, none. */
export function heldBytes(message: BrokerMessage | Judged): number {
  if (!('kind' in message)) return message.payload.length
  if (message.kind === 'seen') return 0
  if (message.kind === 'rejected') return letterCopies * (message.payload?.length ?? 0)
  const { batch } = message
  const values = 'columns' in batch ? batch.columns.length * (batch.lastSeq - batch.firstSeq + 1) : batch.rawSize
  return message.message.payload.length + valueBytes * values
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
