import { createHash } from 'node:crypto'
import { maxSchemaLength, type ParsedSchema, parseSchema } from '@fairmile/contract/avro/schema-text.ts'
import { and, asc, eq, type SQL } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { avroSchemas, avroSchemaVersions } from '../db/schema/avro-schemas.ts'
import { messageOf } from '../errors.ts'
import { SchemaError } from './schema-error.ts'

/** A version of a subject. */
export interface RegisteredSchema {
  subject: string
  version: number
  /** Of the schema, the same in every subject that has it. */
  id: number
  /** CRC-64-AVRO as batches carry it, hex. */
  fingerprint: string
  schema: string
  /** RFC 3339. */
  registeredAt: string
  registeredBy: string
}

/** All versions, or those of a subject, in their order. */
export async function listSchemas(db: Database, subject?: string): Promise<RegisteredSchema[]> {
  return read(db, subject === undefined ? undefined : eq(avroSchemaVersions.subject, subject))
}

/** Versions of a subject, the first first. @throws {SchemaError} `subject-not-found` */
export async function versionsOf(db: Database, subject: string): Promise<RegisteredSchema[]> {
  const versions = await listSchemas(db, subject)
  if (versions.length === 0) throw new SchemaError('subject-not-found', `Subject '${subject}' not found.`)
  return versions
}

/**
 * One version of a subject.
 * @param version its number, `latest` or -1
 * @throws {SchemaError} `subject-not-found`, `version-not-found`, `invalid-version`
 */
export async function versionOf(db: Database, subject: string, version: string): Promise<RegisteredSchema> {
  const wanted = version === 'latest' || version === '-1' ? 'latest' : Number(version)
  if (wanted !== 'latest' && !(Number.isInteger(wanted) && wanted > 0 && wanted < 2 ** 31))
    throw new SchemaError(
      'invalid-version',
      `The specified version '${version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string "latest"`,
    )
  const versions = await versionsOf(db, subject)
  const found = wanted === 'latest' ? versions.at(-1) : versions.find((one) => one.version === wanted)
  if (!found) throw new SchemaError('version-not-found', `Version ${version} not found.`)
  return found
}

/** The version of a subject that has this schema. @throws {SchemaError} `subject-not-found`, `schema-not-found`, `invalid-schema` */
export async function versionWith(db: Database, subject: string, text: string): Promise<RegisteredSchema> {
  const hash = hashOf(readSchema(text))
  await versionsOf(db, subject)
  const [found] = await read(db, and(eq(avroSchemaVersions.subject, subject), eq(avroSchemas.normalHash, hash)))
  if (!found) throw new SchemaError('schema-not-found', `Schema not found in subject '${subject}'`)
  return found
}

/** The versions that a schema is, in whichever subjects. @throws {SchemaError} `schema-not-found` */
export async function schemaById(db: Database, id: number): Promise<[RegisteredSchema, ...RegisteredSchema[]]> {
  const [first, ...others] = id < 2 ** 31 ? await read(db, eq(avroSchemas.id, id)) : []
  if (!first) throw new SchemaError('schema-not-found', `Schema ${id} not found`)
  return [first, ...others]
}

/** The versions with a fingerprint as batches carry it, hex. @throws {SchemaError} `schema-not-found` */
export async function schemaByFingerprint(
  db: Database,
  hex: string,
): Promise<[RegisteredSchema, ...RegisteredSchema[]]> {
  const [first, ...others] = await read(db, eq(avroSchemas.fingerprint, Buffer.from(hex, 'hex')))
  if (!first) throw new SchemaError('schema-not-found', `No schema has the fingerprint ${hex}`)
  return [first, ...others]
}

/** What schemas that mean the same have in common. */
export const hashOf = ({ normal }: ParsedSchema): Buffer => createHash('sha256').update(normal).digest()

/** Reads a schema at the border. @throws {SchemaError} `invalid-schema` */
export function readSchema(text: string): ParsedSchema {
  try {
    return parseSchema(text)
  } catch (cause) {
    const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text
    throw new SchemaError(
      'invalid-schema',
      `Not an Avro schema of at most ${maxSchemaLength} characters: ${shown}: ${messageOf(cause)}`,
      { cause },
    )
  }
}

async function read(db: Database, where: SQL | undefined): Promise<RegisteredSchema[]> {
  const { subject, version, registeredAt, registeredBy, schemaId } = avroSchemaVersions
  const { id, fingerprint, schema } = avroSchemas
  const rows = await db
    .select({ subject, version, id, fingerprint, schema, registeredAt, registeredBy })
    .from(avroSchemaVersions)
    .innerJoin(avroSchemas, eq(id, schemaId))
    .where(where)
    .orderBy(asc(subject), asc(version))
  return rows.map((row) => ({
    ...row,
    fingerprint: row.fingerprint.toString('hex'),
    registeredAt: row.registeredAt.toISOString(),
  }))
}
