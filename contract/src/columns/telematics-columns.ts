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
 * Unpacks `count` quantized events; a column without bytes, which its writer did not know, is unknown throughout.
 * @throws {RangeError} for columns of another length.
 */
export function unpackTelematics(packed: PackedTelematics, count: number): Quantized[] {
  const columns = new Map<string, Column>()
  for (const { name } of telematicsFields) {
    const bytes = packed[name]
    const unknown = bytes.length === 0 && count > 0
    columns.set(name, unknown ? new Array(count).fill(null) : unpackColumn(bytes, count, guessOf(name, columns)))
  }
  return Array.from({ length: count }, (_, row) => telematicsFields.map(({ name }) => columns.get(name)?.[row] ?? null))
}
