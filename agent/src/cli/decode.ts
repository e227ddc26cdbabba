import { createReadStream } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { Command } from 'commander'
import { createNmeaDecoder, type DecoderCounts } from '../gnss/decoder.ts'
import type { LineDrops } from '../gnss/line-limit.ts'
import { createLogFeed } from '../gnss/log-feed.ts'
import { readLines } from '../gnss/read-lines.ts'
import { createFixWriter } from './fix-line.ts'

/** Characters written at once: few system calls, yet a slow reader is waited for soon. */
const charsAtOnce = 64 * 1024
/** Bytes read at once from a file. */
const bytesAtOnce = 256 * 1024

/** Decodes NMEA bytes into one JSON line per fix; resolves with the counts when the input ends. */
export const decodeStream = (input: Readable, output: Writable): Promise<DecoderCounts & LineDrops> =>
  new Promise((resolve, reject) => {
    const drops: LineDrops = { overlongLines: 0, droppedBytes: 0 }
    const toLine = createFixWriter()
    let text = ''
    const decoder = createNmeaDecoder((fix) => {
      text += toLine(fix)
    })
    const lines = readLines(input, drops)
    const write = (): void => {
      const full = !output.write(text)
      text = ''
      if (!full) return
      lines.pause()
      output.once('drain', () => lines.resume())
    }
    const feed = createLogFeed(decoder)
    lines.on('data', (line: string) => {
      feed(line)
      if (text.length >= charsAtOnce) write()
    })
    lines.once('error', reject)
    output.once('error', reject)
    lines.once('end', () => {
      decoder.end()
      output.write(text)
      resolve({ ...decoder.counts, ...drops })
    })
  })

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
      const counts = await decodeStream(
        file === '-' ? process.stdin : createReadStream(file, { highWaterMark: bytesAtOnce }),
        process.stdout,
      )
      process.stderr.write(
        `sentences ${counts.sentences}, bad checksums ${counts.badChecksums}, unsupported ${counts.unsupported}, ` +
          `garbage ${counts.garbage}, overlong lines ${counts.overlongLines}, fixes ${counts.fixes}\n`,
      )
    })
