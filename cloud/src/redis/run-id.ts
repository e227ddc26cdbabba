import type { Redis } from './connection.ts'

/**
 * The id of this run of the Redis server: another after each restart and fail-over.
 *
 * @throws Error where the server tells none
 */
export async function runIdOf(redis: Redis): Promise<string> {
  const info = await redis.info('server')
  const id = /^run_id:(\w+)/m.exec(info)?.[1]
  if (id === undefined) throw new Error('Asking Redis for its run id: INFO server tells none')
  return id.slice(0, 12)
}
