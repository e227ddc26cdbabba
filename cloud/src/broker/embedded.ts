import { createServer, type Socket } from 'node:net'
import { Aedes, type AedesOptions, type Client } from 'aedes'
import { UsageError } from '../errors.ts'
import type { Log } from '../log.ts'
import { mayPublish, mayRetain, maySubscribe } from './access.ts'
import type { Broker, MessageHandler, RefusedMessage } from './broker.ts'
import type { BrokerCounters } from './counters.ts'
import { guardConnection } from './guarded-connection.ts'
import { createPacketGuard, type PacketViolation } from './packet-guard.ts'

/** A CONNECT holds an id, a password and a last will: a few hundred bytes. */
const maxConnectBytes = 4 * 1024
/** Time for a stranger to send its CONNECT, ms; a car on a poor link needs less than one. */
const connectTimeoutMs = 5_000
/** Four times the largest batch, so that a slightly wrong one is still told why. */
const maxPacketBytes = 256 * 1024
/** File descriptors and about 50 KiB each; one process serves no more devices than this. */
const maxConnections = 5_000
/** A device that is not heard of for one and a half times this is gone, seconds. */
const keepaliveLimitS = 300

/** CONNACK return codes (MQTT 3.1.1, 3.2.2.3). */
const identifierRejected = 2
const badCredentials = 4

export interface EmbeddedBrokerOptions {
  host: string
  /** 0 takes any free one. */
  port: number
  /** True where this is the device's password. */
  authenticate: (deviceId: string, password: string) => Promise<boolean>
  counters: BrokerCounters
  log: Log
}

/**
 * An MQTT 3.1.1 broker in this process, for devices alone: each logs in as itself and touches its own topics.
 *
 * Sessions are always clean and nothing is kept for who is away: what counts is acked by ingest and sent again by devices.
 */
export function createEmbeddedBroker(options: EmbeddedBrokerOptions): Broker {
  const { host, port, counters, log } = options
  let handle: MessageHandler = async () => {}
  let note: (refused: RefusedMessage) => void = () => {}
  let aedes: Aedes | null = null
  const server = createServer({ noDelay: true })
  server.maxConnections = maxConnections
  server.on('drop', () => counters.refused.inc({ reason: 'too_many_connections' }))
  server.on('connection', (socket) => {
    if (aedes) accept(socket, aedes)
    else socket.destroy()
  })

  const accept = (socket: Socket, broker: Aedes) => {
    let client: Client | null = null
    const onViolation = ({ reason, sizeBytes }: PacketViolation) => {
      counters.refused.inc({ reason })
      log.warn({ remote: socket.remoteAddress, device: client?.id, reason, sizeBytes }, 'connection ended')
      if (reason !== 'packet_too_large' || !client?.connected) return
      const detail = `A packet of ${sizeBytes} bytes, at most ${maxPacketBytes} are read`
      note({
        deviceId: client.id,
        topic: '',
        reason: 'oversized_packet',
        detail,
        sizeBytes,
        payload: null,
      })
    }
    const guard = createPacketGuard({ maxConnectBytes, maxPacketBytes })
    client = broker.handle(guardConnection(socket, { guard, onViolation }))
  }

  const close = async () => {
    if (server.listening) server.close()
    const closing = aedes
    aedes = null
    if (closing) await new Promise<void>((resolve) => closing.close(resolve))
  }

  return {
    onMessage: (handler) => {
      handle = handler
    },
    onRefused: (told) => {
      note = told
    },
    async start() {
      aedes = await Aedes.createBroker(
        handlers(
          options,
          (message) => handle(message),
          (refused) => note(refused),
        ),
      )
      aedes.on('connectionError', () => counters.refused.inc({ reason: 'connection_error' }))
      aedes.on('clientError', (client, error) => log.debug({ device: client.id, error: error.message }, 'device error'))
      try {
        await new Promise<void>((resolve, reject) => {
          server.once('error', (cause) => reject(listenError(cause, host, port)))
          server.listen(port, host, resolve)
        })
      } catch (error) {
        await close()
        throw error
      }
      const address = server.address()
      return `mqtt://${host}:${address && typeof address === 'object' ? address.port : port}`
    },
    publish: (topic, payload, { qos, retain }) =>
      new Promise((resolve, reject) => {
        if (!aedes) return reject(new Error(`Publishing on "${topic}": the broker is not started`))
        const packet = { cmd: 'publish' as const, topic, payload: Buffer.from(payload), qos, retain, dup: false }
        aedes.publish(packet, (error) => (error ? reject(error) : resolve()))
      }),
    close,
  }
}

function handlers(
  { authenticate, counters }: EmbeddedBrokerOptions,
  handle: MessageHandler,
  note: (refused: RefusedMessage) => void,
): AedesOptions {
  return {
    connectTimeout: connectTimeoutMs,
    keepaliveLimit: keepaliveLimitS,
    preConnect: (_client, packet, done) => {
      packet.clean = true
      done(null, true)
    },
    authenticate: (client, username, password, done) => {
      const refuse = (returnCode: 2 | 4, message: string) => {
        counters.refused.inc({ reason: 'credentials' })
        done(Object.assign(new Error(message), { returnCode }), false)
      }
      if (!username || !password) return refuse(badCredentials, 'a device id and its password are needed')
      if (client.id !== username) return refuse(identifierRejected, 'the client id must be the device id')
      authenticate(username, password.toString()).then(
        (known) => (known ? done(null, true) : refuse(badCredentials, 'unknown device or wrong password')),
        (error) => done(Object.assign(new Error(String(error)), { returnCode: 3 as const }), false),
      )
    },
    authorizePublish: (client, packet, done) => {
      if (!client) return done()
      const payload = Buffer.from(packet.payload)
      if (!mayPublish(client.id, packet.topic)) {
        counters.refused.inc({ reason: 'foreign_topic' })
        const detail = `${client.id} may publish on its own topics alone`
        const { topic } = packet
        note({
          deviceId: client.id,
          topic,
          reason: 'foreign_topic',
          detail,
          sizeBytes: payload.length,
          payload,
        })
        return done(new Error(detail))
      }
      if (!mayRetain(packet.topic)) packet.retain = false
      counters.messages.inc()
      handle({ topic: packet.topic, payload }).then(() => done(), done)
    },
    authorizeSubscribe: (client, subscription, done) => {
      if (maySubscribe(client.id, subscription.topic)) return done(null, subscription)
      counters.refused.inc({ reason: 'foreign_subscription' })
      done(null, null)
    },
  }
}

function listenError(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  const why = cause.code === 'EADDRINUSE' ? 'the port is in use. Stop what uses it or set MQTT_PORT' : cause.message
  return new UsageError(`Starting the MQTT broker on ${host}:${port}: ${why}`, { cause })
}
