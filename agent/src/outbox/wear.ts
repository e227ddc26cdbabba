import { readFileSync } from 'node:fs'
import type { After } from '../clock.ts'

/** A rate over less than this says little. */
const shortestMs = 10 * 60_000
/** How often it is measured. */
const everyMs = 60_000
const hourMs = 3_600_000

export interface WearOptions {
  /** Bytes that this process has written to the disk since its start; null where that is not known. */
  writtenBytes: () => number | null
  /** Real milliseconds, not those of a clock that runs faster. */
  nowMs: () => number
  after: After
  /** Told of each measurement, bytes an hour. */
  measured: (bytesPerHour: number) => void
}

/** What this process writes to the card, which lives for so many bytes. */
export interface Wear {
  /** Bytes an hour since the start; null before the first ten minutes have passed. */
  bytesPerHour(): number | null
  stop(): void
}

/** Measures the wear of the flash, once a minute. */
export function createWear({ writtenBytes, nowMs, after, measured }: WearOptions): Wear {
  const begun = { ms: nowMs(), bytes: writtenBytes() }
  let rate: number | null = null
  const measure = (): void => {
    cancel = after(everyMs, measure)
    const bytes = writtenBytes()
    const tookMs = nowMs() - begun.ms
    if (bytes === null || begun.bytes === null || tookMs < shortestMs) return
    rate = Math.round(((bytes - begun.bytes) / tookMs) * hourMs)
    measured(rate)
  }
  let cancel = after(everyMs, measure)
  return { bytesPerHour: () => rate, stop: () => cancel() }
}

/** Bytes that Linux has sent to the disk for this process (proc(5), `write_bytes`); null elsewhere. */
export function writtenBytes(): number | null {
  try {
    const found = /^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))
    return found ? Number(found[1]) : null
  } catch {
    return null // no Linux, or not to be read here
  }
}
