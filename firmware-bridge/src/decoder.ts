import { decodeFrame, type Frame, type FrameFault, maxStuffedBytes } from './frame.ts'

/** What a decoder has met so far. */
export interface DecoderCounters {
  frames: number
  /** Pieces between two zeros that were no frames, by reason. */
  faults: Record<FrameFault | 'oversize', number>
  /** Bytes thrown away with them. */
  droppedBytes: number
}

export interface FrameDecoder {
  /** Takes bytes as they come, cut anywhere. */
  push(chunk: Uint8Array): void
  readonly counters: Readonly<DecoderCounters>
}

/**
 * Finds frames in a stream of bytes.
 *
 * Every zero is a fresh start, so that garbage costs at most the frame it hit; what grows beyond the longest frame is
 * dropped up to the next zero. Holds `maxStuffedBytes` at most.
 */
export function createFrameDecoder(options: { onFrame: (frame: Frame) => void }): FrameDecoder {
  const buffer = new Uint8Array(maxStuffedBytes)
  let length = 0
  let overflowing = false
  const counters: DecoderCounters = {
    frames: 0,
    faults: { stuffing: 0, short: 0, crc: 0, oversize: 0 },
    droppedBytes: 0,
  }

  const finish = () => {
    if (overflowing) counters.faults.oversize++
    else if (length > 0) {
      const frame = decodeFrame(buffer.slice(0, length))
      if (typeof frame === 'string') {
        counters.faults[frame]++
        counters.droppedBytes += length
      } else {
        counters.frames++
        options.onFrame(frame)
      }
    }
    length = 0
    overflowing = false
  }

  return {
    counters,
    push(chunk) {
      for (const byte of chunk) {
        if (byte === 0) finish()
        else if (overflowing) counters.droppedBytes++
        else if (length < maxStuffedBytes) buffer[length++] = byte
        else {
          overflowing = true
          counters.droppedBytes += length + 1
        }
      }
    },
  }
}
