import { Socket } from 'node:net'
import { connect, type ErrorWithReasonCode, type MqttClient } from 'mqtt'
import type { After } from '../clock.ts'
import type { Log } from '../log.ts'
import { createBackOff } from './back-off.ts'
import { type Credentials, firstShown, loginOptions } from './credentials.ts'

/** The broker and the agent must hear of each other at least this often, seconds; they give up after one and a half times. */
const defaultKeepaliveS = 30
/** Time for TCP, TLS and the log-in, milliseconds; a poor link needs a few seconds. */
const connectTimeoutMs = 15_000
/** Waits between tries: the first at once or nearly, then up to two minutes. */
const tries = { baseMs: 500, maxMs: 120_000 }
/** Wrong credentials do not mend themselves: between one and thirty minutes. */
const refusedTries = { baseMs: 120_000, maxMs: 1_800_000 }
/** A goodbye that a dead link may not delay, milliseconds. */
const goodbyeMs = 400
/** CONNACK return codes that say who you are is wrong (MQTT 3.1.1, 3.2.2.3). */
const refusals = new Set([2, 4, 5])

/** A message as it goes out or waits as last will. */
export interface Outgoing {
  topic: string
  payload: string | Buffer
  qos: 0 | 1
  retain: boolean
}

export interface ConnectionOptions {
  url: string
  credentials: Credentials
  /** How often broker and agent must hear of each other, seconds. @default 30 */
  keepaliveS?: number
  subscribe: string
  /** Published by the broker when the connection ends without a goodbye. Asked for at each connection. */
  lastWill: () => Outgoing
  onConnect: () => void
  onDisconnect: () => void
  onMessage: (topic: string, payload: Buffer) => void
  after: After
  random: () => number
  log: Log
}

/** A connection to the broker that is always being made again until it is stopped. */
export interface Connection {
  start(): void
  readonly connected: boolean
  /** Resolves when the message has left (QoS 0) or the broker has it (QoS 1); rejects where the connection ends before. */
  publish(message: Outgoing): Promise<void>
  /** Says `last`, then goodbye; gives up on a dead link soon. May be called twice. */
  stop(last?: Outgoing): Promise<void>
}

/** Makes the agent's one connection. Nothing is queued in it: what was not acked is sent again from the outbox. */
export function createConnection(options: ConnectionOptions): Connection {
  const { url, credentials, keepaliveS = defaultKeepaliveS, log, after, random } = options
  const { device } = credentials
  const backOff = createBackOff({ ...tries, random })
  const refusedBackOff = createBackOff({ ...refusedTries, random })
  let client: MqttClient | null = null
  let cancelRetry: (() => void) | null = null
  let online = false
  let stopped = false
  let shown = firstShown(url, credentials)

  const open = (): void => {
    let failure: Error | null = null
    let closed = false
    const opening = connect(url, {
      ...loginOptions(url, credentials, shown),
      clean: true,
      keepalive: keepaliveS,
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: 0,
      queueQoSZero: false,
      will: willOf(options.lastWill()),
    })
    client = opening
    opening.on('connect', () => {
      // Small packets wait for no others (Nagle's algorithm): with the broker's delayed acknowledgement each would cost 40 ms.
      if (opening.stream instanceof Socket) opening.stream.setNoDelay(true)
      opening.subscribe(options.subscribe, { qos: 1 }, (error) => {
        if (error) {
          failure = error
          opening.end(true)
          return
        }
        online = true
        backOff.reset()
        refusedBackOff.reset()
        log.info({ url: withoutSecrets(url), by: shown }, 'connected to the broker')
        options.onConnect()
      })
    })
    opening.on('message', options.onMessage)
    opening.on('error', (error) => {
      failure = error
    })
    opening.on('close', () => {
      if (closed) return
      closed = true
      lost(opening, failure)
    })
  }

  const lost = (ended: MqttClient, failure: Error | null): void => {
    ended.end(true)
    if (client === ended) client = null
    if (online) options.onDisconnect()
    const was = online
    online = false
    if (stopped) return
    const refusedCertificate = !was && shown === 'certificate' && isCertificateRefusal(failure)
    // Whatever ended it: the other proof may work where this one did not.
    if (!was) shown = shown === 'certificate' ? 'password' : firstShown(url, credentials)
    if (refusedCertificate) {
      log.warn(
        { url: withoutSecrets(url), reason: failure?.message },
        'the broker does not take the certificate; trying the password',
      )
      cancelRetry = after(0, again)
      return
    }
    const refused = isRefusal(failure)
    const waitMs = refused ? refusedTries.baseMs / 2 + refusedBackOff.next() : backOff.next()
    const reason = failure?.message ?? 'the connection ended'
    if (refused)
      log.error(
        { url: withoutSecrets(url), device, reason, waitMs },
        'the broker refused this device’s id and password; recording goes on. Have the device claimed again: put a new FAIRMILE_CLAIM_CODE and remove device.json once the outbox is empty',
      )
    else log[was ? 'warn' : 'info']({ url: withoutSecrets(url), reason, waitMs }, 'not connected to the broker')
    cancelRetry = after(waitMs, again)
  }
  const again = (): void => {
    cancelRetry = null
    if (!stopped) open()
  }

  return {
    start() {
      if (client === null && cancelRetry === null && !stopped) open()
    },
    get connected() {
      return online
    },
    async publish({ topic, payload, qos, retain }) {
      if (client === null || !online) throw new Error(`Publishing on "${topic}": not connected`)
      await client.publishAsync(topic, payload, { qos, retain })
    },
    async stop(last) {
      stopped = true
      cancelRetry?.()
      const ending = client
      if (ending === null) return
      const polite = async () => {
        if (online && last) await ending.publishAsync(last.topic, last.payload, { qos: last.qos, retain: last.retain })
        await ending.endAsync(!online)
      }
      await Promise.race([polite().catch(() => {}), new Promise<void>((resolve) => void after(goodbyeMs, resolve))])
      ending.end(true)
    },
  }
}

const willOf = ({ topic, payload, qos, retain }: Outgoing) => ({ topic, payload: Buffer.from(payload), qos, retain })

const isRefusal = (error: Error | null): boolean => refusals.has((error as ErrorWithReasonCode | null)?.code ?? -1)

/** What a broker's TLS says of a certificate that it does not take (RFC 8446, 6), or its log-in of the device that it names. */
const isCertificateRefusal = (error: Error | null): boolean =>
  isRefusal(error) || /^ERR_SSL_.*(ALERT|CERT)/.test((error as NodeJS.ErrnoException | null)?.code?.toString() ?? '')

/** The address without a user or password that someone put into it. */
function withoutSecrets(text: string): string {
  const url = new URL(text)
  url.username = ''
  url.password = ''
  return url.href
}
