import { cobsDecode, cobsEncode } from './cobs.ts'
import { crc16 } from './crc16.ts'

/** Bytes of a frame before stuffing: a burst of 80 samples, small enough for the RAM of any microcontroller. */
export const maxFrameBytes = 1024
/** Bytes on the line without the closing zero. */
export const maxStuffedBytes = maxFrameBytes + Math.floor(maxFrameBytes / 254) + 1
/** Type, sequence number and CRC. */
const overhead = 4

/** One frame: what kind of message, its running number (0 to 255, then 0 again), and the message's bytes. */
export interface Frame {
  type: number
  seq: number
  payload: Uint8Array
}

/** Why bytes between two zeros are no frame. */
export type FrameFault = 'stuffing' | 'short' | 'crc'

/** Makes the bytes of a frame for the line, the closing zero included. @throws {RangeError} where it is too long. */
export function encodeFrame({ type, seq, payload }: Frame): Uint8Array {
  const length = payload.length + overhead
  if (length > maxFrameBytes)
    throw new RangeError(`Encoding a frame of type ${type}: ${length} bytes, at most ${maxFrameBytes}`)
  const plain = new Uint8Array(length)
  plain[0] = type
  plain[1] = seq
  plain.set(payload, 2)
  new DataView(plain.buffer).setUint16(length - 2, crc16(plain, length - 2), true)
  const stuffed = cobsEncode(plain)
  const line = new Uint8Array(stuffed.length + 1)
  line.set(stuffed)
  return line
}

/** Reads the bytes between two zeros. */
export function decodeFrame(stuffed: Uint8Array): Frame | FrameFault {
  const plain = cobsDecode(stuffed)
  if (plain === null) return 'stuffing'
  if (plain.length < overhead) return 'short'
  const end = plain.length - 2
  const expected = new DataView(plain.buffer, plain.byteOffset).getUint16(end, true)
  if (crc16(plain, end) !== expected) return 'crc'
  return { type: plain[0] ?? 0, seq: plain[1] ?? 0, payload: plain.subarray(2, end) }
}
