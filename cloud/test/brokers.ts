import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair, type KeyPair, privateKeyPem } from '@fairmile/contract/chain.ts'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { Registry } from 'prom-client'
import { freePort } from '../../scripts/free-port.ts'
import type { Broker } from '../src/broker/broker.ts'
import {
  certifyDevice,
  certifyServer,
  type KeyedCertificate,
  makeAuthority,
  serialOf,
} from '../src/broker/certificates.ts'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createEmbeddedBroker } from '../src/broker/embedded.ts'
import { createExternalBroker } from '../src/broker/external.ts'
import { mosquittoHash } from '../src/broker/mosquitto-hash.ts'
import { writeMosquitto } from '../src/broker/write-mosquitto.ts'
import { createLog } from '../src/log.ts'
import { startMosquitto } from './mosquitto.ts'

/** A device that the brokers of this file know. */
export interface BrokerDevice {
  id: string
  password: string
  keys: KeyPair
  certificate: string
}

/** A running broker with one process of the cloud at it. */
export interface RunningBroker extends AsyncDisposable {
  /** The cloud's side; `onMessage` was given before its start. */
  cloud: Broker
  /** One more process of the cloud; null where the broker is in the cloud's own process. */
  another: ((onMessage: Parameters<Broker['onMessage']>[0]) => Promise<Broker>) | null
  logIn(device: BrokerDevice, by: 'password' | 'certificate', options?: IClientOptions): Promise<MqttClient>
  /** Ends the broker without a goodbye and starts it again. */
  restart(): Promise<void>
}

/** A way that devices and the cloud meet; the same tests run on each. */
export interface BrokerEngine {
  name: 'embedded' | 'embedded, as its own process' | 'Mosquitto'
  start(known: BrokerFleet, onMessage: Parameters<Broker['onMessage']>[0]): Promise<RunningBroker>
}

/** Devices with an authority of their own. */
export interface BrokerFleet {
  authority: KeyedCertificate
  devices: BrokerDevice[]
  /** Ids of devices that are refused. */
  revoked: Set<string>
}

const silent = createLog({ level: 'silent' })
const counters = () => createBrokerCounters(new Registry())

/** Makes devices DEV-1 … DEV-n. */
export async function makeFleet(n: number): Promise<BrokerFleet> {
  const authority = await makeAuthority()
  const devices: BrokerDevice[] = []
  for (let i = 1; i <= n; i++) {
    const keys = generateKeyPair()
    const certificate = await certifyDevice(authority, { deviceId: `DEV-${i}`, publicKey: keys.publicKey })
    devices.push({ id: `DEV-${i}`, password: `password of ${i}`, keys, certificate })
  }
  return { authority, devices, revoked: new Set() }
}

/** Logs a device in at the address for its kind of proof. */
async function logInAt(
  urls: { password: string; certificate: string },
  authority: string,
  { device, by, options = {} }: { device: BrokerDevice; by: 'password' | 'certificate'; options?: IClientOptions },
): Promise<MqttClient> {
  const { id, password, keys, certificate } = device
  const proof =
    by === 'password' ? { username: id, password } : { cert: certificate, key: privateKeyPem(keys.privateKey) }
  const login = { clientId: id, ca: authority, reconnectPeriod: 0, ...proof, ...options }
  const client = await connectAsync(urls[by], login, false)
  client.on('error', () => {})
  return client
}

const cloudPassword = 'password of the cloud'

function embeddedOn({ authority, devices, revoked }: BrokerFleet, identity: KeyedCertificate, tlsPort: number) {
  return createEmbeddedBroker({
    ...{ host: '127.0.0.1', port: null, cloudPassword, counters: counters(), log: silent },
    tls: { identity, authority: authority.certificate, port: tlsPort },
    authenticate: async (id, proof) => {
      const known = revoked.has(id) ? undefined : devices.find((device) => device.id === id)
      return 'password' in proof ? known?.password === proof.password : known?.keys.publicKey === proof.publicKey
    },
  })
}

