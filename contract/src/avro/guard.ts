import type { Type, types } from 'avsc'

/**
 * Finds where the value of a type that starts at `start` ends, without making it.
 *
 * avsc trusts counts: an array that claims 2^40 items fills the memory although three bytes follow. Every item takes a
 * byte at least in our schemas, so a count above the bytes left is refused before anything is made.
 * @throws {RangeError} where the value runs past the end or counts what cannot be there.
 */
export function valueEnd(type: Type, bytes: Uint8Array, start: number): number {
  const cursor = { bytes, at: start }
  walk(type, cursor)
  return cursor.at
}

interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

const skip: Record<string, (type: Type, cursor: Cursor) => void> = {
  null: () => {},
  boolean: (_, cursor) => move(cursor, 1),
  int: (_, cursor) => void readLong(cursor),
  long: (_, cursor) => void readLong(cursor),
  float: (_, cursor) => move(cursor, 4),
  double: (_, cursor) => move(cursor, 8),
  bytes: (_, cursor) => move(cursor, readLong(cursor)),
  string: (_, cursor) => move(cursor, readLong(cursor)),
  fixed: (type, cursor) => move(cursor, (type as types.FixedType).size),
  enum: (type, cursor) => void index(cursor, (type as types.EnumType).symbols.length),
  'union:unwrapped': union,
  'union:wrapped': union,
  array: (type, cursor) => {
    for (let count = readLong(cursor); count !== 0; count = readLong(cursor)) {
      if (count < 0 || count > cursor.bytes.length - cursor.at)
        throw new RangeError(`an array of ${count} items at byte ${cursor.at} of ${cursor.bytes.length}`)
      for (let i = 0; i < count; i++) walk((type as types.ArrayType).itemsType, cursor)
    }
  },
  map: (type, cursor) => {
    for (let count = readLong(cursor); count !== 0; count = readLong(cursor)) {
      if (count < 0 || count > cursor.bytes.length - cursor.at)
        throw new RangeError(`a map of ${count} entries at byte ${cursor.at} of ${cursor.bytes.length}`)
      for (let i = 0; i < count; i++) {
        move(cursor, readLong(cursor))
        walk((type as types.MapType).valuesType, cursor)
      }
    }
  },
  record: (type, cursor) => {
    for (const field of (type as types.RecordType).fields) walk(field.type, cursor)
  },
}

function walk(type: Type, cursor: Cursor): void {
  const step = skip[type.typeName]
  if (step === undefined) throw new TypeError(`Guarding Avro bytes: no rule for the type ${type.typeName}`)
  step(type, cursor)
}

function union(type: Type, cursor: Cursor): void {
  const branches = (type as types.UnwrappedUnionType).types
  const branch = branches[index(cursor, branches.length)]
  if (branch !== undefined) walk(branch, cursor)
}

function index(cursor: Cursor, length: number): number {
  const value = readLong(cursor)
  if (value < 0 || value >= length) throw new RangeError(`choice ${value} of ${length} before byte ${cursor.at}`)
  return value
}

function move(cursor: Cursor, length: number): void {
  if (length < 0 || length > cursor.bytes.length - cursor.at)
    throw new RangeError(`${length} bytes wanted at byte ${cursor.at} of ${cursor.bytes.length}`)
  cursor.at += length
}

/** A zigzag varint; refuses what a JavaScript number cannot hold exactly before it is unfolded (2^52 and above). */
function readLong(cursor: Cursor): number {
  let value = 0
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.bytes[cursor.at]
    if (byte === undefined) throw new RangeError(`a number runs past the end at byte ${cursor.at}`)
    cursor.at++
    value += (byte & 0x7f) * scale
    if (!Number.isSafeInteger(value)) throw new RangeError(`a number of 2^52 or more before byte ${cursor.at}`)
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}
