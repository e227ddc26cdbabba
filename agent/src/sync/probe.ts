import { deviceSubscription } from '@fairmile/contract/topics.ts'
import { connectAsync } from 'mqtt'
import { type Credentials, firstShown, loginOptions } from './credentials.ts'

/** TCP, TLS and log-in; a poor link needs a few seconds. Milliseconds. */
const connectMs = 8000
const subscribeMs = 5000
/** What the broker grants a subscription that it refuses (MQTT 3.1.1, 3.9.3). */
const refused = 128

/** How long a broker took. */
interface BrokerTimes {
  connectMs: number
  /** A subscription of the device's own topics, there and back. */
  roundTripMs: number
}

/**
 * Connects to the broker as the device does, and asks for its own topics.
 *
 * An agent that runs under the same id would be cut off: to be used only while none does.
 * @throws {Error} with the broker's or the network's reason
 */
export async function probeBroker(url: string, credentials: Credentials): Promise<BrokerTimes> {
  const { device } = credentials
  const startedMs = performance.now()
  const client = await connectAsync(url, {
    ...loginOptions(url, credentials, firstShown(url, credentials)),
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: connectMs,
  })
  try {
    const connectedMs = performance.now()
    const late = AbortSignal.timeout(subscribeMs)
    const grants = await Promise.race([
      client.subscribeAsync(deviceSubscription(device), { qos: 1 }),
      new Promise<never>((_, reject) => {
        late.addEventListener('abort', () =>
          reject(new Error(`no answer to a subscription in ${subscribeMs / 1000} s`)),
        )
      }),
    ])
    if (grants.some(({ qos }) => qos === refused)) throw new Error('the broker refuses the device its own topics')
    return { connectMs: connectedMs - startedMs, roundTripMs: performance.now() - connectedMs }
  } finally {
    client.end(true)
  }
}
