import type { Readable } from 'node:stream'
import { ReadlineParser } from '@serialport/parser-readline'
import { createLineLimit, type LineDrops } from './line-limit.ts'

/** Joins a byte stream to a line parser that never holds more than a line of `maxLineBytes` and a chunk. */
export const readLines = (bytes: Readable, drops: LineDrops): Readable => {
  const limit = createLineLimit(drops)
  // latin1 keeps every byte a character, so that garbage cannot change a checksum.
  const lines = new ReadlineParser({ delimiter: '\n', encoding: 'latin1', readableObjectMode: true })
  bytes.once('error', (error) => limit.destroy(error))
  limit.once('error', (error) => lines.destroy(error))
  return bytes.pipe(limit).pipe(lines)
}
