import { incompatibilities } from '@fairmile/contract/avro/compatibility.ts'
import { type ParsedSchema, parseSchema } from '@fairmile/contract/avro/schema-text.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import { avroSchemas, avroSchemaVersions } from '../db/schema/avro-schemas.ts'
import { levelOf } from './levels.ts'
import { hashOf, listSchemas, type RegisteredSchema, readSchema } from './read-schemas.ts'
import { SchemaError } from './schema-error.ts'

/** Versions of a subject: one a day for two years, and a transitive check of all of them takes well under a second. */
const maxVersions = 750

/**
 * Registers a schema as the next version of a subject; one that the subject has already stays what it is.
 *
 * @throws {SchemaError} `invalid-schema`, and `incompatible` where the subject's level forbids it, saying why
 */
export async function registerSchema(
  db: Database,
  { subject, text, by }: { subject: string; text: string; by: string },
): Promise<{ id: number; version: number; added: boolean }> {
  const parsed = readSchema(text)
  return db.transaction(async (tx) => {
    // One at a time: the next number, and what it is held against, must not change meanwhile. Readers go on.
    await tx.execute(sql`LOCK TABLE avro_schema_versions IN SHARE ROW EXCLUSIVE MODE`)
    const known = await findSchema(tx, parsed)
    if (known !== null) {
      const { schemaId, version } = avroSchemaVersions
      const here = and(eq(avroSchemaVersions.subject, subject), eq(schemaId, known))
      const [same] = await tx.select({ version }).from(avroSchemaVersions).where(here)
      if (same) return { id: known, version: same.version, added: false }
    }
    const before = await listSchemas(tx, subject)
    const problems = await problemsOf(tx, { subject, parsed, before })
    if (problems.length > 0)
      throw new SchemaError(
        'incompatible',
        `The schema is incompatible with subject "${subject}": ${problems.join('; ')}`,
      )
    if (before.length >= maxVersions)
      throw new SchemaError(
        'invalid-schema',
        `Subject "${subject}" has ${maxVersions} versions, which is all it may have`,
      )
    const id = known ?? (await insertSchema(tx, parsed))
    const version = (before.at(-1)?.version ?? 0) + 1
    await tx.insert(avroSchemaVersions).values({ subject, version, schemaId: id, registeredBy: by })
    return { id, version, added: true }
  })
}

/**
 * Says why a schema could not be the next version of a subject, by its level; nothing where it could.
 *
 * @param options `before`: versions to hold it against. @default all that the level names
 */
export async function problemsOf(
  db: Database,
  { subject, parsed, before }: { subject: string; parsed: ParsedSchema; before?: readonly RegisteredSchema[] },
): Promise<string[]> {
  const versions = before ?? (await listSchemas(db, subject))
  const known = versions.map(({ version, schema }) => ({ version, schema: parseSchema(schema).schema }))
  return incompatibilities(parsed.schema, known, await levelOf(db, subject))
}

async function findSchema(tx: Transaction, parsed: ParsedSchema): Promise<number | null> {
  const { id, normalHash } = avroSchemas
  const [found] = await tx
    .select({ id })
    .from(avroSchemas)
    .where(eq(normalHash, hashOf(parsed)))
  return found?.id ?? null
}

async function insertSchema(tx: Transaction, parsed: ParsedSchema): Promise<number> {
  const { fingerprint, text } = parsed
  const [added] = await tx
    .insert(avroSchemas)
    .values({ fingerprint, schema: text, normalHash: hashOf(parsed) })
    .returning({ id: avroSchemas.id })
  return added!.id
}
