import { wireSchemas } from '@fairmile/contract/schemas/wire-schemas.ts'
import type { Database } from '../db/database.ts'
import { UsageError } from '../errors.ts'
import { registerSchema } from './register-schema.ts'
import { SchemaError } from './schema-error.ts'

/** Who registers them. */
const by = 'the release'

/**
 * Registers the schemas that this release speaks, where the database does not have them.
 *
 * @returns what was added, `fairmile.trips 2`
 * @throws {UsageError} where one cannot follow those that the database has: this release would not read what devices send
 */
export async function ensureSchemas(
  db: Database,
  schemas: Readonly<Record<string, unknown>> = wireSchemas,
): Promise<string[]> {
  const added: string[] = []
  for (const [subject, schema] of Object.entries(schemas)) {
    try {
      const registered = await registerSchema(db, { subject, text: JSON.stringify(schema), by })
      if (registered.added) added.push(`${subject} ${registered.version}`)
    } catch (error) {
      if (!(error instanceof SchemaError) || error.kind !== 'incompatible') throw error
      throw new UsageError(
        `Starting: ${error.message}. Start a release whose schema is compatible, or see docs/guides/schemas.md for what "fairmile-cloud schemas level ${subject} NONE" gives up`,
        { cause: error },
      )
    }
  }
  return added
}
