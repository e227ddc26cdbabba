import type { CompatibilityLevel } from '@fairmile/contract/avro/compatibility.ts'
import { index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea } from './bytea.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow()

/** Avro schemas that devices write by. */
export const avroSchemas = pgTable(
  'avro_schemas',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    /** CRC-64-AVRO as batches carry it, 8 little-endian bytes. Schemas that differ in defaults alone share one. */
    fingerprint: bytea('fingerprint').notNull(),
    /** As it was registered, without blanks. */
    schema: text('schema').notNull(),
    /** SHA-256 of its normal form. */
    normalHash: bytea('normal_hash').notNull(),
    createdAt: moment('created_at'),
  },
  (table) => [
    uniqueIndex('avro_schemas_normal_hash_key').on(table.normalHash),
    index('avro_schemas_fingerprint_idx').on(table.fingerprint),
  ],
)

/** The schemas of each subject, one after the other from 1. */
export const avroSchemaVersions = pgTable(
  'avro_schema_versions',
  {
    subject: text('subject').notNull(),
    version: integer('version').notNull(),
    schemaId: integer('schema_id')
      .notNull()
      .references(() => avroSchemas.id),
    registeredAt: moment('registered_at'),
    registeredBy: text('registered_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.version] }),
    uniqueIndex('avro_schema_versions_schema_key').on(table.subject, table.schemaId),
    index('avro_schema_versions_schema_id_idx').on(table.schemaId),
  ],
)

/** What a new version of a subject must be able to do; the empty subject stands for all that have no row. */
export const avroSchemaLevels = pgTable('avro_schema_levels', {
  subject: text('subject').primaryKey(),
  level: text('level').$type<CompatibilityLevel>().notNull(),
  changedAt: moment('changed_at'),
  changedBy: text('changed_by').notNull(),
})
