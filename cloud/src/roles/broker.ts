import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { loadAuthority } from '../broker/authority.ts'
import type { Broker } from '../broker/broker.ts'
import { certifyServer, type KeyedCertificate } from '../broker/certificates.ts'
import { createBrokerCounters } from '../broker/counters.ts'
import type { BrokerTls } from '../broker/doors.ts'
import { createEmbeddedBroker } from '../broker/embedded.ts'
import { createExternalBroker } from '../broker/external.ts'
import type { Config } from '../config.ts'
import { authenticateDevice, type DeviceProof } from '../devices/claim-device.ts'
import { watchRevocations } from '../devices/watch-revocations.ts'
import { UsageError } from '../errors.ts'
import type { RoleContext } from './role.ts'

/** The way to the devices, and who certifies them. */
export interface DeviceSide {
  /** Null for a process that has no way to the devices. */
  readonly broker: Broker | null
  /** Null for a process that certifies nobody. */
  readonly authority: KeyedCertificate | null
}

/**
 * The way to the devices: the broker that `MQTT_URL` names, or else the embedded one.
 *
 * It is not started yet, so that who listens can be set first.
 */
export async function createBroker(context: RoleContext): Promise<DeviceSide> {
  const { config, database, metrics, log } = context
  const { mqttUrl: url, host, mqttPort: port, roles } = config
  const talks = roles.has('api') || roles.has('ingest')
  const embedded = url === undefined
  const authority = roles.has('api') || embedded ? await loadAuthority(config.authorityDir) : null
  if (!talks && !(embedded && roles.has('broker'))) return { broker: null, authority }
  const counters = createBrokerCounters(metrics.registry)
  if (!embedded) {
    const { mqttPasswordFile: passwordFile, mqttCaFile: caFile, mqttIdentity: identity, instance } = config
    const listens = roles.has('ingest')
    const clientId = listens && instance !== undefined ? `fairmile-ingest-${instance}` : undefined
    const broker = createExternalBroker({ url, listens, clientId, passwordFile, caFile, identity, counters, log })
    return { broker, authority }
  }
  const authenticate = (deviceId: string, proof: DeviceProof) => authenticateDevice(database.db, deviceId, proof)
  const cloudPassword = passwordOf(config)
  const tls = authority && (await tlsOf(config, authority))
  const broker = createEmbeddedBroker({ host, port, tls, authenticate, cloudPassword, counters, log })
  context.parts.defer(await watchRevocations({ database, broker, log }))
  return { broker, authority }
}

async function tlsOf(config: Config, authority: KeyedCertificate): Promise<(BrokerTls & { port: number }) | null> {
  const { mqttTlsPort: port, mqttIdentity: files } = config
  if (port === null) return null
  const identity = files
    ? { certificate: read('MQTT_CERT_FILE', files.certFile), key: read('MQTT_KEY_FILE', files.keyFile) }
    : await certifyServer(authority, hostsOf(config))
  return { port, identity, authority: authority.certificate }
}

/** The names that devices may reach the embedded broker under. */
function hostsOf({ host, mqttPublicUrl }: Config): string[] {
  const told = mqttPublicUrl ? [new URL(mqttPublicUrl).hostname] : []
  return [...new Set([...told, hostname(), host, 'localhost', '127.0.0.1'])]
}

function passwordOf({ mqttPasswordFile: file }: Config): string | null {
  if (file === undefined) return null
  const password = read('MQTT_PASSWORD_FILE', file).trim()
  if (password === '') throw new UsageError(`Reading MQTT_PASSWORD_FILE "${file}": it is empty`)
  return password
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`Reading ${name} "${path}": ${String(cause)}`, { cause })
  }
}
