import { createFrameDecoder, type DecoderCounters } from './decoder.ts'
import { encodeFrame } from './frame.ts'
import { decodeMessage, encodeMessage } from './message-codec.ts'
import type { Message } from './messages.ts'

/** What a link has met so far, beside its decoder's counters. */
export interface LinkCounters extends DecoderCounters {
  /** Frames that never came, by the gaps in the running numbers (at most 255 are seen of a longer gap). */
  lostFrames: number
  /** Whole frames of a type or length that this version does not know. */
  unknownMessages: number
}

export interface LinkOptions {
  /** Puts bytes on the line. */
  write: (bytes: Uint8Array) => void
  /** Takes each message, with the running number that an `ack` answers. */
  onMessage: (message: Message, seq: number) => void
}

/** One end of the line, the board's or the computer's. */
export interface Link {
  /** Takes bytes off the line as they come. */
  push(chunk: Uint8Array): void
  /** Sends a message and gives its running number. */
  send(message: Message): number
  counters(): LinkCounters
}

/** Speaks the protocol of `PROTOCOL.md` over any line of bytes. */
export function createLink(options: LinkOptions): Link {
  let nextSeq = 0
  let expected: number | null = null
  let lostFrames = 0
  let unknownMessages = 0
  const decoder = createFrameDecoder({
    onFrame(frame) {
      const message = decodeMessage(frame)
      // A hello starts the count anew: the board has restarted.
      if (expected !== null && message?.kind !== 'hello') lostFrames += (frame.seq - expected) & 0xff
      expected = (frame.seq + 1) & 0xff
      if (message === null) unknownMessages++
      else options.onMessage(message, frame.seq)
    },
  })
  return {
    push: decoder.push,
    send(message) {
      const seq = nextSeq
      nextSeq = (nextSeq + 1) & 0xff
      options.write(encodeFrame({ ...encodeMessage(message), seq }))
      return seq
    },
    counters: () => ({ ...decoder.counters, faults: { ...decoder.counters.faults }, lostFrames, unknownMessages }),
  }
}
