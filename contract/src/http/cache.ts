import { z } from 'zod'

/** Tags named at once. */
const maxTags = 100

/** What is to be computed anew: what carries one of these tags, or whose path matches the pattern; one of both. */
export const CacheInvalidation = z
  .union([
    z.strictObject({ tags: z.array(z.string().min(1).max(100)).min(1).max(maxTags) }),
    z.strictObject({ pattern: z.string().regex(/^\/[\w/.*?-]{0,199}$/) }),
  ])
  .meta({ id: 'CacheInvalidation', example: { tags: ['driver:DRV-0001'] } })
export type CacheInvalidation = z.infer<typeof CacheInvalidation>

/** How often the requests of a cached route were answered from where since the process began. */
const RouteCounts = z.object({
  route: z.string(),
  /** How long an answer lives at most. */
  ttlS: z.int(),
  /** From the memory of the process. */
  hit: z.int(),
  /** From Redis. */
  far: z.int(),
  /** With the computation of another request. */
  shared: z.int(),
  /** Computed. */
  miss: z.int(),
  /** Share of the requests that were not computed; null before the first. */
  hitRate: z.number().nullable(),
})

/** The cache of the process that answers. */
export const CacheStatistics = z
  .object({
    memory: z.object({ entries: z.int(), bytes: z.int(), maxBytes: z.int(), evicted: z.int() }),
    /** Null where the process has no Redis; `owed` are invalidations that it was not told yet. */
    redis: z.object({ state: z.enum(['ready', 'away', 'slow']), owed: z.int() }).nullable(),
    routes: z.array(RouteCounts),
  })
  .meta({ id: 'CacheStatistics' })
export type CacheStatistics = z.infer<typeof CacheStatistics>
