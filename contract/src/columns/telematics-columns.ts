import { type Column, packColumn, unpackColumn } from './column.ts'
import { guessOf } from './predict.ts'
import type { Quantized } from './quantize.ts'
import { type TelematicsField, telematicsFields } from './telematics-fields.ts'

/** Packed columns by field name: the Avro record of a telematics payload. */
export type PackedTelematics = Record<TelematicsField['name'], Uint8Array>

/** Packs quantized events column by column. */
export function packTelematics(rows: readonly Quantized[]): PackedTelematics {
  const columns = new Map<string, Column>(
    telematicsFields.map(({ name }, place) => [name, rows.map((row) => row[place] ?? null)]),
  )
  return Object.fromEntries(
    telematicsFields.map(({ name }) => [name, packColumn(columns.get(name) ?? [], guessOf(name, columns))]),
  ) as unknown as PackedTelematics
}

/**
 * Unpacks `count` quantized events, a column a field in the order of `telematicsFields`; a column without bytes, which its writer did not know,
 * is unknown throughout.
 * @throws {RangeError} for columns of another length.
 */
export function unpackTelematicsColumns(packed: PackedTelematics, count: number): Column[] {
  const columns = new Map<string, Column>()
  return telematicsFields.map(({ name }) => {
    const bytes = packed[name]
    const unknown = bytes.length === 0 && count > 0
    const column = unknown ? new Array(count).fill(null) : unpackColumn(bytes, count, guessOf(name, columns))
    columns.set(name, column)
    return column
  })
}

/**
 * Unpacks `count` quantized events.
 * @throws {RangeError} for columns of another length.
 */
export function unpackTelematics(packed: PackedTelematics, count: number): Quantized[] {
  const columns = unpackTelematicsColumns(packed, count)
  return Array.from({ length: count }, (_, row) => columns.map((column) => column[row] ?? null))
}
