import type { CachedRoute } from '../cache/cached-routes.ts'
import {
  commonHeaders,
  commonParameters,
  headerRef,
  parameterRef,
  problemResponses,
  responseRef,
} from './description-parts.ts'
import { operationIdOf } from './operation-id.ts'
import { type ProblemKind, statusOf } from './problem.ts'

interface Media {
  schema?: { $ref?: string; properties?: Record<string, unknown> }
}
interface Answer {
  $ref?: string
  description?: string
  content?: Record<string, Media>
  headers?: Record<string, unknown>
}
interface Operation {
  operationId?: string
  security?: unknown[]
  requestBody?: unknown
  parameters?: { in?: string; name?: string }[]
  responses: Record<string, Answer>
  'x-cache-ttl'?: number
}
/** What is worked on of an OpenAPI document. */
interface Description {
  paths?: Record<string, Record<string, Operation>>
  components?: Record<string, Record<string, unknown>>
}

const unsafe = new Set(['post', 'put', 'patch', 'delete'])
const problemType = 'application/problem+json'

/**
 * Says of every route what those in front of it do: each has an id, the problems that any of them may answer with, the parameters that
 * middleware reads, and for how long its answer is kept. What a route says itself stays.
 */
export function completeDescription(document: object, { cached }: { cached: readonly CachedRoute[] }): object {
  const description = structuredClone(document) as Description
  const ids = new Set<string>()
  const ttls = new Map(cached.map(({ route, ttlS }) => [route, ttlS]))
  for (const [path, item] of Object.entries(description.paths ?? {}))
    for (const [method, operation] of Object.entries(item)) {
      const kinds = kindsOf(method, operation)
      operation.operationId ??= unusedId(ids, operationIdOf(method, path, isList(operation)), path)
      ids.add(operation.operationId)
      const ttlS = method === 'get' ? ttls.get(path) : undefined
      if (ttlS !== undefined) keepsAnswer(operation, ttlS)
      if (method === 'post' && operation.security) takesParameter(operation, 'IdempotencyKey')
      if (operation.responses['412']) takesParameter(operation, 'IfMatch')
      for (const kind of kinds) mayRefuse(operation, kind)
    }
  const components = description.components ?? {}
  components.responses = { ...components.responses, ...problemResponses }
  components.headers = { ...components.headers, ...commonHeaders }
  components.parameters = { ...components.parameters, ...commonParameters }
  description.components = components
  mend(description)
  return description
}

/** What may be wrong with a request before its route sees it, and what the route says itself. */
function kindsOf(method: string, { security, requestBody, parameters = [], responses }: Operation): ProblemKind[] {
  const writes = unsafe.has(method)
  const takesKey = method === 'post' && security !== undefined
  return [
    ...(security ? (['unauthorized'] as const) : []),
    ...(requestBody ? (['malformed'] as const) : []),
    // A body is looked at wherever one comes, and a page of another origin may send none.
    ...(writes ? (['forbidden', 'too-large', 'unsupported-media-type'] as const) : []),
    ...(takesKey ? (['conflict'] as const) : []),
    ...(responses['412'] ? (['precondition-failed'] as const) : []),
    ...(requestBody || takesKey || parameters.length > 0 ? (['validation'] as const) : []),
    'too-many-requests',
    'unavailable',
  ]
}

function mayRefuse({ responses }: Operation, kind: ProblemKind): void {
  const status = String(statusOf(kind))
  const own = responses[status]
  if (own?.content && !(problemType in own.content))
    own.content[problemType] = { schema: { $ref: '#/components/schemas/Problem' } }
  else responses[status] = responseRef(kind)
}

function keepsAnswer(operation: Operation, ttlS: number): void {
  operation['x-cache-ttl'] = ttlS
  takesParameter(operation, 'IfNoneMatch')
  const headers = {
    ETag: headerRef('ETag'),
    'Cache-Control': headerRef('CacheControl'),
    'X-Cache': headerRef('XCache'),
  }
  operation.responses['200'] = { ...operation.responses['200'], headers }
  operation.responses['304'] = { description: 'The answer that the client has still holds', headers }
}

function takesParameter(operation: Operation, name: keyof typeof commonParameters): void {
  operation.parameters = [...(operation.parameters ?? []), parameterRef(name) as object]
}

/** Where the path alone does not tell two operations apart, its last parameter does. */
function unusedId(used: ReadonlySet<string>, id: string, path: string): string {
  const parameter = /\{(\w+)\}[^{]*$/.exec(path)?.[1] ?? ''
  return used.has(id) ? `${id}Of${parameter.slice(0, 1).toUpperCase()}${parameter.slice(1)}` : id
}

const isList = ({ responses }: Operation): boolean =>
  Object.values(responses['200']?.content ?? {}).some(({ schema }) => schema?.properties?.items !== undefined)

interface Written {
  pattern?: unknown
  allOf?: { $ref?: string; type?: unknown }[]
  anyOf?: unknown
}

/**
 * Puts right what the library writes wrongly: JSON Schema knows no flags of an expression (validators read every one with `u`, which
 * `\\P{…}` needs), and what refers to an enumeration or is null is both by `anyOf`, not by `allOf`.
 */
function mend(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  const schema = node as Written
  const [ref, other] = schema.allOf ?? []
  if (ref?.$ref && Array.isArray(other?.type) && other.type.includes('null')) {
    schema.anyOf = [ref, { type: 'null' }]
    delete schema.allOf
  }
  if (typeof schema.pattern === 'string') schema.pattern = schema.pattern.replace(/\/[a-z]+$/, '')
  for (const below of Object.values(node)) mend(below)
}
