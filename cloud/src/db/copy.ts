import { setImmediate as endOfRowsSent } from 'node:timers/promises'
import type { Transaction } from '@electric-sql/pglite'
import type { TransactionSql } from 'postgres'

/**
 * Adds rows in bulk (`COPY … FROM STDIN`, binary format) within a transaction: the quickest way in that PostgreSQL has.
 *
 * @param target table and columns in their order; never from outside, as it goes into the statement
 * @throws {CopyRefusedError} where the database does not take them; the transaction is lost then
 */
export type CopyIn = (target: { table: string; columns: readonly string[] }, rows: Uint8Array) => Promise<void>

/** The database did not take the rows of a COPY, such as for one key that is there already. */
export class CopyRefusedError extends Error {
  override readonly name = 'CopyRefusedError'
}

/** COPY on a connection to PostgreSQL. */
export const copyInto =
  (sql: TransactionSql): CopyIn =>
  async ({ table, columns }, rows) => {
    const stream = await sql.unsafe(`COPY ${table} (${columns.join(', ')}) FROM STDIN WITH (FORMAT binary)`).writable()
    stream.on('error', () => {}) // said again by the statement behind it
    await new Promise<void>((taken) => {
      stream.once('error', () => taken())
      stream.write(rows, () => taken())
    })
    stream.end()
    await endOfRowsSent()
    try {
      // The driver does not tell that rows were refused once all are sent; the next statement of the transaction does.
      await sql.unsafe('SELECT 1')
    } catch (cause) {
      throw new CopyRefusedError(`Copying rows into ${table}: the database does not take them`, { cause })
    }
  }

/** COPY in the embedded database, which reads the rows from its pretended device. */
export const copyIntoEmbedded =
  (tx: Transaction): CopyIn =>
  async ({ table, columns }, rows) => {
    const statement = `COPY ${table} (${columns.join(', ')}) FROM '/dev/blob' WITH (FORMAT binary)`
    try {
      await tx.query(statement, [], { blob: new Blob([rows as Uint8Array<ArrayBuffer>]) })
    } catch (cause) {
      throw new CopyRefusedError(`Copying rows into ${table}: the database does not take them`, { cause })
    }
  }
