import {
  SchemaBody,
  SchemaCompatibility,
  SchemaId,
  SchemaLevel,
  SchemaLevelBody,
  SchemaLevelSet,
  SchemaPlaces,
  SchemaRegistryError,
  SchemaSubject,
  SchemaText,
  SubjectVersion,
  schemaRegistryType,
} from '@fairmile/contract/http/schema-registry.ts'
import { createRoute, type Hook, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { adminOnly, requireUser } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { errorsOf } from '../http/validation.ts'
import { dropLevel, levelOf, ownLevel, setLevel } from '../schemas/levels.ts'
import {
  listSchemas,
  type RegisteredSchema,
  readSchema,
  schemaByFingerprint,
  schemaById,
  versionOf,
  versionsOf,
  versionWith,
} from '../schemas/read-schemas.ts'
import { problemsOf, registerSchema } from '../schemas/register-schema.ts'
import { SchemaError } from '../schemas/schema-error.ts'

const root = '/api/v1/schema-registry'
const answer = <T extends z.ZodType>(schema: T, description: string) => ({
  content: { [schemaRegistryType]: { schema } } as Record<typeof schemaRegistryType, { schema: T }>,
  description,
})
const errors = {
  404: answer(SchemaRegistryError, 'There is no such subject, version or schema'),
  409: answer(SchemaRegistryError, 'Not compatible with the versions there are'),
  422: answer(SchemaRegistryError, 'No Avro schema, version or level'),
}
const refusals = problems('unauthorized', 'forbidden')

/** Lets Confluent's name for JSON pass as JSON. */
const asJson: MiddlewareHandler = async (c, next) => {
  if (c.req.header('content-type')?.startsWith(schemaRegistryType))
    c.req.raw.headers.set('content-type', 'application/json')
  await next()
}
const about = { tags: ['schemas'], security: loggedInBy, middleware: [adminOnly, asJson] }
const subjectParam = z.object({ subject: SchemaSubject })
const versionParam = z.object({ subject: SchemaSubject, version: z.string().max(20) })
const idParam = z.object({ id: z.coerce.number().int().positive() })
const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})
const Flag = z.stringbool().optional()

