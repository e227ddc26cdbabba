import type { Broker } from '../broker/broker.ts'
import { createBrokerCounters } from '../broker/counters.ts'
import { createEmbeddedBroker } from '../broker/embedded.ts'
import { createExternalBroker } from '../broker/external.ts'
import { authenticateDevice } from '../devices/claim-device.ts'
import type { RoleContext } from './role.ts'

/**
 * The way to the devices: the broker that `MQTT_URL` names, or else the embedded one. Null for a process that needs none.
 *
 * It is not started yet, so that who listens can be set first.
 */
export function createBroker({ config, database, metrics, log }: RoleContext): Broker | null {
  const { mqttUrl, host, mqttPort: port, roles } = config
  const talks = roles.has('api') || roles.has('ingest')
  if (!talks && !roles.has('broker')) return null
  const counters = createBrokerCounters(metrics.registry)
  if (mqttUrl) return talks ? createExternalBroker({ url: mqttUrl, listens: roles.has('ingest'), counters, log }) : null
  const authenticate = (deviceId: string, password: string) => authenticateDevice(database.db, deviceId, password)
  return createEmbeddedBroker({ host, port, authenticate, counters, log })
}
