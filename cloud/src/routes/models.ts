import {
  EdgeCloudAgreement,
  ModelDaysQuery,
  ModelDrift,
  ModelName,
  ModelRegistry,
  ModelRollbackBody,
  ModelStageBody,
  ModelVersionNumber,
} from '@fairmile/contract/http/models.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, requireUser } from '../auth/guard.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { measureAgreement } from '../registry/agreement.ts'
import { changeStage, NoSuchVersionError, rollBackModel } from '../registry/change-stage.ts'
import { measureDrift } from '../registry/drift.ts'
import { readRegistry } from '../registry/read-registry.ts'
import { StageError } from '../registry/registry.ts'

const tags = ['admin']
const refusals = problems('unauthorized', 'forbidden', 'validation')
const changeRefusals = problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation')

const list = createRoute({
  method: 'get',
  path: '/api/v1/admin/models',
  tags,
  summary: 'Versions of the driver model, their stages, and the newest changes of these',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  responses: { 200: json(ModelRegistry, 'The registry'), ...problems('unauthorized', 'forbidden') },
})

const stage = createRoute({
  method: 'post',
  path: '/api/v1/admin/models/{name}/versions/{version}/stage',
  tags,
  summary: 'Bring a version to a stage; a new live one retires the one before',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params: z.object({ name: ModelName, version: ModelVersionNumber }), body: jsonRequest(ModelStageBody) },
  responses: { 200: json(ModelRegistry, 'The registry after the change'), ...changeRefusals },
})

const rollback = createRoute({
  method: 'post',
  path: '/api/v1/admin/models/{name}/rollback',
  tags,
  summary: 'Make live what was live before',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params: z.object({ name: ModelName }), body: jsonRequest(ModelRollbackBody) },
  responses: { 200: json(ModelRegistry, 'The registry after the change'), ...changeRefusals },
})

const drift = createRoute({
  method: 'get',
  path: '/api/v1/admin/models/drift',
  tags,
  summary: 'How far the scores of the last days have drifted from what the live model was trained on',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: ModelDaysQuery },
  responses: { 200: json(ModelDrift, 'By score and feature'), ...refusals },
})

const agreement = createRoute({
  method: 'get',
  path: '/api/v1/admin/models/agreement',
  tags,
  summary: 'Whether the cloud finds in the events’ traces what the cars said',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: ModelDaysQuery },
  responses: { 200: json(EdgeCloudAgreement, 'Counts by outcome'), ...refusals },
})

interface ModelRoutesOptions {
  readonly db: Database
  readonly changed: Changed
  /** A folder of versions; the models of this release where it is left out. */
  readonly modelsDir?: string | undefined
}

/** The governance of models, for admins. */
export function modelRoutes({ db, changed, modelsDir }: ModelRoutesOptions): OpenAPIHono<AppEnv> {
  const folder = modelsDir === undefined ? {} : { folder: modelsDir }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => c.json(await readRegistry(db), 200))
    .openapi(stage, async (c) => {
      const { stage: to, note } = c.req.valid('json')
      const by = requireUser(c).email
      await asProblem(changeStage(db, { ...c.req.valid('param'), ...folder, to, note, by }))
      await changed(tagOf.models)
      return c.json(await readRegistry(db), 200)
    })
    .openapi(rollback, async (c) => {
      const by = requireUser(c).email
      await asProblem(rollBackModel(db, { ...c.req.valid('param'), ...folder, ...c.req.valid('json'), by }))
      await changed(tagOf.models)
      return c.json(await readRegistry(db), 200)
    })
    .openapi(drift, async (c) => c.json(await measureDrift(db, { ...c.req.valid('query'), ...folder }), 200))
    .openapi(agreement, async (c) => c.json(await measureAgreement(db, c.req.valid('query')), 200))
}

async function asProblem(change: Promise<void>): Promise<void> {
  try {
    await change
  } catch (error) {
    if (error instanceof NoSuchVersionError) throw new ProblemError('not-found', error.message)
    if (error instanceof StageError) throw new ProblemError('conflict', error.message)
    throw error
  }
}
