/**
 * Consistent Overhead Byte Stuffing (S. Cheshire and M. Baker, 1999): takes every zero out of a block, so that a zero
 * can end it on the line; costs one byte in 254.
 */
export function cobsEncode(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + Math.floor(bytes.length / 254) + 1)
  let code = 0
  let at = 1
  for (const byte of bytes) {
    if (at - code === 0xff) {
      out[code] = 0xff
      code = at++
    }
    if (byte === 0) {
      out[code] = at - code
      code = at++
    } else out[at++] = byte
  }
  out[code] = at - code
  return out.subarray(0, at)
}

/** Puts the zeros back; null for bytes that no encoder makes (a zero inside, a group that runs past the end). */
export function cobsDecode(bytes: Uint8Array): Uint8Array | null {
  const out = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at++] ?? 0
    if (code === 0 || at + code - 1 > bytes.length) return null
    for (const end = at + code - 1; at < end; ) {
      const byte = bytes[at++] ?? 0
      if (byte === 0) return null
      out[length++] = byte
    }
    if (code < 0xff && at < bytes.length) out[length++] = 0
  }
  return out.subarray(0, length)
}
