import { Counter, Gauge, type Registry } from 'prom-client'

/** What the cache tells Prometheus. */
export type CacheCounters = ReturnType<typeof createCacheCounters>

/** How a request was answered: from this process, from Redis, with another's computation, or computed. */
export type CacheOutcome = 'hit' | 'far' | 'shared' | 'miss'

export function createCacheCounters(registry: Registry) {
  const registers = [registry]
  return {
    requests: new Counter({
      name: 'fairmile_cache_requests_total',
      help: 'Requests of cached routes, by route and how they were answered (hit, far: by Redis, shared: with another request, miss)',
      labelNames: ['route', 'outcome'],
      registers,
    }),
    evicted: new Counter({
      name: 'fairmile_cache_evicted_total',
      help: 'Answers that made room for others in memory',
      registers,
    }),
    refused: new Counter({
      name: 'fairmile_cache_refused_total',
      help: 'Answers not kept: invalidated while they were computed (stale), or too large',
      labelNames: ['reason'],
      registers,
    }),
    invalidations: new Counter({
      name: 'fairmile_cache_invalidations_total',
      help: 'Invalidations, by what was named (tags, pattern, all) and by whom (here, elsewhere)',
      labelNames: ['what', 'from'],
      registers,
    }),
    farFailures: new Counter({
      name: 'fairmile_cache_redis_failures_total',
      help: 'Questions to Redis that were given up or not asked, by reason (away, slow, error, busy, foreign)',
      labelNames: ['reason'],
      registers,
    }),
    bytes: new Gauge({ name: 'fairmile_cache_memory_bytes', help: 'Bytes of answers in memory', registers }),
  }
}
