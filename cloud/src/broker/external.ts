import { cloudSubscriptions } from '@fairmile/contract/topics.ts'
import { connect, type MqttClient } from 'mqtt'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Broker, MessageHandler } from './broker.ts'
import type { BrokerCounters } from './counters.ts'

/** How long the first connection may take, and then the subscription, ms. */
const connectTimeoutMs = 10_000
/** How long the broker may take to answer a message, ms: many times what one needs, and less than a device waits for its ack. */
const defaultAnswerTimeoutMs = 5_000

export interface ExternalBrokerOptions {
  /** `mqtt://` or `mqtts://`, with user name and password where the broker wants them. */
  url: string
  /** Whether what devices send is wanted; who only sends to them needs none of it. @default true */
  listens?: boolean
  counters: BrokerCounters
  log: Log
  /** How long the broker may take to answer a message, ms. @default 5,000 */
  answerTimeoutMs?: number
}

/**
 * A broker that runs elsewhere (Mosquitto, EMQX); its own accounts and access lists keep devices apart.
 *
 * The session is clean: what was published while nobody listened is sent again by devices, for want of an ack. For the
 * same reason nothing waits for a broker that is away: a message to a device is given up at once then, and after
 * `answerTimeoutMs` where a connection has gone silent, which is closed and made anew.
 */
export function createExternalBroker(options: ExternalBrokerOptions): Broker {
  const { url, listens = true, counters, log, answerTimeoutMs = defaultAnswerTimeoutMs } = options
  const shown = withoutCredentials(url)
  let handle: MessageHandler = async () => {}
  let client: MqttClient | null = null
  return {
    onMessage: (handler) => {
      handle = handler
    },
    onRefused: () => {},
    async start(signal) {
      signal?.throwIfAborted()
      const opened = connect(url, { clean: true, connectTimeout: connectTimeoutMs })
      client = opened
      opened.handleMessage = (packet, done) => {
        counters.messages.inc()
        handle({ topic: packet.topic, payload: Buffer.from(packet.payload) }).then(() => done(), done)
      }
      try {
        await subscribed(opened, { listens, signal })
      } catch (cause) {
        await opened.endAsync(true)
        throw new Error(`Connecting to the MQTT broker at ${shown}: ${messageOf(cause)}`, { cause })
      }
      opened.on('error', (error) => log.warn({ error: error.message, broker: shown }, 'broker connection'))
      return shown
    },
    async publish(topic, payload, { qos, retain }) {
      if (!client?.connected || client.stream.destroyed)
        throw new Error(`Publishing on "${topic}": not connected to the broker at ${shown}`)
      const { stream } = client
      const answer = client.publishAsync(topic, Buffer.from(payload), { qos, retain })
      const messageId = client.getLastMessageId()
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => {
        late.reject(new Error(`Publishing on "${topic}": no answer from ${shown} within ${answerTimeoutMs} ms`))
        if (qos > 0) client?.removeOutgoingMessage(messageId)
        stream.destroy()
      }, answerTimeoutMs)
      try {
        await Promise.race([answer, late.promise])
      } finally {
        clearTimeout(timer)
      }
    },
    async close() {
      await client?.endAsync(true)
      client = null
    },
  }
}

/** Waits for the first connection and its subscription. @throws where it is lost, takes too long, or is not wanted any more */
async function subscribed(
  client: MqttClient,
  { listens, signal }: { listens: boolean; signal: AbortSignal | undefined },
): Promise<void> {
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined) // also lost when nobody waits here any more
  client.once('error', lost.reject)
  client.once('close', () => lost.reject(new Error('the connection was closed')))
  const limits = [AbortSignal.timeout(2 * connectTimeoutMs), ...(signal ? [signal] : [])]
  const ended = AbortSignal.any(limits)
  ended.addEventListener('abort', () => lost.reject(ended.reason))
  await Promise.race([new Promise((resolve) => client.once('connect', resolve)), lost.promise])
  if (listens) await Promise.race([client.subscribeAsync([...cloudSubscriptions], { qos: 1 }), lost.promise])
}

function withoutCredentials(url: string): string {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.toString().replace(/\/$/, '')
}
