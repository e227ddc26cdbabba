import type { AvroSchema } from '@fairmile/contract/avro/schema-text.ts'
import { knownPayloads, type Payloads, payloadsWith } from '@fairmile/contract/payloads.ts'
import { asc, gt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { avroSchemas } from '../db/schema/avro-schemas.ts'

/** The schemas that batches may be written by: those of this release, and those that the registry has learned. */
export interface SchemaShelf {
  /** Reads payloads; another one after something was learned. */
  readonly payloads: Payloads
  /** Looks for schemas that were registered since the last time; true where there are any. */
  learn(): Promise<boolean>
}

/** Makes a shelf that asks the registry when something comes that it does not know, and never before. */
export function createSchemaShelf(db: Database): SchemaShelf {
  const writers = new Map<string, AvroSchema>()
  let payloads = knownPayloads
  let lastId = 0
  return {
    get payloads() {
      return payloads
    },
    async learn() {
      const { id, fingerprint, schema } = avroSchemas
      const rows = await db.select({ id, fingerprint, schema }).from(avroSchemas).where(gt(id, lastId)).orderBy(asc(id))
      if (rows.length === 0) return false
      for (const row of rows) writers.set(row.fingerprint.toString('hex'), JSON.parse(row.schema) as AvroSchema)
      lastId = rows.at(-1)!.id
      payloads = payloadsWith(writers)
      return true
    },
  }
}
