import type { CacheStatistics } from '@fairmile/contract/http/cache.ts'
import { cachedRoutes } from './cached-routes.ts'
import type { CacheCounters, CacheOutcome } from './counters.ts'

/** How often each cached route was answered from where, in this process. */
export async function routeCounts({ requests }: CacheCounters): Promise<CacheStatistics['routes']> {
  const { values } = await requests.get()
  return cachedRoutes.map(({ route, ttlS }) => {
    const own = values.filter(({ labels }) => labels.route === route)
    const count = (outcome: CacheOutcome) => own.find(({ labels }) => labels.outcome === outcome)?.value ?? 0
    const [hit, far, shared, miss] = [count('hit'), count('far'), count('shared'), count('miss')]
    const all = hit + far + shared + miss
    return { route, ttlS, hit, far, shared, miss, hitRate: all === 0 ? null : 1 - miss / all }
  })
}

/** Share of all requests of cached routes that were not computed; null before the first. */
export function hitRateOf(routes: CacheStatistics['routes']): number | null {
  const misses = routes.reduce((sum, { miss }) => sum + miss, 0)
  const all = routes.reduce((sum, { hit, far, shared }) => sum + hit + far + shared, misses)
  return all === 0 ? null : 1 - misses / all
}
