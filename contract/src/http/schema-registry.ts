import { z } from 'zod'
import { compatibilityLevels } from '../avro/compatibility.ts'
import { maxSchemaLength } from '../avro/schema-text.ts'

/** What Confluent's Schema Registry API calls its JSON; plain JSON is taken too. */
export const schemaRegistryType = 'application/vnd.schemaregistry.v1+json'

const CompatibilityLevel = z.enum(compatibilityLevels)

/** A line of schemas: `fairmile.telematics`. */
export const SchemaSubject = z.string().regex(/^[\w.:-]{1,200}$/)

/** A schema to be registered, looked up or checked: Avro, as text. */
export const SchemaBody = z
  .object({
    schema: z.string().max(maxSchemaLength),
    schemaType: z.literal('AVRO').optional(),
    references: z.array(z.object({})).max(0).optional(),
  })
  .meta({ id: 'SchemaBody' })

/** A version of a subject, as Confluent's clients read it, with the fingerprint that batches carry in hex beside it. */
export const SubjectVersion = z
  .object({
    subject: z.string(),
    version: z.int(),
    id: z.int(),
    schema: z.string(),
    fingerprint: z.string(),
  })
  .meta({ id: 'SubjectVersion' })

export const SchemaId = z.object({ id: z.int() }).meta({ id: 'SchemaId' })
export const SchemaText = z.object({ schema: z.string() }).meta({ id: 'SchemaText' })
export const SchemaPlaces = z.array(z.object({ subject: z.string(), version: z.int() })).meta({ id: 'SchemaPlaces' })

/** Whether a schema could be the next version; why not, where `verbose` asks for it. */
export const SchemaCompatibility = z
  .object({ is_compatible: z.boolean(), messages: z.array(z.string()).optional() })
  .meta({ id: 'SchemaCompatibility' })

export const SchemaLevel = z.object({ compatibilityLevel: CompatibilityLevel }).meta({ id: 'SchemaLevel' })
export const SchemaLevelBody = z.object({ compatibility: z.string().max(40) }).meta({ id: 'SchemaLevelBody' })
export const SchemaLevelSet = z.object({ compatibility: CompatibilityLevel }).meta({ id: 'SchemaLevelSet' })

/** An error of the schema registry, by Confluent's codes. */
export const SchemaRegistryError = z
  .object({ error_code: z.int(), message: z.string() })
  .meta({ id: 'SchemaRegistryError' })
