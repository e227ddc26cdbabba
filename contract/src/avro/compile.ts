import avro, { type Schema, type Type } from 'avsc'

/** Compiles a schema. Alone in this folder, which alone uses avsc. @throws {Error} for what is no Avro schema */
export const compile = (schema: Schema): Type =>
  avro.Type.forSchema(schema, { wrapUnions: 'auto', omitRecordMethods: true, noAnonymousTypes: true })

/** The Parsing Canonical Form of a compiled schema (Avro 1.12 specification, "Parsing Canonical Form for Schemas"). */
export const canonicalForm = (type: Type): string => JSON.stringify(type.schema())
