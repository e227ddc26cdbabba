const table = Uint16Array.from({ length: 256 }, (_, index) => {
  let crc = index << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  return crc
})

/** CRC-16/CCITT-FALSE (IBM-3740): polynomial 0x1021, start 0xFFFF, no reflection; 0x29B1 for "123456789". */
export function crc16(bytes: Uint8Array, length = bytes.length): number {
  let crc = 0xffff
  for (let i = 0; i < length; i++) crc = ((crc << 8) ^ (table[(crc >> 8) ^ (bytes[i] ?? 0)] ?? 0)) & 0xffff
  return crc
}
