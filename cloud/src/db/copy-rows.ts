/** Signature, no flags, no extension (PostgreSQL, "COPY", binary format). */
const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
/** What a field that is null says its length is, and what ends the rows. */
const none = -1
/** Milliseconds from the Unix epoch to PostgreSQL's, 2000-01-01. */
const epochMs = 946_684_800_000

/** A value of a row, by the type of its column. */
type Field =
  | { readonly text: string }
  | { readonly int4: number }
  | { readonly int8: number }
  | { readonly float8: number }
  | { readonly timestamptzMs: number }
  | { readonly bytea: Uint8Array }
  | { readonly jsonb: string }
  | { readonly boolean: boolean }
  | null

/** Rows in the binary format of COPY, one after the other. */
export interface CopyRows {
  readonly count: number
  add(fields: readonly Field[]): void
  /** The bytes for COPY; nothing may be added any more. */
  end(): Uint8Array
}

/** Begins rows for COPY. @param capacity bytes that are likely needed; more are made room for */
export function createCopyRows(capacity = 64 * 1024): CopyRows {
  let bytes = Buffer.allocUnsafe(Math.max(capacity, header.length + 2))
  header.copy(bytes)
  let at = header.length
  let count = 0

  function room(more: number): void {
    if (at + more <= bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + more))
    bytes.copy(larger, 0, 0, at)
    bytes = larger
  }

  function write(field: Field): void {
    if (field === null) at = bytes.writeInt32BE(none, at)
    else if ('text' in field) {
      const length = bytes.write(field.text, at + 4)
      bytes.writeInt32BE(length, at)
      at += 4 + length
    } else if ('bytea' in field) {
      bytes.writeInt32BE(field.bytea.length, at)
      bytes.set(field.bytea, at + 4)
      at += 4 + field.bytea.length
    } else if ('jsonb' in field) {
      bytes[at + 4] = 1 // version of the format
      const length = 1 + bytes.write(field.jsonb, at + 5)
      bytes.writeInt32BE(length, at)
      at += 4 + length
    } else if ('boolean' in field) {
      bytes.writeInt32BE(1, at)
      at = bytes.writeInt8(Number(field.boolean), at + 4)
    } else if ('int4' in field) {
      bytes.writeInt32BE(4, at)
      at = bytes.writeInt32BE(field.int4, at + 4)
    } else if ('float8' in field) {
      bytes.writeInt32BE(8, at)
      at = bytes.writeDoubleBE(field.float8, at + 4)
    } else {
      bytes.writeInt32BE(8, at)
      const value = 'int8' in field ? field.int8 : (field.timestamptzMs - epochMs) * 1000
      bytes.writeInt32BE(Math.floor(value / 2 ** 32), at + 4)
      at = bytes.writeUInt32BE(value >>> 0, at + 8)
    }
  }

  return {
    get count() {
      return count
    },
    add(fields) {
      room(2 + fields.reduce((sum, field) => sum + 4 + sizeOf(field), 0))
      at = bytes.writeInt16BE(fields.length, at)
      for (const field of fields) write(field)
      count++
    },
    end() {
      room(2)
      at = bytes.writeInt16BE(none, at)
      return bytes.subarray(0, at)
    },
  }
}

/** The most bytes that a value takes. */
function sizeOf(field: Field): number {
  if (field === null) return 0
  if ('text' in field) return field.text.length * 3
  if ('jsonb' in field) return 1 + field.jsonb.length * 3
  return 'bytea' in field ? field.bytea.length : 8
}
