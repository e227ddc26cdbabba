import { hash } from 'node:crypto'
import { type ArchivedColumn, type ArchivedValue, archivedColumns } from './columns.ts'

/** How many rows there are, and the sum over them all of 64 bits that stand for every value of a row. */
export interface Sums {
  rows: number
  sum: bigint
}

/** Bytes of a row besides its text: a mark and eight for each column at most. */
const fixedBytes = archivedColumns.length * 9

/**
 * Adds up rows in JavaScript as `sumsOfTable` does in the database: by nothing that reads a table for a file, so that no fault of
 * that one can hide. `keys` are the rows of which each has a key above that before it (devices come one after the other, in any
 * order); so many rows, and none twice, are there where it is `rows`.
 */
export function createSums() {
  const sums = { rows: 0, keys: 0, sum: 0n }
  const devices = new Set<ArchivedValue>()
  let last: readonly ArchivedValue[] = []
  const isNew = (key: readonly ArchivedValue[]): boolean => {
    if (key[0] === last[0]) return isAbove(key, last)
    if (devices.has(key[0]!)) return false
    devices.add(key[0]!)
    return true
  }
  return {
    /** Takes the values of so many rows, column by column. */
    add(columns: readonly ArrayLike<ArchivedValue>[], count: number): void {
      for (let row = 0; row < count; row++) {
        const key = [0, 1, 2, 3].map((i) => columns[i]?.[row] ?? null)
        if (isNew(key)) sums.keys++
        last = key
        sums.sum += bitsOf(columns.map((values) => values[row] ?? null))
      }
      sums.rows += count
    },
    end: (): Sums & { keys: number } => ({ ...sums }),
  }
}

/**
 * Adds up the rows of a table in the database.
 *
 * @param rows runs a statement (`ScriptSession.rows`)
 * @param table a name made of a month (db/partitions.ts), never anything else: it goes into the statement as it is
 */
export async function sumsOfTable(
  rows: (text: string) => Promise<Record<string, unknown>[]>,
  table: string,
): Promise<Sums> {
  const bytes = archivedColumns.map(bytesInSql).join(' || ')
  const [row] = await rows(
    `SELECT count(*)::text AS rows, coalesce(sum(('x' || encode(substr(sha256(${bytes}), 1, 8), 'hex'))::bit(64)::int8), 0)::text AS sum FROM ${table}`,
  )
  return { rows: Number(row?.rows), sum: BigInt(String(row?.sum)) }
}

function isAbove(key: readonly ArchivedValue[], last: readonly ArchivedValue[]): boolean {
  for (const i of [1, 2, 3]) {
    const [a, b] = [key[i]!.valueOf(), last[i]!.valueOf()]
    if (a !== b) return a > b
  }
  return false
}

function bitsOf(values: readonly ArchivedValue[]): bigint {
  const bytes = Buffer.alloc(fixedBytes + Buffer.byteLength(String(values[0])))
  let end = 0
  for (const [i, { type }] of archivedColumns.entries()) {
    const value = values[i] ?? null
    end = bytes.writeUInt8(value === null ? 0 : 1, end)
    if (value === null) continue
    if (type === 'STRING') {
      end = bytes.writeInt32BE(Buffer.byteLength(String(value)), end)
      end += bytes.write(String(value), end)
    } else if (type === 'DOUBLE') end = bytes.writeDoubleBE(Number(value), end)
    else if (type === 'FLOAT') end = bytes.writeFloatBE(Number(value), end)
    else if (type === 'INT32') end = bytes.writeInt32BE(Number(value), end)
    else end = bytes.writeBigInt64BE(value instanceof Date ? BigInt(value.getTime()) : BigInt(value), end)
  }
  return hash('sha256', bytes.subarray(0, end), 'buffer').readBigInt64BE()
}

function bytesInSql({ name, type }: ArchivedColumn): string {
  const bytes = {
    STRING: `int4send(octet_length(convert_to(${name}, 'UTF8'))) || convert_to(${name}, 'UTF8')`,
    INT64: `int8send(${name})`,
    TIMESTAMP: `int8send(round(extract(epoch FROM ${name}) * 1000)::int8)`,
    DOUBLE: `float8send(${name})`,
    FLOAT: `float4send(${name})`,
    INT32: `int4send(${name}::int4)`,
  }[type]
  return `coalesce('\\x01'::bytea || ${bytes}, '\\x00')`
}
