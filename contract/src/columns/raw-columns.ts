import { BatchError } from '../batch-error.ts'
import type { RawChunk } from '../raw-chunk.ts'
import { asBefore, type Column, type Guess, packColumn, unpackColumn } from './column.ts'

/** Rows that a table of a chunk may have: 10 s at 800 Hz. */
export const maxRawRows = 8192

/** A column: integer steps a unit, and what the quantity can be. */
interface RawColumn {
  readonly scale: number
  readonly min: number
  readonly max: number
  readonly nullable: boolean
}

const column = (scale: number, min: number, max: number, nullable = true): RawColumn => ({ scale, min, max, nullable })
/** A chunk is some seconds long; an hour is more than a stalled clock makes of them. */
const offset = column(10, 0, 3_600_000, false)
/** ±32 g. */
const force = column(200, -320, 320, false)
const rate = column(2000, -80, 80)

/** The tables of a chunk in their order on the wire. */
export const rawTables = {
  imu: { offsetMs: offset, ax: force, ay: force, az: force, gx: rate, gy: rate, gz: rate },
  fixes: {
    offsetMs: offset,
    lat: column(1e7, -90, 90),
    lon: column(1e7, -180, 180),
    altM: column(10, -500, 9000),
    speedMps: column(100, 0, 150),
    courseDeg: column(100, 0, 360),
    hdop: column(10, 0, 100),
  },
} as const satisfies Record<string, Record<string, RawColumn>>
type TableName = keyof typeof rawTables

/** A table as its Avro record holds it. */
export type PackedTable = { rows: number } & Record<string, Uint8Array | number>

/** Samples come evenly. */
const even: Guess = { at: (own, i) => (i < 2 ? (own[i - 1] ?? 0) : 2 * (own[i - 1] ?? 0) - (own[i - 2] ?? 0)) }
const guessOf = (name: string): Guess => (name === 'offsetMs' ? even : asBefore)

/** Packs a table at the resolution of its columns; what no sensor can mean becomes null. @throws {BatchError} `out_of_range` */
export function packTable(table: TableName, columns: RawChunk[TableName]): PackedTable {
  const values = columns as unknown as Record<string, readonly (number | null)[]>
  const rows = columns.offsetMs.length
  if (rows > maxRawRows) throw outOfRange(`a raw table of ${rows} rows, at most ${maxRawRows}`)
  const packed: PackedTable = { rows }
  for (const [name, about] of Object.entries<RawColumn>(rawTables[table])) {
    const given = values[name] ?? []
    if (given.length !== rows) throw outOfRange(`${given.length} values of ${name} for ${rows} rows`)
    packed[name] = packColumn(
      given.map((value) => toSteps(name, about, value)),
      guessOf(name),
    )
  }
  return packed
}

/** Unpacks a table. @throws {RangeError | BatchError} for what is no such table */
export function unpackTable<T extends TableName>(table: T, packed: PackedTable): RawChunk[T] {
  const { rows } = packed
  if (rows < 0 || rows > maxRawRows) throw outOfRange(`a raw table of ${rows} rows, at most ${maxRawRows}`)
  const columns = Object.entries<RawColumn>(rawTables[table]).map(([name, about]) => {
    const steps = unpackColumn(packed[name] as Uint8Array, rows, guessOf(name))
    return [name, steps.map((step) => toValue(name, about, step))]
  })
  return Object.fromEntries(columns) as RawChunk[T]
}

function toSteps(name: string, { scale, min, max, nullable }: RawColumn, value: number | null): Column[number] {
  if (value !== null && value >= min && value <= max) return Math.round(value * scale) + 0
  if (nullable) return null
  // A force beyond the range is the range's end: that it was at its limit is what counts.
  if (value === null || Number.isNaN(value) || name === 'offsetMs') throw outOfRange(`${name} is ${value}`)
  return (value < min ? min : max) * scale
}

function toValue(name: string, { scale, min, max, nullable }: RawColumn, step: number | null): number | null {
  const value = step === null ? null : step / scale
  if (value === null ? !nullable : !(value >= min && value <= max)) throw outOfRange(`${name} is ${value}`)
  return value
}

const outOfRange = (what: string): BatchError => new BatchError('out_of_range', `A raw chunk has ${what}`)
