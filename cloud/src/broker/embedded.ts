import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Aedes, type AedesOptions, type Client } from 'aedes'
import type { Log } from '../log.ts'
import { whenEnded } from '../when-ended.ts'
import { cloudMayPublish, cloudMaySubscribe, mayPublish, mayRetain, maySubscribe } from './access.ts'
import type { Broker, RefusedMessage } from './broker.ts'
import type { BrokerCounters } from './counters.ts'
import { type BrokerTls, type Door, openDoor } from './doors.ts'
import { type ConnectionViolation, type GuardedConnection, guardConnection } from './guarded-connection.ts'
import { createLastWills, type LastWills } from './last-wills.ts'
import { type LoginOptions, logIn } from './login.ts'
import { createOnlineDevices, type OnlineDevices } from './online-devices.ts'
import { createPacketGuard } from './packet-guard.ts'
import type { Peer } from './peer.ts'
import { createShare, type Share, type Taker } from './share.ts'

/** A CONNECT holds an id, a password and a last will: a few hundred bytes. */
const maxConnectBytes = 4 * 1024
/** Time for a stranger to send its CONNECT, ms; a car on a poor link needs less than one. */
const connectTimeoutMs = 5_000
/** Four times the largest batch, so that a slightly wrong one is still told why. */
const maxPacketBytes = 256 * 1024
/** A device that is not heard of for one and a half times this is gone, seconds. */
const keepaliveLimitS = 300
/**
 * Bytes that a device may leave unread, beyond what the system holds for it: many times the acks of all that it may have unacked. Nothing
 * waits for a device to read, as all others would wait with it; who leaves more is cut off.
 */
const maxUnreadBytes = 64 * 1024
/** A process of the cloud is waited for, with the devices that send to it; where it reads nothing for this long it is cut off, ms. */
const drainTimeoutMs = 30_000
/** A topic that nobody may subscribe to (`access.ts`). */
const nowhere = 'refused'

export interface EmbeddedBrokerOptions extends LoginOptions {
  host: string
  /** Without TLS; 0 takes any free one, null opens none. */
  port: number | null
  /** Null opens no port with TLS. */
  tls: (BrokerTls & { readonly port: number }) | null
  counters: BrokerCounters
  log: Log
}

/** The broker in this process, which holds the connections of devices itself. */
export interface EmbeddedBroker extends Broker, Pick<OnlineDevices, 'endRevoked'> {}

/** Who a connection is. */
interface Session extends Pick<GuardedConnection, 'holdUntil'> {
  readonly peer: Peer | null
  /** Aborted when the connection has ended. */
  readonly ended: AbortSignal
  as: 'device' | 'cloud' | null
}

/** What the rules of one broker share. */
interface Rules extends EmbeddedBrokerOptions {
  readonly share: Share
  readonly online: OnlineDevices
  readonly lastWills: LastWills
  readonly sessionOf: (client: Client) => Session
  note(refused: RefusedMessage): void
}

/**
 * An MQTT 3.1.1 broker in this process, for devices and for other processes of the cloud: each device logs in as itself and
 * touches its own topics; what devices send goes to the handler, or to one of the cloud's connections that subscribed.
 *
 * Sessions are always clean and nothing is kept for who is away: what counts is acked by ingest and sent again by devices.
 */
export function createEmbeddedBroker(options: EmbeddedBrokerOptions): EmbeddedBroker {
  const { host, port, tls, counters, log } = options
  const sessions = new WeakMap<Duplex, Session>()
  const share = createShare()
  const online = createOnlineDevices()
  let note: (refused: RefusedMessage) => void = ({ payload, ...refused }) => log.warn(refused, 'message refused')
  let aedes: Aedes | null = null
  let doors: Door[] = []

  const accept = (socket: Socket, peer: Peer | null) => {
    if (aedes) guardSession(socket, { aedes, peer, sessions, counters, log, note: (refused) => note(refused) })
    else socket.destroy()
  }
  const refuse = (reason: string, detail: string) => {
    counters.refused.inc({ reason })
    log.debug({ reason, detail }, 'connection refused')
  }
  const listen = async () => {
    const open = { host, accept, refuse }
    if (tls) doors.push(await openDoor({ ...open, port: tls.port, tls }))
    if (port !== null) doors.push(await openDoor({ ...open, port, tls: null }))
  }

  const close = async () => {
    for (const door of doors) door.close()
    doors = []
    const closing = aedes
    aedes = null
    if (closing) await new Promise<void>((resolve) => closing.close(resolve))
  }

  return {
    onMessage: (handler) => share.add(handler),
    onRefused: (told) => {
      note = told
    },
    async start() {
      const sessionOf = ({ conn }: Client) =>
        sessions.get(conn as Duplex) ?? { peer: null, as: null, holdUntil: () => {}, ended: AbortSignal.abort() }
      const lastWills = createLastWills()
      const rules: Rules = { ...options, share, online, lastWills, sessionOf, note: (refused) => note(refused) }
      aedes = await createAedes(rules)
      try {
        await listen()
      } catch (error) {
        await close()
        throw error
      }
      return doors[0]?.url ?? ''
    },
    publish: (topic, payload, { qos, retain }) =>
      new Promise((resolve, reject) => {
        if (!aedes) return reject(new Error(`Publishing on "${topic}": the broker is not started`))
        const packet = { cmd: 'publish' as const, topic, payload: Buffer.from(payload), qos, retain, dup: false }
        aedes.publish(packet, (error) => (error ? reject(error) : resolve()))
      }),
    endRevoked: online.endRevoked,
    close,
  }
}

