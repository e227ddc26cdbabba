import type { Fix } from '../sensors.ts'
import { createNmeaDecoder, type DecoderCounts } from './decoder.ts'

/** Silence after which an epoch is over: at 10 Hz and 115,200 baud a line rests for 60 of each 100 ms. USB adapters hand over every 16. */
const linePauseMs = 50
/** No shorter in real time than this, where the clock runs fast: an operating system hands bytes over in its own time. */
const realPauseMs = 40
/** Silence after which bytes are of another burst: too short to end an epoch by, long enough for no byte to come from before it. */
const gapMs = 20

export interface LineTimingOptions {
  /** How many times faster than real time the clock of the times given runs. */
  rate: number
  onFix: (fix: Fix) => void
  /** What is counted up. @default from nothing */
  counts?: DecoderCounts
}

/**
 * Decodes a line as it comes, and finds when each epoch's first byte came: that of the burst which it begins, or that of its own
 * sentence where the line never rests. All times are of one monotonic clock, milliseconds.
 */
export const createLineTiming = ({ rate, onFix, counts }: LineTimingOptions) => {
  const decoder = createNmeaDecoder(onFix, counts)
  const pauseMs = Math.max(linePauseMs, realPauseMs * rate)
  let lastByteMs = Number.NEGATIVE_INFINITY
  let burstMs = 0
  /** When the line at hand began, to a chunk. */
  let lineMs = 0
  /** No epoch has begun in this burst yet. */
  let fresh = true
  return {
    /** How often `rest` is to be asked, milliseconds of the clock. */
    lookEveryMs: pauseMs / 2,
    /** Bytes have come, of which no line was given yet. */
    bytes(nowMs: number): void {
      if (nowMs - lastByteMs > gapMs * Math.max(1, rate)) {
        burstMs = nowMs
        lineMs = nowMs
        fresh = true
      }
      lastByteMs = nowMs
    },
    /** A line is whole. */
    line(text: string, nowMs: number): void {
      decoder.line(text, fresh ? burstMs : lineMs)
      if (decoder.hasEpoch()) fresh = false
      lineMs = nowMs
    },
    /** Looks whether the line rests, which ends an epoch. */
    rest(nowMs: number): void {
      if (nowMs - lastByteMs > pauseMs) decoder.pause()
    },
    end: decoder.end,
  }
}
