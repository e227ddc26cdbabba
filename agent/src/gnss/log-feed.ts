import type { NmeaDecoder } from './decoder.ts'

const dollar = 0x24
/** Silence in a log with times that ends an epoch, seconds: a sentence alone takes 0.09 at 9600 baud. */
const silenceS = 0.3

/**
 * Feeds lines of a log to a decoder, each with or without a leading `t_s<TAB>`; where they have one, pauses end epochs.
 *
 * @returns what takes a line, and answers its seconds or, where it has none, those of the line before; NaN where none has
 */
export const createLogFeed = (decoder: NmeaDecoder, baseMs = 0): ((line: string) => number) => {
  let lastS = Number.NaN
  return (line) => {
    const tab = line.charCodeAt(0) === dollar ? -1 : line.indexOf('\t')
    const tS = tab > 0 ? Number(line.slice(0, tab)) : Number.NaN
    if (tS - lastS > silenceS) decoder.pause()
    if (Number.isFinite(tS)) lastS = tS
    decoder.line(line, baseMs + (Number.isFinite(lastS) ? lastS * 1000 : 0))
    return lastS
  }
}
