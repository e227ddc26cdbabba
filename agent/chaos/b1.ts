/**
 * B1: ten million NMEA lines, half of them damaged, cut or interleaved, and endless lines between them, through the agent's own
 * line reader and decoder. Claim: nothing is thrown, no fix says what no sentence with a good checksum said, and the
 * unfinished line held is never beyond 4 KiB.
 *
 * The control is the usual way: text gathered until a line ends, and nmea-simple with its checksum test off. It must fail.
 */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { createNmeaDecoder } from '../src/gnss/decoder.ts'
import { readLines } from '../src/gnss/read-lines.ts'
import type { Fix } from '../src/sensors.ts'
import { badNmea } from './parts/bad-nmea.ts'
import { createChecksumOracle } from './parts/checksum-oracle.ts'
import { createStockReader } from './parts/stock-reader.ts'

const maxHeldBytes = 4096
/** Endless lines, spread over the run: each 18 minutes of 9600 baud without an end of line. */
const endlessLines = 32
const endlessBytes = 1024 * 1024
const blockLines = 50
/** What an operating system hands over at a time. */
const maxChunkBytes = 2048

const options = chaosOptions({
  id: 'B1',
  claim: 'Damaged NMEA and an endless line: no crash, no fix of a bad checksum, no growing buffer.',
  control: 'a stock reader without checksum test',
  runs: 10_000_000,
  of: 'lines',
})
const lots = createLots(options.seed)
const oracle = createChecksumOracle()
const found = { crashes: 0, fixes: 0, badFixes: 0, endlessLines: 0, heldBytes: 0 }
const examples: unknown[] = []
const crashed = (error: unknown): void => {
  found.crashes++
  if (examples.length < 5) examples.push(String(error))
}
process.on('uncaughtException', crashed)

const onFix = (fix: Fix): void => {
  if (fix.lat === null) return
  found.fixes++
  if (oracle.vouchesFor(fix)) return
  found.badFixes++
  if (examples.length < 5) examples.push(fix)
}
const reader = options.control ? createStockReader(onFix, crashed) : createAgentReader()

const feed = async (bytes: Buffer): Promise<void> => {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + lots.below(maxChunkBytes)
    await reader.write(bytes.subarray(at, end))
    found.heldBytes = Math.max(found.heldBytes, reader.heldBytes())
    at = end
  }
}

const lines = badNmea(lots)
for (let done = 0; done < options.runs; done += blockLines) {
  const count = Math.min(blockLines, options.runs - done)
  const text = `${Array.from({ length: count }, () => lines.next().value).join('\r\n')}\r\n`
  oracle.read(text)
  await feed(Buffer.from(text, 'latin1'))
  if (done % 1_000_000 === 0 && done > 0)
    options.say(`${done} lines, ${found.fixes} fixes, ${found.badFixes} of them bad`)
  if (found.endlessLines < (endlessLines * (done + count)) / options.runs) await endlessLine()
}
const passed = found.crashes === 0 && found.badFixes === 0 && found.fixes > 0 && found.heldBytes <= maxHeldBytes
verdict('B1', options, passed, { ...found, examples, counts: reader.counts })

/** No end of line, and no `$`, for a long time; then the lines go on. */
async function endlessLine(): Promise<void> {
  found.endlessLines++
  const piece = Buffer.alloc(64 * 1024, 'U')
  for (let fed = 0; fed < endlessBytes; fed += piece.length) await feed(piece)
  await feed(Buffer.from('\r\n'))
}

function createAgentReader() {
  const bytes = new PassThrough()
  const drops = { overlongLines: 0, droppedBytes: 0 }
  const parser = readLines(bytes, drops) as ReturnType<typeof readLines> & { buffer: Buffer; writableLength: number }
  const decoder = createNmeaDecoder(onFix)
  parser.on('data', (line: string) => decoder.line(line, 0))
  return {
    counts: { ...decoder.counts, ...drops },
    async write(chunk: Buffer): Promise<void> {
      if (!bytes.write(chunk)) await once(bytes, 'drain')
      Object.assign(this.counts, decoder.counts, drops)
    },
    heldBytes: () => parser.buffer.length + parser.writableLength,
  }
}
