/** Start value and reflected polynomial (Avro 1.12 specification, "Schema Fingerprints"). */
const empty = 0xc15d213aa4d7a795n

const table: readonly bigint[] = Array.from({ length: 256 }, (_, index) => {
  let fingerprint = BigInt(index)
  for (let bit = 0; bit < 8; bit++) fingerprint = (fingerprint >> 1n) ^ (empty & -(fingerprint & 1n))
  return BigInt.asUintN(64, fingerprint)
})

/** CRC-64-AVRO of a schema in Parsing Canonical Form, as the 8 little-endian bytes of a single-object header. */
export function fingerprint(canonicalSchema: string): Buffer {
  let crc = empty
  for (const byte of Buffer.from(canonicalSchema))
    crc = (crc >> 8n) ^ (table[Number((crc ^ BigInt(byte)) & 0xffn)] ?? 0n)
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(crc)
  return bytes
}
