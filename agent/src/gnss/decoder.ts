import type { Fix } from '../sensors.ts'
import { createEpochJoiner } from './epoch.ts'
import { parseSentence } from './sentence.ts'

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

/** Lines to fixes: splits joined sentences, checks them, and joins those of one time. */
export const createNmeaDecoder = (onFix: (fix: Fix) => void) => {
  const counts: DecoderCounts = { sentences: 0, badChecksums: 0, unsupported: 0, garbage: 0, fixes: 0 }
  const epochs = createEpochJoiner((fix) => {
    if (fix.lat !== null) counts.fixes++
    onFix(fix)
  })

  const take = (text: string, tMs: number): void => {
    const sentence = parseSentence(text)
    if (typeof sentence === 'object') {
      counts.sentences++
      epochs.push(sentence, tMs)
      return
    }
    if (sentence === 'bad_checksum') counts.badChecksums++
    else if (sentence === 'garbage') counts.garbage++
    else {
      counts.sentences++
      counts.unsupported++
    }
  }

  return {
    counts,
    /** Takes one line without its end, whose first byte came at `tMs`. */
    line(text: string, tMs: number): void {
      let start = text.search(/[$!]/)
      if (start < 0) {
        if (text.trim() !== '') counts.garbage++
        return
      }
      while (start >= 0) {
        const next = text.indexOf('$', start + 1)
        const piece = text.slice(start + 1, next < 0 ? undefined : next)
        if (piece.trim() !== '') take(piece, tMs)
        start = next
      }
    },
    /** Gives out the epoch at hand: the line is silent, or at its end. */
    flush: epochs.flush,
  }
}
