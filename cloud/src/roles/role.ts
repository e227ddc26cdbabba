import type { Cache } from '../cache/cache.ts'
import type { CacheCounters } from '../cache/counters.ts'
import type { Config } from '../config.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { LiveHub } from '../live/hub.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'

/** What every role of a process is started with. */
export interface RoleContext {
  readonly config: Config
  readonly database: OpenDatabase
  readonly metrics: Metrics
  readonly hub: LiveHub
  readonly cache: Cache
  readonly cacheCounters: CacheCounters
  readonly log: Log
  /** What is started is put here, to be stopped in the opposite order. */
  readonly parts: AsyncDisposableStack
  /** Ends the start. */
  readonly signal: AbortSignal
}
