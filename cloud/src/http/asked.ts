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
 * Reads addresses by the routes' own schemas, so that parameters in another order, twice, that no route knows or that say its defaults make no
 * copies of an answer.
 *
 * @param registry of the app; asked once, at the first request, when all routes are there
 */
export function createReadAsked(registry: OpenAPIHono<AppEnv>['openAPIRegistry']): ReadAsked {
  let queries: Map<string, Query> | null = null
  return (url) => {
    const target = url.slice(url.indexOf('/', url.indexOf('://') + 3))
    const end = target.indexOf('?')
    const path = end < 0 ? target : target.slice(0, end)
    const found = cachedRouteOf(path)
    if (found === null) return null
    queries ??= queriesOf(registry)
    const query = queries.get(found.cached.route)
    if (query === undefined) return { ...found, path, text: path }
    const read = end < 0 ? query.none : readAs(query.schema, parametersOf(url))
    return read === null ? null : { ...found, path, text: `${path} ${read}` }
  }
}

/** What a route validates its parameters with. */
interface Query {
  readonly schema: z.ZodType
  /** What it reads where there are none: its defaults; null where it needs some. */
  readonly none: string | null
}

/** Parameters as a route reads them, in one text; null where it will not take them. */
function readAs(schema: z.ZodType, parameters: object): string | null {
  const read = schema.safeParse(parameters)
  return read.success ? JSON.stringify(read.data) : null
}

/** What each route that answers GET validates its parameters with. */
function queriesOf({ definitions }: OpenAPIHono<AppEnv>['openAPIRegistry']): Map<string, Query> {
  const found = new Map<string, Query>()
  for (const definition of definitions) {
    if (definition.type !== 'route' || definition.route.method !== 'get') continue
    const { path, request } = definition.route
    if (!request?.query) continue
    const schema = request.query as z.ZodType
    found.set(path, { schema, none: readAs(schema, {}) })
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
