import { cloudSubscriptions } from '@fairmile/contract/topics.ts'
import { connectAsync, type MqttClient } from 'mqtt'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Broker, MessageHandler } from './broker.ts'
import type { BrokerCounters } from './counters.ts'

/** How long the first connection may take, ms. */
const connectTimeoutMs = 10_000

export interface ExternalBrokerOptions {
  /** `mqtt://` or `mqtts://`, with user name and password where the broker wants them. */
  url: string
  counters: BrokerCounters
  log: Log
}

/**
 * A broker that runs elsewhere (Mosquitto, EMQX); its own accounts and access lists keep devices apart.
 *
 * The session is clean: what was published while nobody listened is sent again by devices, for want of an ack.
 */
export function createExternalBroker({ url, counters, log }: ExternalBrokerOptions): Broker {
  const shown = withoutCredentials(url)
  let handle: MessageHandler = async () => {}
  let client: MqttClient | null = null
  return {
    onMessage: (handler) => {
      handle = handler
    },
    onRefused: () => {},
    async start() {
      try {
        client = await connectAsync(url, { clean: true, connectTimeout: connectTimeoutMs }, false)
      } catch (cause) {
        throw new Error(`Connecting to the MQTT broker at ${shown}: ${messageOf(cause)}`, { cause })
      }
      client.on('error', (error) => log.warn({ error: error.message, broker: shown }, 'broker connection'))
      client.handleMessage = (packet, done) => {
        counters.messages.inc()
        handle({ topic: packet.topic, payload: Buffer.from(packet.payload) }).then(() => done(), done)
      }
      await client.subscribeAsync([...cloudSubscriptions], { qos: 1 })
      return shown
    },
    async publish(topic, payload, { qos, retain }) {
      if (!client) throw new Error(`Publishing on "${topic}": the broker is not started`)
      await client.publishAsync(topic, Buffer.from(payload), { qos, retain })
    },
    async close() {
      await client?.endAsync()
      client = null
    },
  }
}

function withoutCredentials(url: string): string {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.toString().replace(/\/$/, '')
}
