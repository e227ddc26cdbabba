import { type BitReader, type BitWriter, createBitReader, createBitWriter } from './bits.ts'
import { createRiceCoder } from './rice.ts'

/** Integers of one quantity, one a record; null is unknown. */
export type Column = (number | null)[]

/** Guesses the value at `i` as an integer from what stands before it; must give the same where it is read. */
export type Predict = (own: Column, i: number) => number

/** How a column says which of its values are known. */
const presence = { all: 0, none: 1, mixed: 2 } as const
const presenceBits = 2

/** Packs a column: which values are known, then the residuals of the known ones against their prediction. */
export function packColumn(column: Column, predict: Predict): Buffer {
  const bits = createBitWriter()
  writePresence(column, bits)
  const coder = createRiceCoder()
  column.forEach((value, i) => {
    if (value !== null) coder.write(value - predict(column, i), bits)
  })
  return bits.bytes()
}

/**
 * Unpacks a column of `count` values.
 * @throws {RangeError} for bytes that do not hold exactly so many.
 */
export function unpackColumn(bytes: Uint8Array, count: number, predict: Predict): Column {
  const bits = createBitReader(bytes)
  const known = readPresence(count, bits)
  const coder = createRiceCoder()
  const column: Column = []
  for (let i = 0; i < count; i++) column.push(known(i) ? predict(column, i) + coder.read(bits) : null)
  if (!bits.finished()) throw new RangeError(`a column of ${count} values has bytes left over`)
  return column
}

/** Guesses that a value stays as it was last known; 0 at first. */
export const asBefore: Predict = (own, i) => {
  for (let j = i - 1; j >= 0; j--) {
    const value = own[j]
    if (value !== null && value !== undefined) return value
  }
  return 0
}

function writePresence(column: Column, bits: BitWriter): void {
  if (!column.includes(null)) bits.write(presence.all, presenceBits)
  else if (column.every((value) => value === null)) bits.write(presence.none, presenceBits)
  else {
    bits.write(presence.mixed, presenceBits)
    for (const value of column) bits.write(value === null ? 0 : 1, 1)
  }
}

function readPresence(count: number, bits: BitReader): (i: number) => boolean {
  const kind = bits.read(presenceBits)
  if (kind === presence.all) return () => true
  if (kind === presence.none) return () => false
  if (kind !== presence.mixed) throw new RangeError(`a column has the unknown presence code ${kind}`)
  const known = Array.from({ length: count }, () => bits.read(1) === 1)
  return (i) => known[i] === true
}
