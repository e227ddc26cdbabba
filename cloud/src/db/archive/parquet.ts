import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet'
import { fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { type ArchivedValue, archivedColumns } from './columns.ts'
import { type Content, createContent } from './content.ts'

const schema = schemaFromColumnData({
  columnData: archivedColumns.map(({ name, type, required }) => ({ name, type, nullable: !required, data: [] })),
})

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
export async function readParquetContent(path: string): Promise<Content> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  const content = createContent()
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
    content.add(columns, rows)
    rowStart += rows
  }
  return content.end()
}
