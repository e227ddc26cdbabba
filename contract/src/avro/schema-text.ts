import type { Schema } from 'avsc'
import { canonicalForm, compile } from './compile.ts'
import { fingerprint } from './fingerprint.ts'

/** An Avro schema as JSON has it. */
export type AvroSchema = Schema

/** Characters of a schema: many times the largest of ours. */
export const maxSchemaLength = 64 * 1024

/** A schema that came as text. */
export interface ParsedSchema {
  readonly schema: Schema
  /** As it came, without blanks. */
  readonly text: string
  /** What two texts of one schema have in common: names in full, attributes that mean nothing left out. */
  readonly normal: string
  /** CRC-64-AVRO of its canonical form, 8 little-endian bytes, as batches carry it. */
  readonly fingerprint: Buffer
}

/** Reads a schema. @throws {SyntaxError | Error} for what is no JSON, or no Avro schema */
export function parseSchema(text: string): ParsedSchema {
  if (text.length > maxSchemaLength)
    throw new RangeError(`Reading a schema: ${text.length} characters, at most ${maxSchemaLength}`)
  return describeSchema(JSON.parse(text) as Schema)
}

/** Describes a schema that is in the code. @throws {Error} for what is no Avro schema */
export function describeSchema(schema: Schema): ParsedSchema {
  const type = compile(schema)
  return {
    schema,
    text: JSON.stringify(schema),
    normal: JSON.stringify(type.schema({ exportAttrs: true })),
    fingerprint: fingerprint(canonicalForm(type)),
  }
}
