import { createMosquitto, type MosquittoServer } from './mosquitto.ts'
import { createPostgres, type PostgresServer } from './postgres.ts'
import { createRedis, type RedisServer } from './redis.ts'
import type { Site } from './site.ts'

/** What processes of the cloud meet in. */
export interface Servers {
  postgres: PostgresServer
  mosquitto: MosquittoServer
  redis: RedisServer
  /** Their addresses, as the service reads them. */
  env: { DATABASE_URL: string; MQTT_URL: string; REDIS_URL: string }
}

/** Starts one of each. @param settings of PostgreSQL, beside the durable ones */
export async function startServers(
  site: Site,
  { settings = {} }: { settings?: Record<string, string> } = {},
): Promise<Servers> {
  const postgres = createPostgres(site, { settings })
  const [mosquitto, redis] = [await createMosquitto(site), await createRedis(site)]
  await Promise.all([postgres.start(), mosquitto.start(), redis.start()])
  const env = { DATABASE_URL: postgres.url, MQTT_URL: mosquitto.url, REDIS_URL: redis.url }
  return { postgres, mosquitto, redis, env }
}
