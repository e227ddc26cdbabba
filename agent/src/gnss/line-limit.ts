import { Transform } from 'node:stream'

/**
 * Longest line let through, bytes. NMEA 0183 allows 82; proprietary sentences of real receivers reach about 250. With
 * the chunk in hand this also bounds the line parser's buffer, which keeps an unfinished line for ever.
 */
export const maxLineBytes = 1024

const newline = 0x0a
const dollar = 0x24

/** How many bytes and lines were thrown away for being too long. */
export interface LineDrops {
  overlongLines: number
  droppedBytes: number
}

/** First `$` or end of a line in a chunk from `at` on, or its length. */
const nextStart = (chunk: Buffer, at: number): number => {
  for (let i = at; i < chunk.length; i++) if (chunk[i] === newline || chunk[i] === dollar) return i
  return chunk.length
}

/**
 * Passes bytes through and cuts any line that grows beyond `maxBytes`: the rest is dropped until a line ends or a
 * sentence starts with `$`, so that an endless line costs no memory and hides no sentence behind it.
 */
export const createLineLimit = (drops: LineDrops, { maxBytes = maxLineBytes } = {}): Transform => {
  /** Bytes of the line at hand that were let through. */
  let length = 0
  let dropping = false

  /** Gives out what may pass, in as few parts as can be; most chunks go whole. */
  const scan = (chunk: Buffer, emit: (part: Buffer) => void): void => {
    let from = 0
    let lineStart = -length
    while (from < chunk.length) {
      if (dropping) {
        const next = nextStart(chunk, from)
        drops.droppedBytes += next - from
        if (next === chunk.length) return
        dropping = false
        from = next
        lineStart = next
      }
      // The last end of a line within reach of this line's start, so that most ends need not be looked at.
      let end = chunk.length
      while (lineStart + maxBytes < chunk.length) {
        const lineEnd = chunk.lastIndexOf(newline, lineStart + maxBytes)
        if (lineEnd < Math.max(lineStart, 0)) {
          end = lineStart + maxBytes
          break
        }
        lineStart = lineEnd + 1
      }
      emit(chunk.subarray(from, end))
      if (end === chunk.length) {
        const lineEnd = chunk.lastIndexOf(newline)
        length = chunk.length - (lineEnd < 0 ? lineStart : Math.max(lineStart, lineEnd + 1))
        return
      }
      emit(Buffer.from('\n'))
      drops.overlongLines++
      dropping = true
      from = end
    }
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      scan(chunk, (part) => this.push(part))
      done()
    },
  })
}
