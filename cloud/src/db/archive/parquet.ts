import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet'
import { ByteWriter, fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { type ArchivedColumn, type ArchivedValue, archivedColumns } from './columns.ts'

/** A column of any file, and what it holds. */
export type ParquetColumn = Omit<ArchivedColumn, 'type'> & { readonly type: ArchivedColumn['type'] | 'BOOLEAN' }
export type ParquetValue = ArchivedValue | boolean

const schemaOf = (columns: readonly ParquetColumn[]) =>
  schemaFromColumnData({
    columnData: columns.map(({ name, type, required }) => ({ name, type, nullable: !required, data: [] })),
  })
const schema = schemaOf(archivedColumns)

/** Writes columns of any kind as the bytes of a Parquet file, which are given away as they come: each piece is a row group, the last has the index. */
export function createParquetBytes(columns: readonly ParquetColumn[]) {
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: 'fairmile' })
  const taken = (): Uint8Array => {
    const piece = bytes.getBytes().slice()
    Object.assign(bytes, { index: 0 })
    return piece
  }
  return {
    write(values: readonly ParquetValue[][], rows: number): Uint8Array {
      const columnData = columns.map(({ name }, i) => ({ name, data: values[i] ?? [] }))
      void writer.write({ columnData, rowGroupSize: rows })
      return taken()
    },
    end(): Uint8Array {
      void writer.finish()
      return taken()
    },
  }
}

/** Writes columns to a Parquet file, each piece a row group; what was in the file is lost. */
export function createParquetFile(file: string) {
  const writer = new ParquetWriter({ writer: fileWriter(file), schema, createdBy: 'fairmile' })
  return {
    async write(columns: readonly ArchivedValue[][], rows: number): Promise<void> {
      const columnData = archivedColumns.map(({ name }, i) => ({ name, data: columns[i] ?? [] }))
      await writer.write({ columnData, rowGroupSize: rows })
    },
    async end(): Promise<void> {
      await writer.finish()
    },
  }
}

/**
 * Reads a file back, row group by row group.
 *
 * @throws Error where it is no Parquet file of the columns of `telematics_events`
 */
export async function* readParquet(path: string): AsyncGenerator<{ columns: ArchivedValue[][]; rows: number }> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    const columns = archivedColumns.map((): ArchivedValue[] => [])
    await parquetRead({
      file,
      metadata,
      columns: archivedColumns.map(({ name }) => name),
      rowStart,
      rowEnd: rowStart + rows,
      onComplete(read) {
        for (const row of read) columns.forEach((values, i) => void values.push(row[i] as ArchivedValue))
      },
    })
    yield { columns, rows }
    rowStart += rows
  }
}
