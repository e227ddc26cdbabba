import type { Readable } from 'node:stream'
import { ReadlineParser } from '@serialport/parser-readline'
import { SerialPort } from 'serialport'
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

/** Opens a serial port, 8N1; rejects with the operating system's reason. */
export const openPort = (path: string, baudRate: number): Promise<SerialPort> =>
  new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false })
    port.open((error) => (error ? reject(error) : resolve(port)))
  })
