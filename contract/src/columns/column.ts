import { bitsAt, createBitWriter, isEnd } from './bits.ts'
import { createRiceWriter, readResiduals } from './rice.ts'

/** Integers of one quantity, one a record; null is unknown. */
export type Column = (number | null)[]

/** How the values of a column are guessed. */
export interface Guess {
  /** The value at `i`, an integer, from what stands before it; must come out the same where the column is read. */
  at: (own: Column, i: number) => number
  /** Values go round at this number, as headings do. */
  modulus?: number
}

/** What a column says first: which values are known, or that all are and none after the first surprises. */
const kinds = { known: 0, unknown: 1, mixed: 2, steady: 3 } as const
const kindBits = 2

/** Packs a column: its kind, then the residuals of the known values against their guesses. */
export function packColumn(column: Column, guess: Guess): Buffer {
  const residuals: number[] = []
  column.forEach((value, i) => {
    if (value !== null) residuals.push(around(value - guess.at(column, i), guess.modulus))
  })
  const kind = kindOf(column, residuals)
  const bits = createBitWriter()
  bits.write(kind, kindBits)
  if (kind === kinds.mixed) for (const value of column) bits.write(value === null ? 0 : 1, 1)
  const coder = createRiceWriter()
  for (const residual of kind === kinds.steady ? residuals.slice(0, 1) : residuals) coder.write(residual, bits)
  return bits.bytes()
}

/**
 * Unpacks a column of `count` values.
 * @throws {RangeError} for bytes that do not hold exactly so many.
 */
export function unpackColumn(bytes: Uint8Array, count: number, guess: Guess): Column {
  const kind = bitsAt(bytes, 0, kindBits)
  const masked = kind === kinds.mixed
  const known =
    kind === kinds.unknown ? 0 : masked ? knownOf(bytes, count) : kind === kinds.steady ? Math.min(1, count) : count
  const residuals = new Array<number>(known).fill(0)
  const end = readResiduals(bytes, kindBits + (masked ? count : 0), residuals)
  if (!isEnd(bytes, end)) throw new RangeError(`a column of ${count} values has bytes left over`)
  const column: Column = new Array(count).fill(null)
  let read = 0
  for (let i = 0; i < count && known > 0; i++) {
    if (masked && bitsAt(bytes, kindBits + i, 1) === 0) continue
    const residual = read < known ? residuals[read++]! : 0
    column[i] = intoRound(guess.at(column, i) + residual, guess.modulus)
  }
  return column
}

/** How many values of a masked column are known. */
function knownOf(bytes: Uint8Array, count: number): number {
  let known = 0
  for (let i = 0; i < count; i++) known += bitsAt(bytes, kindBits + i, 1)
  return known
}

/** The newest known value before `i`, null where there is none. */
export function lastKnown(own: Column, i: number): number | null {
  for (let j = i - 1; j >= 0; j--) {
    const value = own[j] ?? null
    if (value !== null) return value
  }
  return null
}

/** Guesses that a value stays as it was last known; 0 at first. */
export const asBefore: Guess = { at: (own, i) => lastKnown(own, i) ?? 0 }

function kindOf(column: Column, residuals: readonly number[]): number {
  if (residuals.length === 0) return kinds.unknown
  if (residuals.length < column.length) return kinds.mixed
  return residuals.every((residual, i) => i === 0 || residual === 0) ? kinds.steady : kinds.known
}

/** The shortest way round. */
function around(residual: number, modulus?: number): number {
  if (modulus === undefined) return residual
  const positive = intoRound(residual, modulus)
  return positive > modulus / 2 ? positive - modulus : positive
}

function intoRound(value: number, modulus?: number): number {
  return modulus === undefined ? value : ((value % modulus) + modulus) % modulus
}
