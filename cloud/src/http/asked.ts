import type { OpenAPIHono, z } from '@hono/zod-openapi'
import { getQueryParams } from 'hono/utils/url'
import { type CachedRoute, cachedRouteOf } from '../cache/cached-routes.ts'
import type { AppEnv } from './env.ts'

/** A request for an answer that may be kept. */
export interface Asked {
  readonly cached: CachedRoute
  readonly path: string
  readonly tags: readonly string[]
  /** Path and parameters as the route reads them: those that it knows, in its order. */
  readonly text: string
}

/** Reads the address of a request; null where its answer is not kept, or the route will not take its parameters. */
export type ReadAsked = (url: string) => Asked | null

/**
 * Reads addresses by the routes' own schemas, so that parameters in another order, twice or that no route knows make no copies of an answer.
 *
 * @param registry of the app; asked once, at the first request with parameters, when all routes are there
 */
export function createReadAsked(registry: OpenAPIHono<AppEnv>['openAPIRegistry']): ReadAsked {
  let schemas: Map<string, z.ZodType> | null = null
  return (url) => {
    const target = url.slice(url.indexOf('/', url.indexOf('://') + 3))
    const end = target.indexOf('?')
    const path = end < 0 ? target : target.slice(0, end)
    const found = cachedRouteOf(path)
    if (found === null) return null
    if (end < 0) return { ...found, path, text: path }
    schemas ??= queriesOf(registry)
    const schema = schemas.get(found.cached.route)
    if (schema === undefined) return { ...found, path, text: path }
    const read = schema.safeParse(parametersOf(url))
    return read.success ? { ...found, path, text: `${path} ${JSON.stringify(read.data)}` } : null
  }
}

/** What each route that answers GET validates its parameters with. */
function queriesOf({ definitions }: OpenAPIHono<AppEnv>['openAPIRegistry']): Map<string, z.ZodType> {
  const found = new Map<string, z.ZodType>()
  for (const definition of definitions) {
    if (definition.type !== 'route' || definition.route.method !== 'get') continue
    const { path, request } = definition.route
    if (request?.query) found.set(path, request.query as z.ZodType)
  }
  return found
}

/** As Hono gives them to a schema. */
function parametersOf(url: string): Record<string, string | string[] | undefined> {
  const all = getQueryParams(url) as Record<string, string[]>
  return Object.fromEntries(
    Object.entries(all).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}
