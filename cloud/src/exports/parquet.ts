import { createParquetBytes, type ParquetColumn, type ParquetValue } from '../db/archive/parquet.ts'
import type { Column, Row, Value } from './columns.ts'

/** A row group ends at so many rows, or so many characters of text: what is held in memory. */
const groupRows = 5_000
const groupCharacters = 4_000_000

const types = {
  text: 'STRING',
  json: 'STRING',
  time: 'TIMESTAMP',
  number: 'DOUBLE',
  integer: 'INT64',
  boolean: 'BOOLEAN',
} as const satisfies Record<Column['type'], ParquetColumn['type']>

/** Writes rows as Parquet, in row groups of a bounded size; texts are UTF-8, moments to the millisecond. */
export async function* parquetPieces(columns: readonly Column[], rows: AsyncIterable<Row>): AsyncGenerator<Uint8Array> {
  const file = createParquetBytes(columns.map(({ name, type }) => ({ name, type: types[type], required: false })))
  const empty = () => columns.map((): ParquetValue[] => [])
  let group = empty()
  let [count, characters] = [0, 0]
  for await (const row of rows) {
    columns.forEach((column, n) => {
      const value = row[column.name] ?? null
      if (typeof value === 'string') characters += value.length
      group[n]?.push(parquetValue(column, value))
    })
    count++
    if (count < groupRows && characters < groupCharacters) continue
    yield file.write(group, count)
    group = empty()
    count = characters = 0
  }
  if (count > 0) yield file.write(group, count)
  yield file.end()
}

function parquetValue({ type }: Column, value: Value): ParquetValue {
  if (value === null) return null
  if (type === 'time') return new Date(Number(value))
  return type === 'integer' ? BigInt(Number(value)) : value
}
