import { type CompatibilityLevel, compatibilityLevels } from '@fairmile/contract/avro/compatibility.ts'
import { eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { avroSchemaLevels } from '../db/schema/avro-schemas.ts'
import { SchemaError } from './schema-error.ts'

/** What holds where nobody said otherwise: an agent may be versions old, and what it wrote must still be read. */
const defaultLevel: CompatibilityLevel = 'BACKWARD_TRANSITIVE'

/** Stands for all subjects that have no level of their own. */
const everySubject = ''

/** What a new version of a subject must be able to do; of no subject: what holds for those that have no level of their own. */
export async function levelOf(db: Database, subject: string = everySubject): Promise<CompatibilityLevel> {
  const rows = await db
    .select()
    .from(avroSchemaLevels)
    .where(inArray(avroSchemaLevels.subject, [subject, everySubject]))
  const own = rows.find((row) => row.subject === subject) ?? rows[0]
  return own?.level ?? defaultLevel
}

/** A subject's own level; null where it has none. */
export async function ownLevel(db: Database, subject: string): Promise<CompatibilityLevel | null> {
  const [row] = await db.select().from(avroSchemaLevels).where(eq(avroSchemaLevels.subject, subject))
  return row?.level ?? null
}

/**
 * Sets the level of a subject, or of all that have none of their own.
 * @throws {SchemaError} `invalid-level`
 */
export async function setLevel(
  db: Database,
  { subject = everySubject, level, by }: { subject?: string | undefined; level: string; by: string },
): Promise<CompatibilityLevel> {
  const known = compatibilityLevels.find((name) => name === level.toUpperCase())
  if (known === undefined)
    throw new SchemaError(
      'invalid-level',
      `"${level}" is no compatibility level; take one of ${compatibilityLevels.join(', ')}`,
    )
  await db
    .insert(avroSchemaLevels)
    .values({ subject, level: known, changedBy: by })
    .onConflictDoUpdate({
      target: avroSchemaLevels.subject,
      set: { level: known, changedBy: by, changedAt: sql`now()` },
    })
  return known
}

/** Takes a subject's own level away; gives what it was, null where it had none. */
export async function dropLevel(db: Database, subject: string): Promise<CompatibilityLevel | null> {
  const [row] = await db.delete(avroSchemaLevels).where(eq(avroSchemaLevels.subject, subject)).returning()
  return row?.level ?? null
}
