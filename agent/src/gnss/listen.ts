import type { Clock } from '../clock.ts'
import type { LineTrouble } from '../line-trouble.ts'
import type { Fix } from '../sensors.ts'
import type { BaudHunt } from './baud-hunt.ts'
import type { DecoderCounts } from './decoder.ts'
import type { LineDrops } from './line-limit.ts'
import { createLineTiming } from './line-timing.ts'
import { readLines } from './read-lines.ts'
import type { BytePort } from './serial.ts'
import { createUbloxSetUp } from './ubx-setup.ts'

/** A receiver that sends nothing for so long is told of, and for so long is opened again; real time, however fast the clock runs. */
const silentS = 5
const deadMs = 15_000
/** Bytes for so long without one good sentence: the baud rate is wrong, or it is no receiver. */
const unreadableMs = 10_000
/** The same while the baud rate is looked for: a receiver's whole epoch, even at 0.5 Hz. */
const huntMs = 2600
export interface ListenOptions {
  port: BytePort
  clock: Clock
  hunt: BaudHunt
  /** Fixes a second that a u-blox receiver is set up for; null leaves every receiver as it is. */
  ubloxHz: number | null
  onFix: (fix: Fix) => void
  trouble: LineTrouble
  counts: DecoderCounts & LineDrops
  signal: AbortSignal
}

/** Reads one open line until it ends, is closed or falls dead; answers why, or null where it is to be opened at another rate. */
export const listen = (options: ListenOptions): Promise<string | null> =>
  new Promise((resolve) => {
    const { port, clock, hunt, ubloxHz, onFix, trouble, counts, signal } = options
    let lastByteMs = clock.monotonicMs()
    let lastGoodMs = lastByteMs
    let before = counts.sentences
    let setUpProblem: string | null = null
    let ended = false
    const timing = createLineTiming({ rate: clock.rate, onFix, counts })
    const setUp =
      ubloxHz === null
        ? null
        : createUbloxSetUp({ rateHz: ubloxHz, baud: hunt.baud, mayRaise: hunt.mayRaise, write: port.write })
    let isSetUp = setUp === null
    const onBytes = (chunk: Uint8Array): void => {
      lastByteMs = clock.monotonicMs()
      timing.bytes(lastByteMs)
      setUp?.take(chunk)
    }
    const onLine = (line: string): void => timing.line(line, clock.monotonicMs())
    const lines = readLines(port.bytes.on('data', onBytes), counts)
    lines.on('data', onLine)

    const startSetUp = async (): Promise<void> => {
      isSetUp = true
      const outcome = await setUp?.run()
      if (outcome === undefined) return
      if ('problem' in outcome) setUpProblem = outcome.problem
      if (!('raisedTo' in outcome)) return
      hunt.raise(outcome.raisedTo)
      end(null)
    }
    const onGood = (now: number): void => {
      lastGoodMs = now
      hunt.heard()
      if (!isSetUp) void startSetUp()
      trouble.heard(setUpProblem)
    }
    const watch = (): void => {
      if (ended) return
      const now = clock.monotonicMs()
      timing.rest(now)
      const isGood = counts.sentences !== before
      before = counts.sentences
      if (isGood) onGood(now)
      else look((now - lastByteMs) / clock.rate, (now - lastGoodMs) / clock.rate)
    }
    /** Nothing good has come just now, no byte for `silenceMs` and no sentence for `badMs`. */
    const look = (silenceMs: number, badMs: number): void => {
      const isSilent = silenceMs > silentS * 1000
      if (isSilent) trouble.silent(silentS)
      if (hunt.isSettled && silenceMs > deadMs) end('nothing was heard for 15 s')
      else if (!hunt.isSettled && (isSilent || (silenceMs < huntMs && badMs > huntMs))) endUnheard(isSilent)
      else if (!isSilent && hunt.isSettled && badMs > unreadableMs) {
        if (hunt.isFixed) trouble.heard(`no NMEA sentence among its bytes; is ${hunt.baud} baud right?`)
        else endUnheard(false)
      }
    }
    const endUnheard = (isSilent: boolean): void => {
      const inVain = hunt.failed()
      end(inVain && !isSilent ? 'no NMEA sentence at any usual baud rate; is it a GNSS receiver?' : null)
    }
    // What has come meanwhile is read first, lest a computer that was busy takes it for silence.
    const timer = setInterval(() => setImmediate(watch), timing.lookEveryMs / clock.rate)
    const end = (reason: string | null): void => {
      if (ended) return
      clearInterval(timer)
      ended = true
      signal.removeEventListener('abort', onAbort)
      lines.off('data', onLine)
      timing.end()
      resolve(reason)
    }
    const onAbort = (): void => end('stopped')
    signal.addEventListener('abort', onAbort, { once: true })
    lines.once('error', (error) => end(error.message))
    port.bytes.once('close', () => end('the port is gone'))
    port.bytes.once('end', () => end('the port is gone'))
  })
