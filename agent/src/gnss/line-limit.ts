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

/**
 * Passes bytes through and cuts any line that grows beyond `maxBytes`: the rest is dropped until a line ends or a
 * sentence starts with `$`, so that an endless line costs no memory and hides no sentence behind it.
 */
export const createLineLimit = (drops: LineDrops, { maxBytes = maxLineBytes } = {}): Transform => {
  let length = 0
  let dropping = false

  const scan = (chunk: Buffer, emit: (part: Buffer) => void): void => {
    let start = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (dropping) {
        if (byte !== newline && byte !== dollar) {
          drops.droppedBytes++
          continue
        }
        dropping = false
        start = i
        length = 0
      }
      length = byte === newline ? 0 : length + 1
      if (length <= maxBytes) continue
      emit(chunk.subarray(start, i))
      emit(Buffer.from('\n'))
      drops.overlongLines++
      drops.droppedBytes++
      dropping = true
    }
    if (!dropping) emit(chunk.subarray(start))
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      scan(chunk, (part) => this.push(part))
      done()
    },
  })
}
