import { tagOf } from './tags.ts'

/** A route whose answers are kept: for how long at most, and what they depend on. */
export interface CachedRoute {
  /** As in the API's description. */
  readonly route: string
  readonly ttlS: number
  /** What makes an answer stale before its time, by the id in the path. */
  readonly tags: (id: string) => readonly string[]
}

const minute = 60
const hour = 3600
const ofDriver = (id: string) => [tagOf.driver(id)]
const ofTrip = (id: string) => [tagOf.trip(id)]

/**
 * Every route whose answers are kept. What an event or a change through the API makes stale may live an hour; what something else can
 * change (a trip that begins, a device that is seen, telematics and events that come late, points that are settled) lives a minute.
 */
export const cachedRoutes: readonly CachedRoute[] = [
  { route: '/api/v1/drivers/{driverId}/score', ttlS: hour, tags: ofDriver },
  { route: '/api/v1/drivers/{driverId}/reasons', ttlS: hour, tags: (id) => [tagOf.driver(id), tagOf.models] },
  { route: '/api/v1/drivers/{driverId}/breakdown', ttlS: hour, tags: (id) => [tagOf.driver(id), tagOf.models] },
  { route: '/api/v1/drivers/{driverId}/comparison', ttlS: hour, tags: (id) => [tagOf.driver(id), tagOf.models] },
  { route: '/api/v1/drivers/{driverId}/recommendations', ttlS: hour, tags: (id) => [tagOf.driver(id), tagOf.models] },
  { route: '/api/v1/drivers/{driverId}/trend', ttlS: hour, tags: ofDriver },
  { route: '/api/v1/drivers/{driverId}/statistics', ttlS: minute, tags: ofDriver },
  { route: '/api/v1/drivers/{driverId}/features', ttlS: hour, tags: (id) => [tagOf.driver(id), tagOf.models] },
  { route: '/api/v1/drivers/{driverId}/premium', ttlS: hour, tags: ofDriver },
  { route: '/api/v1/drivers/{driverId}/receipts', ttlS: hour, tags: ofDriver },
  { route: '/api/v1/drivers/{driverId}/rewards', ttlS: minute, tags: ofDriver },
  { route: '/api/v1/drivers/{driverId}/trips', ttlS: minute, tags: ofDriver },
  { route: '/api/v1/drivers/{driverId}', ttlS: 10 * minute, tags: ofDriver },
  { route: '/api/v1/drivers', ttlS: 10 * minute, tags: () => [tagOf.drivers] },
  { route: '/api/v1/trips/{tripId}', ttlS: 10 * minute, tags: ofTrip },
  { route: '/api/v1/trips/{tripId}/path', ttlS: minute, tags: ofTrip },
  { route: '/api/v1/trips/{tripId}/events', ttlS: minute, tags: ofTrip },
  { route: '/api/v1/leader-boards/{boardId}', ttlS: minute, tags: () => [tagOf.leaderBoards] },
  { route: '/api/v1/devices', ttlS: minute, tags: () => [tagOf.devices] },
  { route: '/api/v1/admin/overview', ttlS: minute, tags: () => [tagOf.drivers, tagOf.devices] },
  { route: '/api/v1/admin/models', ttlS: 10 * minute, tags: () => [tagOf.models] },
  { route: '/api/v1/admin/models/drift', ttlS: 10 * minute, tags: () => [tagOf.models] },
  { route: '/api/v1/admin/models/agreement', ttlS: 10 * minute, tags: () => [tagOf.models] },
]

const table = cachedRoutes.map((cached) => ({
  cached,
  pattern: new RegExp(`^${cached.route.replaceAll(/\{\w+\}/g, '([A-Z]{3}-[0-9A-Z]{1,26})')}$`),
}))

/** The cached route that takes a path, and what its answer depends on; null where answers are not kept. */
export function cachedRouteOf(path: string): { cached: CachedRoute; tags: readonly string[] } | null {
  for (const { cached, pattern } of table) {
    const found = pattern.exec(path)
    if (found) return { cached, tags: cached.tags(found[1] ?? '') }
  }
  return null
}
