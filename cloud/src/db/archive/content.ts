import { createHash } from 'node:crypto'
import { type ArchivedValue, archivedColumns } from './columns.ts'

/** What rows say, whatever holds them. */
export interface Content {
  rows: number
  /** SHA-256 over the rows in the order of their key, each a line of JSON, hex. */
  hash: string
}

/** Adds up rows in the order of their key; 32-bit fractions count as what 32 bits hold of them. */
export function createContent() {
  const hash = createHash('sha256')
  let rows = 0
  return {
    /** Takes the values of so many rows, column by column. */
    add(columns: readonly ArrayLike<ArchivedValue>[], count: number): void {
      const lines: string[] = []
      for (let row = 0; row < count; row++)
        lines.push(JSON.stringify(archivedColumns.map(({ type }, i) => plain(type, columns[i]?.[row] ?? null))))
      hash.update(lines.join('\n')).update('\n')
      rows += count
    },
    end: (): Content => ({ rows, hash: hash.digest('hex') }),
  }
}

function plain(type: string, value: ArchivedValue): string | number | null {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Date) return value.getTime()
  return type === 'FLOAT' && typeof value === 'number' ? Math.fround(value) : value
}
