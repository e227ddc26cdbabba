import { existsSync } from 'node:fs'
import type { Clock } from '../clock.ts'
import { keepOpen } from '../keep-open.ts'
import { createLineTrouble } from '../line-trouble.ts'
import type { Fix, Source } from '../sensors.ts'
import { createBaudHunt } from './baud-hunt.ts'
import type { DecoderCounts } from './decoder.ts'
import { findReceiver } from './find-receiver.ts'
import { createFixTiming } from './fix-timing.ts'
import type { LineDrops } from './line-limit.ts'
import { listen } from './listen.ts'
import { createReceiverDate, type DateCounts } from './receiver-date.ts'
import { type BytePort, type OpenPort, openPort } from './serial.ts'

/** What the settings say of the receiver. */
export interface GnssSettings {
  /** Its serial port; `auto` for the one in /dev/serial/by-id that looks like a receiver's. */
  path: string
  /** Null to find it by listening. */
  baud: number | null
  /** Fixes a second that a u-blox receiver is set up for; null leaves every receiver as it is. */
  ubloxHz: number | null
}

/** Where the baud rate found is kept from run to run. */
export interface BaudMemory {
  recall(): number | null
  keep(baud: number): void
}

export interface GnssOptions extends GnssSettings {
  clock: Clock
  /** UTC epoch milliseconds when this version was made: the receiver's date cannot be older. */
  buildMs: number
  /** @default none: it is found anew in each run */
  memory?: BaudMemory
  /** @default a real serial port */
  open?: OpenPort
}

/** What a receiver's line has brought so far. */
export type GnssCounts = DecoderCounts & LineDrops & DateCounts

/** A GNSS receiver on a serial line as a source of fixes, opened again whenever it vanishes or falls silent. */
export const createGnssSource = (options: GnssOptions): Source & { readonly counts: GnssCounts } => {
  const { path, clock, ubloxHz, memory, open = openPort } = options
  const hunt = createBaudHunt({
    fixed: options.baud,
    last: memory?.recall() ?? null,
    keep: (baud) => memory?.keep(baud),
  })
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
  const openAtRate = async (port: string): Promise<BytePort> => {
    try {
      return await open(port, hunt.baud)
    } catch (error) {
      // There is a port, but perhaps not at this rate; where there is none yet, the rate may be right.
      if (!hunt.isSettled && existsSync(port)) hunt.failed()
      throw error
    }
  }
  return {
    name: `GNSS ${path}`,
    counts,
    run(sink, signal) {
      const what = `GNSS receiver on ${path}`
      const trouble = createLineTrouble(sink, 'gnss', what)
      const onFix = (fix: Fix): void => sink.fix(judged(fix))
      return keepOpen({
        what,
        open: () => openAtRate(path === 'auto' ? findReceiver() : path),
        use: (port) => listen({ port, clock, hunt, ubloxHz, onFix, trouble, counts, signal }),
        trouble: trouble.again,
        signal,
      })
    },
  }
}
