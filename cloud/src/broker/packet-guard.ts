/** MQTT packet type of CONNECT, in the upper four bits of the first byte (MQTT 3.1.1, 2.2.1). */
const connectType = 1
/** Longest "remaining length": four bytes of seven bits (MQTT 3.1.1, 2.2.3). */
const maxLengthBytes = 4

/** Why a connection is ended. */
export interface PacketViolation {
  reason: 'not_connect' | 'connect_too_large' | 'packet_too_large' | 'malformed_length'
  /** What the packet says it is long, where it came so far. */
  sizeBytes: number
}

export interface PacketGuardOptions {
  /** Bytes of a CONNECT packet, the only one that a stranger may send. */
  maxConnectBytes: number
  /** Bytes of any later packet. */
  maxPacketBytes: number
}

/** Follows the packets of one connection; `check` is given every chunk before anyone else sees it. */
export interface PacketGuard {
  /** Null while all is well; after a violation the connection must not be read again. */
  check(chunk: Uint8Array): PacketViolation | null
}

/**
 * Reads nothing but fixed headers, so that no packet is buffered before its size is known to be allowed.
 *
 * The broker behind it would take packets of any size, and from anyone.
 */
export function createPacketGuard({ maxConnectBytes, maxPacketBytes }: PacketGuardOptions): PacketGuard {
  let connected = false
  /** Bytes of the packet's body still to come. */
  let body = 0
  /** Bytes of the length read so far; -1 before the first byte of a packet. */
  let lengthBytes = -1
  let length = 0

  const violation = (reason: PacketViolation['reason'], sizeBytes = length): PacketViolation => ({ reason, sizeBytes })

  const headerByte = (byte: number): PacketViolation | null => {
    if (lengthBytes < 0) {
      if (!connected && byte >> 4 !== connectType) return violation('not_connect', 0)
      lengthBytes = 0
      length = 0
      return null
    }
    length += (byte & 0x7f) * 128 ** lengthBytes
    lengthBytes++
    if (byte & 0x80) return lengthBytes < maxLengthBytes ? null : violation('malformed_length')
    if (!connected && length > maxConnectBytes) return violation('connect_too_large')
    if (length > maxPacketBytes) return violation('packet_too_large')
    connected = true
    body = length
    lengthBytes = -1
    return null
  }

  return {
    check(chunk) {
      let at = 0
      while (at < chunk.length) {
        if (body > 0) {
          const step = Math.min(body, chunk.length - at)
          body -= step
          at += step
          continue
        }
        const found = headerByte(chunk[at] ?? 0)
        if (found) return found
        at++
      }
      return null
    },
  }
}