const subjects = createRoute({
  ...{ ...about, method: 'get', path: `${root}/subjects`, summary: 'Subjects of the schema registry' },
  responses: { 200: answer(z.array(z.string()), 'Their names'), ...refusals },
})
const versions = createRoute({
  ...{ ...about, method: 'get', path: `${root}/subjects/{subject}/versions`, summary: 'Versions of a subject' },
  request: { params: subjectParam },
  responses: { 200: answer(z.array(z.int()), 'Their numbers'), ...refusals, ...errors },
})
const version = createRoute({
  ...{ ...about, method: 'get', path: `${root}/subjects/{subject}/versions/{version}` },
  summary: 'A version of a subject, by its number or "latest"',
  request: { params: versionParam },
  responses: { 200: answer(SubjectVersion, 'The version'), ...refusals, ...errors },
})
const versionSchema = createRoute({
  ...{ ...about, method: 'get', path: `${root}/subjects/{subject}/versions/{version}/schema` },
  summary: 'The schema of a version alone',
  request: { params: versionParam },
  responses: { 200: answer(z.any(), 'The schema'), ...refusals, ...errors },
})
const register = createRoute({
  operationId: 'registerSchema',
  ...{ ...about, method: 'post', path: `${root}/subjects/{subject}/versions` },
  summary: 'Register a schema as the next version of a subject; one that is there stays what it is',
  request: { params: subjectParam, body: body(SchemaBody) },
  responses: { 200: answer(SchemaId, 'Id of the schema'), ...refusals, ...errors },
})
const lookUp = createRoute({
  operationId: 'lookUpSchema',
  ...{
    ...about,
    method: 'post',
    path: `${root}/subjects/{subject}`,
    summary: 'Which version of a subject a schema is',
  },
  request: { params: subjectParam, body: body(SchemaBody) },
  responses: { 200: answer(SubjectVersion, 'The version'), ...refusals, ...errors },
})
const types = createRoute({
  ...{ ...about, method: 'get', path: `${root}/schemas/types`, summary: 'Kinds of schemas that are taken' },
  responses: { 200: answer(z.array(z.string()), 'AVRO'), ...refusals },
})
const byId = createRoute({
  ...{ ...about, method: 'get', path: `${root}/schemas/ids/{id}`, summary: 'A schema by its id' },
  request: { params: idParam },
  responses: { 200: answer(SchemaText, 'The schema'), ...refusals, ...errors },
})
const placesById = createRoute({
  ...{ ...about, method: 'get', path: `${root}/schemas/ids/{id}/versions`, summary: 'Where a schema is registered' },
  request: { params: idParam },
  responses: { 200: answer(SchemaPlaces, 'Subjects and versions'), ...refusals, ...errors },
})
const byFingerprint = createRoute({
  ...{ ...about, method: 'get', path: `${root}/schemas/fingerprints/{fingerprint}` },
  summary: 'Versions whose batches carry a fingerprint (CRC-64-AVRO, 16 hex digits)',
  request: { params: z.object({ fingerprint: z.string().regex(/^[0-9a-f]{16}$/) }) },
  responses: { 200: answer(z.array(SubjectVersion), 'The versions'), ...refusals, ...errors },
})
const checkVersion = createRoute({
  operationId: 'checkSchemaAgainstVersion',
  ...{ ...about, method: 'post', path: `${root}/compatibility/subjects/{subject}/versions/{version}` },
  summary: 'Whether a schema could follow a version, by the level of its subject',
  request: { params: versionParam, query: z.object({ verbose: Flag }), body: body(SchemaBody) },
  responses: { 200: answer(SchemaCompatibility, 'Whether and why not'), ...refusals, ...errors },
})
const checkAll = createRoute({
  operationId: 'checkSchema',
  ...{ ...about, method: 'post', path: `${root}/compatibility/subjects/{subject}/versions` },
  summary: 'Whether a schema could be the next version of a subject, by its level',
  request: { params: subjectParam, query: z.object({ verbose: Flag }), body: body(SchemaBody) },
  responses: { 200: answer(SchemaCompatibility, 'Whether and why not'), ...refusals, ...errors },
})
const level = createRoute({
  ...{ ...about, method: 'get', path: `${root}/config`, summary: 'Level of subjects that have none of their own' },
  responses: { 200: answer(SchemaLevel, 'The level'), ...refusals },
})
const changeLevel = createRoute({
  ...{
    ...about,
    method: 'put',
    path: `${root}/config`,
    summary: 'Set the level of subjects that have none of their own',
  },
  request: { body: body(SchemaLevelBody) },
  responses: { 200: answer(SchemaLevelSet, 'The level'), ...refusals, ...errors },
})
const subjectLevel = createRoute({
  ...{ ...about, method: 'get', path: `${root}/config/{subject}`, summary: 'The level of a subject' },
  request: { params: subjectParam, query: z.object({ defaultToGlobal: Flag }) },
  responses: { 200: answer(SchemaLevel, 'The level'), ...refusals, ...errors },
})
const changeSubjectLevel = createRoute({
  ...{ ...about, method: 'put', path: `${root}/config/{subject}`, summary: 'Set the level of a subject' },
  request: { params: subjectParam, body: body(SchemaLevelBody) },
  responses: { 200: answer(SchemaLevelSet, 'The level'), ...refusals, ...errors },
})
const dropSubjectLevel = createRoute({
  ...{ ...about, method: 'delete', path: `${root}/config/{subject}`, summary: 'Take the level of a subject away' },
  request: { params: subjectParam },
  responses: { 200: answer(SchemaLevel, 'What it was'), ...refusals, ...errors },
})

/** The schema registry as Confluent's clients know it, for admins. */
export function schemaRegistryRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  const routes = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid })
  routes.onError(answerError)
  addSubjects(routes, db)
  addSchemas(routes, db)
  addLevels(routes, db)
  return routes
}