interface Entering extends Pick<Rules, 'counters' | 'log' | 'note'> {
  readonly aedes: Aedes
  readonly peer: Peer | null
  readonly sessions: WeakMap<Duplex, Session>
}

/** Gives a connection to aedes behind its guard, as of nobody yet. */
function guardSession(socket: Socket, { aedes, peer, sessions, counters, log, note }: Entering): void {
  let client: Client | null = null
  const onViolation = ({ reason, sizeBytes }: ConnectionViolation) => {
    counters.refused.inc({ reason })
    log.warn({ remote: socket.remoteAddress, device: client?.id, reason, sizeBytes }, 'connection ended')
    if (reason !== 'packet_too_large' || !client?.connected) return
    const detail = `A packet of ${sizeBytes} bytes, at most ${maxPacketBytes} are read`
    note({ deviceId: client.id, topic: '', reason: 'oversized_packet', detail, sizeBytes, payload: null })
  }
  const guard = createPacketGuard({ maxConnectBytes, maxPacketBytes })
  const isWaitedFor = () => session.as === 'cloud'
  const { connection, holdUntil } = guardConnection(socket, { guard, maxUnreadBytes, isWaitedFor, onViolation })
  const ended = new AbortController()
  whenEnded(connection, () => ended.abort())
  const session: Session = { peer, as: null, holdUntil, ended: ended.signal }
  sessions.set(connection, session)
  client = aedes.handle(connection)
}

async function createAedes(rules: Rules): Promise<Aedes> {
  const { counters, log } = rules
  const aedes = await Aedes.createBroker({
    connectTimeout: connectTimeoutMs,
    keepaliveLimit: keepaliveLimitS,
    drainTimeout: drainTimeoutMs,
    ...loginRules(rules),
    ...topicRules(rules),
  })
  aedes.on('connectionError', () => counters.refused.inc({ reason: 'connection_error' }))
  aedes.on('clientError', (client, error) => log.debug({ device: client.id, error: error.message }, 'device error'))
  return aedes
}

const loginRules = (rules: Rules): AedesOptions => ({
  preConnect: (_client, packet, done) => {
    packet.clean = true
    done(null, true)
  },
  authenticate: (client, username, password, done) => {
    const session = rules.sessionOf(client)
    rules.online.add(client)
    const claim = { clientId: client.id, username, password: password?.toString(), peer: session.peer }
    logIn(claim, rules).then((result) => {
      session.as = result.as
      if (result.as !== null) return done(null, true)
      const { returnCode, reason } = result
      rules.counters.refused.inc({ reason: 'credentials' })
      rules.log.info({ device: client.id, reason }, 'log-in refused')
      done(Object.assign(new Error(reason), { returnCode }), false)
    })
  },
})

const topicRules = ({ share, lastWills, sessionOf, note, counters }: Rules): AedesOptions => ({
  authorizePublish: (client, packet, done) => {
    if (!client) return done()
    const { topic } = packet
    const payload = packet.payload as Buffer
    if (sessionOf(client).as === 'cloud' && cloudMayPublish(topic)) return done()
    if (!mayPublish(client.id, topic)) {
      counters.refused.inc({ reason: 'foreign_topic' })
      const detail = `${client.id} may publish on its own topics alone`
      note({ deviceId: client.id, topic, reason: 'foreign_topic', detail, sizeBytes: payload.length, payload })
      // An error would end the connection, and a client of MQTT 3.1.1 sends again what was not acked, as soon as it is back and for ever. Acked
      // and dropped is the other answer that MQTT knows (MQTT-3.3.5-2); aedes has it for what goes where nobody may listen.
      Object.assign(packet, { topic: nowhere, payload: Buffer.alloc(0), retain: false })
      return done()
    }
    if (!mayRetain(topic)) packet.retain = false
    counters.messages.inc()
    const give = (signal: AbortSignal) => share.give({ topic, payload }, { qos: packet.qos === 0 ? 0 : 1, signal })
    // What comes of a closed connection is its last will, which nobody sends again: it waits on.
    const given = client.closed ? lastWills.wait(client.id, give) : give(sessionOf(client).ended)
    // What was not taken has no answer, so that it is sent again; an error would end the connection, by which acks are still on their way.
    if (given) {
      sessionOf(client).holdUntil(given)
      return void given.then(
        () => done(),
        () => {},
      )
    }
    counters.unheard.inc()
    done()
  },
  authorizeSubscribe: (client, subscription, done) => {
    const session = sessionOf(client)
    if (session.as === 'device' && maySubscribe(client.id, subscription.topic)) return done(null, subscription)
    if (session.as === 'cloud' && cloudMaySubscribe(subscription.topic)) {
      joinShare(client, share)
      // aedes knows no shared subscriptions: under this name it delivers nothing itself, but the retained states.
      return done(null, { ...subscription, topic: `$share/${subscription.topic}` })
    }
    counters.refused.inc({ reason: 'foreign_subscription' })
    done(null, null)
  },
})

/** Gives a connection of the cloud its part of what devices send, until it ends. */
function joinShare(client: Client, share: Share): void {
  const taker: Taker = ({ topic, payload }, { qos }) =>
    new Promise((resolve) => {
      client.publish({ cmd: 'publish', topic, payload, qos, retain: false, dup: false }, () => resolve())
    })
  share.add(taker)
  whenEnded(client.conn, () => share.remove(taker))
}
