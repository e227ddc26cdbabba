/** A message of u-blox's binary protocol. */
export interface UbxMessage {
  classId: number
  id: number
  payload: Uint8Array
}

const sync = [0xb5, 0x62] as const
const headerBytes = 6
/** Longest payload read; UBX-MON-VER with ten extensions has 340. What claims to be longer is no message for us. */
const maxPayload = 512

/** Fletcher's checksum in 8 bits over class, id, length and payload (u-blox 8/M8 protocol specification, 32.4). */
const checksum = (bytes: ArrayLike<number>, from: number, to: number): [number, number] => {
  let a = 0
  let b = 0
  for (let i = from; i < to; i++) {
    a = (a + (bytes[i] as number)) & 0xff
    b = (b + a) & 0xff
  }
  return [a, b]
}

/** The bytes of a message: sync, class, id, length (little-endian), payload, checksum. */
export const ubxFrame = ({ classId, id, payload }: UbxMessage): Uint8Array => {
  const frame = new Uint8Array(headerBytes + payload.length + 2)
  frame.set([...sync, classId, id, payload.length & 0xff, payload.length >> 8])
  frame.set(payload, headerBytes)
  frame.set(checksum(frame, 2, headerBytes + payload.length), headerBytes + payload.length)
  return frame
}

/** Finds messages in a stream of bytes that is NMEA for the rest; those with a bad checksum are passed over. */
export const createUbxReader = (onMessage: (message: UbxMessage) => void) => {
  /** What may be the start of a message: never more than a whole one. */
  let held: number[] = []

  /** Whether what is held can still become a message; gives it out where it has. */
  const look = (): boolean => {
    const [first, second, classId = 0, id = 0, low = 0, high = 0] = held
    if (first !== sync[0] || (held.length > 1 && second !== sync[1])) return false
    const length = low | (high << 8)
    if (held.length < headerBytes) return true
    if (length > maxPayload) return false
    const end = headerBytes + length
    if (held.length < end + 2) return true
    const [a, b] = checksum(held, 2, end)
    if (held[end] === a && held[end + 1] === b) {
      onMessage({ classId, id, payload: Uint8Array.from(held.slice(headerBytes, end)) })
      held = []
      return true
    }
    return false
  }

  return (chunk: Uint8Array): void => {
    for (const byte of chunk) {
      if (held.length === 0 && byte !== sync[0]) continue
      held.push(byte)
      // No message after all: one may begin within what was taken for it.
      while (held.length > 0 && !look()) {
        const next = held.indexOf(sync[0], 1)
        held = next < 0 ? [] : held.slice(next)
      }
    }
  }
}