function addSubjects(routes: OpenAPIHono<AppEnv>, db: Database): void {
  routes
    .openapi(subjects, async (c) =>
      c.json([...new Set((await listSchemas(db)).map(({ subject }) => subject))], 200, type),
    )
    .openapi(versions, async (c) => {
      const found = await versionsOf(db, c.req.valid('param').subject)
      return c.json(
        found.map(({ version }) => version),
        200,
        type,
      )
    })
    .openapi(version, async (c) => {
      const { subject, version } = c.req.valid('param')
      return c.json(shown(await versionOf(db, subject, version)), 200, type)
    })
    .openapi(versionSchema, async (c) => {
      const { subject, version } = c.req.valid('param')
      return c.json(JSON.parse((await versionOf(db, subject, version)).schema) as unknown, 200, type)
    })
    .openapi(register, async (c) => {
      const { subject } = c.req.valid('param')
      const { id } = await registerSchema(db, { subject, text: c.req.valid('json').schema, by: byOf(c) })
      return c.json({ id }, 200, type)
    })
    .openapi(lookUp, async (c) => {
      const { subject } = c.req.valid('param')
      return c.json(shown(await versionWith(db, subject, c.req.valid('json').schema)), 200, type)
    })
}

function addSchemas(routes: OpenAPIHono<AppEnv>, db: Database): void {
  routes
    .openapi(types, (c) => c.json(['AVRO'], 200, type))
    .openapi(byId, async (c) =>
      c.json({ schema: (await schemaById(db, c.req.valid('param').id))[0].schema }, 200, type),
    )
    .openapi(placesById, async (c) => {
      const found = await schemaById(db, c.req.valid('param').id)
      return c.json(
        found.map(({ subject, version }) => ({ subject, version })),
        200,
        type,
      )
    })
    .openapi(byFingerprint, async (c) => {
      return c.json((await schemaByFingerprint(db, c.req.valid('param').fingerprint)).map(shown), 200, type)
    })
    .openapi(checkVersion, async (c) => {
      const { subject, version } = c.req.valid('param')
      const parsed = readSchema(c.req.valid('json').schema)
      const before = [await versionOf(db, subject, version)]
      return c.json(told(await problemsOf(db, { subject, parsed, before }), c.req.valid('query').verbose), 200, type)
    })
    .openapi(checkAll, async (c) => {
      const { subject } = c.req.valid('param')
      const parsed = readSchema(c.req.valid('json').schema)
      return c.json(told(await problemsOf(db, { subject, parsed }), c.req.valid('query').verbose), 200, type)
    })
}

function addLevels(routes: OpenAPIHono<AppEnv>, db: Database): void {
  routes
    .openapi(level, async (c) => c.json({ compatibilityLevel: await levelOf(db) }, 200, type))
    .openapi(changeLevel, async (c) => {
      const { compatibility } = c.req.valid('json')
      return c.json({ compatibility: await setLevel(db, { level: compatibility, by: byOf(c) }) }, 200, type)
    })
    .openapi(subjectLevel, async (c) => {
      const { subject } = c.req.valid('param')
      const own = await ownLevel(db, subject)
      if (own === null && !c.req.valid('query').defaultToGlobal) throw noLevel(subject)
      return c.json({ compatibilityLevel: own ?? (await levelOf(db)) }, 200, type)
    })
    .openapi(changeSubjectLevel, async (c) => {
      const { subject } = c.req.valid('param')
      const { compatibility } = c.req.valid('json')
      return c.json({ compatibility: await setLevel(db, { subject, level: compatibility, by: byOf(c) }) }, 200, type)
    })
    .openapi(dropSubjectLevel, async (c) => {
      const { subject } = c.req.valid('param')
      const was = await dropLevel(db, subject)
      if (was === null) throw noLevel(subject)
      return c.json({ compatibilityLevel: was }, 200, type)
    })
}

const byOf = (c: Context<AppEnv>): string => requireUser(c).email

const told = (problems: readonly string[], verbose: boolean | undefined) => ({
  is_compatible: problems.length === 0,
  ...(verbose && { messages: [...problems] }),
})

const noLevel = (subject: string) =>
  new SchemaError('level-not-found', `Subject '${subject}' does not have subject-level compatibility configured`)

const type = { 'content-type': schemaRegistryType }

const shown = ({ subject, version, id, schema, fingerprint }: RegisteredSchema) => ({
  subject,
  version,
  id,
  schema,
  fingerprint,
})

/** Errors in the words of Confluent's API; all others as everywhere. */
function answerError(error: Error, c: Context): Response {
  if (!(error instanceof SchemaError)) throw error
  return c.body(JSON.stringify({ error_code: error.code, message: error.message }), error.status, type)
}

const refuseInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
  const said = errorsOf(result).map(({ path, message }) => `${path}: ${message}`)
  if (said.length > 0) throw new SchemaError('invalid-body', said.join('; '))
}
