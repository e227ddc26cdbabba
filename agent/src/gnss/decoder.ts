import type { Fix } from '../sensors.ts'
import { createEpochJoiner } from './join-epochs.ts'
import { createSentenceReader } from './sentence.ts'
import { createSentenceSplitter } from './split-sentences.ts'

/** What a decoder has met so far. */
export interface DecoderCounts {
  /** Sentences with a good checksum, of any type. */
  sentences: number
  badChecksums: number
  /** Good sentences of types that carry nothing we use. */
  unsupported: number
  /** Pieces of lines that are no sentence. */
  garbage: number
  /** Fixes with a position. */
  fixes: number
}

const noCounts = (): DecoderCounts => ({ sentences: 0, badChecksums: 0, unsupported: 0, garbage: 0, fixes: 0 })

/**
 * Lines to fixes: splits joined sentences, checks them, and joins those of one time.
 * @param counts what is counted up @default from nothing
 */
export const createNmeaDecoder = (onFix: (fix: Fix) => void, counts: DecoderCounts = noCounts()) => {
  const epochs = createEpochJoiner((fix) => {
    if (fix.lat !== null) counts.fixes++
    onFix(fix)
  })
  const readSentence = createSentenceReader()
  let lineMs = 0
  const split = createSentenceSplitter({
    good(line, fields) {
      counts.sentences++
      const sentence = readSentence(line, fields)
      if (sentence === 'unsupported') counts.unsupported++
      else if (sentence !== 'passed') epochs.push(sentence, lineMs)
    },
    badChecksum: () => void counts.badChecksums++,
    garbage: () => void counts.garbage++,
  })
  return {
    counts,
    /** Takes one line without its end, whose first byte came at `tMs`. */
    line(text: string, tMs: number): void {
      lineMs = tMs
      split(text)
    },
    /** Whether an epoch has begun and is not given out. */
    hasEpoch: epochs.hasEpoch,
    /** Gives out the epoch at hand: the line has paused. */
    pause: epochs.pause,
    /** Gives out all that is left: the input is at its end. */
    end: epochs.end,
  }
}

export type NmeaDecoder = ReturnType<typeof createNmeaDecoder>
