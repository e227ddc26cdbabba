import { rawTables } from '../columns/raw-columns.ts'

const table = (name: string, columns: object) => ({
  type: 'record' as const,
  name: `fairmile.v2.${name}`,
  fields: [{ name: 'rows', type: 'int' }, ...Object.keys(columns).map((column) => ({ name: column, type: 'bytes' }))],
})

/** A record of the `raw` lane: packed columns (`columns/column.ts`) at the resolutions of `columns/raw-columns.ts`. */
export const rawSchema = {
  type: 'record' as const,
  name: 'fairmile.v2.RawChunk',
  fields: [
    { name: 'at', type: 'long' },
    { name: 'imu', type: table('RawImu', rawTables.imu) },
    { name: 'fixes', type: table('RawFixes', rawTables.fixes) },
  ],
}
