import type { Clock } from '../clock.ts'
import { keepOpen } from '../keep-open.ts'
import { createLineTrouble, type LineTrouble } from '../line-trouble.ts'
import type { Fix, Source } from '../sensors.ts'
import { createNmeaDecoder, type DecoderCounts } from './decoder.ts'
import { createFixTiming } from './fix-timing.ts'
import type { LineDrops } from './line-limit.ts'
import { readLines } from './read-lines.ts'
import { createReceiverDate, type DateCounts } from './receiver-date.ts'
import { type BytePort, type OpenPort, openPort } from './serial.ts'

/** Silence after which an epoch is over, and a burst of sentences has begun anew, milliseconds. */
const linePauseMs = 100
/** No shorter in real time than this, where the clock runs fast: an operating system hands bytes over in its own time. */
const realPauseMs = 40
/** A receiver that sends nothing for so long is told of, and for so long is opened again; real time, however fast the clock runs. */
const silentS = 5
const deadMs = 15_000
/** Bytes for so long without one good sentence: the baud rate is wrong, or it is no receiver. */
const unreadableMs = 10_000
/** The receiver's first sentence of an epoch comes at most so long before the fix is put at its burst's start. */
const maxBurstMs = 900

export interface GnssOptions {
  path: string
  baud: number
  clock: Clock
  /** UTC epoch milliseconds when this version was made: the receiver's date cannot be older. */
  buildMs: number
  /** @default a real serial port */
  open?: OpenPort
}

/** What a receiver's line has brought so far. */
export type GnssCounts = DecoderCounts & LineDrops & DateCounts

/** Reads one open line until it ends, is closed or falls dead; answers why. */
const listen = (
  port: BytePort,
  options: GnssOptions,
  onFix: (fix: Fix) => void,
  trouble: LineTrouble,
  counts: GnssCounts,
  signal: AbortSignal,
) => {
  const { clock } = options
  const pauseMs = Math.max(linePauseMs, realPauseMs * clock.rate)
  return new Promise<string>((resolve) => {
    let burstMs = clock.monotonicMs()
    let lastByteMs = burstMs
    let lastGoodMs = burstMs
    let before = 0
    const drops: LineDrops = { overlongLines: 0, droppedBytes: 0 }
    const decoder = createNmeaDecoder(onFix)
    const onBytes = (): void => {
      const now = clock.monotonicMs()
      if (now - lastByteMs > pauseMs) burstMs = now
      lastByteMs = now
    }
    const onLine = (line: string): void => {
      const now = clock.monotonicMs()
      decoder.line(line, now - burstMs < maxBurstMs ? burstMs : now)
    }
    const lines = readLines(port.bytes.on('data', onBytes), drops)
    lines.on('data', onLine)
    const watch = (): void => {
      const now = clock.monotonicMs()
      if (decoder.counts.sentences !== before) lastGoodMs = now
      before = decoder.counts.sentences
      if (now - lastByteMs > pauseMs) decoder.pause()
      const silenceMs = (now - lastByteMs) / clock.rate
      if (silenceMs > deadMs) end('nothing was heard for 15 s')
      else if (silenceMs > silentS * 1000) trouble.silent(silentS)
      else if ((now - lastGoodMs) / clock.rate > unreadableMs)
        trouble.heard(`no NMEA sentence among its bytes; is ${options.baud} baud right?`)
      else if (before > 0) trouble.heard(null)
    }
    const timer = setInterval(watch, pauseMs / 2 / clock.rate)
    const end = (reason: string): void => {
      clearInterval(timer)
      signal.removeEventListener('abort', onAbort)
      lines.off('data', onLine)
      decoder.end()
      for (const key of ['sentences', 'badChecksums', 'unsupported', 'garbage', 'fixes'] as const) {
        counts[key] += decoder.counts[key]
      }
      counts.overlongLines += drops.overlongLines
      counts.droppedBytes += drops.droppedBytes
      resolve(reason)
    }
    const onAbort = (): void => end('stopped')
    signal.addEventListener('abort', onAbort, { once: true })
    lines.once('error', (error) => end(error.message))
    port.bytes.once('close', () => end('the port is gone'))
    port.bytes.once('end', () => end('the port is gone'))
  })
}

/** A GNSS receiver on a serial line as a source of fixes, opened again whenever it vanishes or falls silent. */
export const createGnssSource = (options: GnssOptions): Source & { readonly counts: GnssCounts } => {
  const { path, baud, open = openPort } = options
  const counts: GnssCounts = {
    sentences: 0,
    badChecksums: 0,
    unsupported: 0,
    garbage: 0,
    fixes: 0,
    overlongLines: 0,
    droppedBytes: 0,
    rolledOverDates: 0,
    refusedDates: 0,
  }
  const onTime = createFixTiming({ rate: options.clock.rate })
  const date = createReceiverDate({ buildMs: options.buildMs, rate: options.clock.rate })
  const judged = (fix: Fix): Fix => {
    const taken = date.take(onTime(fix))
    Object.assign(counts, date.counts)
    return taken
  }
  return {
    name: `GNSS ${path}`,
    counts,
    run(sink, signal) {
      const what = `GNSS receiver on ${path}`
      const trouble = createLineTrouble(sink, 'gnss', what)
      return keepOpen({
        what,
        open: () => open(path, baud),
        use: (port) => listen(port, options, (fix) => sink.fix(judged(fix)), trouble, counts, signal),
        trouble: trouble.again,
        signal,
      })
    },
  }
}
