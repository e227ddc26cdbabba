import { join } from 'node:path'
import { decodeEnvelope, type Envelope, encodeEnvelope } from '@fairmile/contract/envelope.ts'
import Database from 'better-sqlite3'
import { outboxFile } from './database.ts'

/** What a medium does to the bytes of a batch. */
export type Damage = (bytes: Buffer) => Buffer

/** Flips a bit of the byte at a place; a negative one counts from the end. */
export const flipAt =
  (place: number): Damage =>
  (bytes) => {
    const damaged = Buffer.from(bytes)
    const at = place < 0 ? bytes.length + place : place
    damaged[at]! ^= 1
    return damaged
  }

/** Changes what a batch says of itself. */
export const sayOtherwise =
  (words: Partial<Envelope>): Damage =>
  (bytes) =>
    encodeEnvelope({ ...decodeEnvelope(bytes), ...words })

/** Damages stored batches of an outbox, which may be open. For tests. */
export function damageBatches(folder: string, ids: readonly number[], damage: Damage): void {
  const db = new Database(join(folder, outboxFile))
  try {
    for (const id of ids) {
      const bytes = db.prepare<[number], Buffer>('SELECT bytes FROM batches WHERE id = ?').pluck().get(id)!
      db.prepare('UPDATE batches SET bytes = ? WHERE id = ?').run(damage(bytes), id)
    }
  } finally {
    db.close()
  }
}