const embedded: BrokerEngine = {
  name: 'embedded',
  async start(fleet, onMessage) {
    const port = await freePort()
    const identity = await certifyServer(fleet.authority, ['127.0.0.1'])
    const make = () => {
      const made = embeddedOn(fleet, identity, port)
      made.onMessage(onMessage)
      return made
    }
    let cloud = make()
    const url = await cloud.start()
    return {
      cloud: { ...cloud, publish: (...args) => cloud.publish(...args) },
      another: null,
      logIn: (device, by, options) =>
        logInAt({ password: url, certificate: url }, fleet.authority.certificate, {
          device,
          by,
          ...(options && { options }),
        }),
      async restart() {
        await cloud.close()
        cloud = make()
        await cloud.start()
      },
      [Symbol.asyncDispose]: () => cloud.close(),
    }
  },
}

const embeddedApart: BrokerEngine = {
  name: 'embedded, as its own process',
  async start(fleet, onMessage) {
    const port = await freePort()
    const identity = await certifyServer(fleet.authority, ['127.0.0.1'])
    let broker = embeddedOn(fleet, identity, port)
    const url = await broker.start()
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-broker-'))
    const [passwordFile, caFile] = [join(folder, 'password'), join(folder, 'ca')]
    writeFileSync(passwordFile, cloudPassword)
    writeFileSync(caFile, fleet.authority.certificate)
    const join_ = (taken: typeof onMessage) => joinAt({ url, passwordFile, caFile }, taken)
    const clouds = [await join_(onMessage)]
    return {
      cloud: clouds[0]!,
      async another(taken) {
        const joined = await join_(taken)
        clouds.push(joined)
        return joined
      },
      logIn: (device, by, options) =>
        logInAt({ password: url, certificate: url }, fleet.authority.certificate, {
          device,
          by,
          ...(options && { options }),
        }),
      async restart() {
        await broker.close()
        broker = embeddedOn(fleet, identity, port)
        await broker.start()
      },
      async [Symbol.asyncDispose]() {
        for (const cloud of clouds) await cloud.close()
        await broker.close()
        rmSync(folder, { recursive: true })
      },
    }
  },
}

const mosquitto: BrokerEngine = {
  name: 'Mosquitto',
  async start({ authority, devices, revoked }, onMessage) {
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-broker-'))
    const [certificatePort, passwordPort, cloudPort] = [await freePort(), await freePort(), await freePort()]
    const known = devices.map(async ({ id, password }) => ({
      id,
      passwordHash: revoked.has(id) ? null : await mosquittoHash(password),
    }))
    const { config, passwordFile } = await writeMosquitto({
      ...{ folder, user: userInfo().username, address: '127.0.0.1', hosts: ['127.0.0.1'] },
      ...{ certificatePort, passwordPort, cloud: { address: '127.0.0.1', port: cloudPort } },
      ...{ authority, devices: await Promise.all(known) },
      revoked: devices.filter(({ id }) => revoked.has(id)).map(({ certificate }) => serialOf(certificate)),
    })
    let server = await startMosquitto(config)
    const url = `mqtt://127.0.0.1:${cloudPort}`
    const clouds = [await joinAt({ url, passwordFile, clientId: 'fairmile-ingest-1' }, onMessage)]
    const urls = { password: `mqtts://127.0.0.1:${passwordPort}`, certificate: `mqtts://127.0.0.1:${certificatePort}` }
    return {
      cloud: clouds[0]!,
      async another(taken) {
        const clientId = `fairmile-ingest-${clouds.length + 1}`
        const joined = await joinAt({ url, passwordFile, clientId }, taken)
        clouds.push(joined)
        return joined
      },
      logIn: (device, by, options) =>
        logInAt(urls, readFileSync(join(folder, 'ca.crt'), 'utf8'), { device, by, ...(options && { options }) }),
      async restart() {
        await server.kill()
        server = await startMosquitto(config)
      },
      async [Symbol.asyncDispose]() {
        for (const cloud of clouds) await cloud.close()
        await server.kill()
        rmSync(folder, { recursive: true })
      },
    }
  },
}

async function joinAt(
  where: { url: string; passwordFile: string; caFile?: string; clientId?: string },
  onMessage: Parameters<Broker['onMessage']>[0],
): Promise<Broker> {
  const cloud = createExternalBroker({ ...where, counters: counters(), log: silent })
  cloud.onMessage(onMessage)
  await cloud.start()
  return cloud
}

/** Every way that devices and the cloud meet. */
export const brokerEngines: readonly BrokerEngine[] = [embedded, embeddedApart, mosquitto]
