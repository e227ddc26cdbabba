import type { Cache } from '../cache/cache.ts'
import { tagsOf } from '../cache/tags.ts'
import type { Handler } from './consumers.ts'

/** Makes stale what a domain event changes. It may be told of an event twice. */
export function createCacheConsumer({ cache }: { cache: Pick<Cache, 'invalidate'> }): Handler {
  return async (_tx, event) => {
    const tags = tagsOf(event)
    if (tags.length > 0) await cache.invalidate({ tags })
  }
}
