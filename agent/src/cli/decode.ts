import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { Command } from 'commander'
import { createNmeaDecoder, type DecoderCounts } from '../gnss/decoder.ts'
import type { LineDrops } from '../gnss/line-limit.ts'
import { readLines } from '../gnss/serial.ts'
import type { Fix } from '../sensors.ts'

const toLine = (fix: Fix): string =>
  `${JSON.stringify({
    t: fix.utcMs === null ? null : new Date(fix.utcMs).toISOString(),
    lat: fix.lat,
    lon: fix.lon,
    altM: fix.altM,
    speedMps: fix.speedMps,
    courseDeg: fix.courseDeg,
    hdop: fix.hdop,
    satellites: fix.satellites,
    mode: fix.mode,
  })}\n`

/** Lines written at once: few system calls, yet a slow reader is waited for soon. */
const linesAtOnce = 64

/** Silence in a log with times that ends an epoch, seconds: well under the shortest pause at 10 Hz is not needed here. */
const silenceS = 0.3

/** Decodes NMEA bytes into one JSON line per fix; resolves with the counts when the input ends. */
export const decodeStream = async (input: Readable, output: Writable): Promise<DecoderCounts & LineDrops> => {
  const drops: LineDrops = { overlongLines: 0, droppedBytes: 0 }
  let batch: string[] = []
  const decoder = createNmeaDecoder((fix) => {
    batch.push(toLine(fix))
  })
  const write = async () => {
    const text = batch.join('')
    batch = []
    if (text !== '' && !output.write(text)) await once(output, 'drain')
  }
  let lastS = Number.NEGATIVE_INFINITY
  for await (const line of readLines(input, drops) as AsyncIterable<string>) {
    const tab = line.indexOf('\t')
    const tS = tab > 0 ? Number(line.slice(0, tab)) : Number.NaN
    if (tS - lastS > silenceS) decoder.flush()
    if (Number.isFinite(tS)) lastS = tS
    decoder.line(line, Number.isFinite(tS) ? tS * 1000 : 0)
    if (batch.length >= linesAtOnce) await write()
  }
  decoder.flush()
  await write()
  return { ...decoder.counts, ...drops }
}

/** `fairmile-agent decode FILE|-`: NMEA in, one JSON object a fix out, counts as the last line on stderr. */
export const decodeCommand = (): Command =>
  new Command('decode')
    .description('decode NMEA sentences into one JSON object per fix')
    .argument('<file>', 'file with NMEA sentences, each with or without a leading "t_s<TAB>"; - reads from stdin')
    .addHelpText(
      'before',
      `Examples:
  $ fairmile-agent decode drive.nmea | head
  $ zcat drive.nmea.gz | fairmile-agent decode - > fixes.jsonl
`,
    )
    .action(async (file: string) => {
      const counts = await decodeStream(file === '-' ? process.stdin : createReadStream(file), process.stdout)
      process.stderr.write(
        `sentences ${counts.sentences}, bad checksums ${counts.badChecksums}, unsupported ${counts.unsupported}, ` +
          `garbage ${counts.garbage}, overlong lines ${counts.overlongLines}, fixes ${counts.fixes}\n`,
      )
    })
