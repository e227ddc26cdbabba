import { connect, type MqttClient } from 'mqtt'

/** First and longest wait before a lost connection is made again, ms; drawn from the whole range. */
const firstRetryMs = 50
const maxRetryMs = 1_000

/** A connection to a broker that is always made again, with nothing of the one before in it. */
export interface Link {
  readonly connected: boolean
  /** Publishes with QoS 1. @throws where there is no connection, or it ends before the broker has it */
  publish(topic: string, payload: Buffer): Promise<void>
  close(): void
}

export interface LinkOptions {
  url: string
  clientId: string
  password?: string
  subscribe: string
  /** The subscription stands. */
  onUp: () => void
  onDown: () => void
  onMessage: (topic: string, payload: Buffer) => void
  /** The broker must hear of it at least this often, s. @default 30 */
  keepaliveS?: number
}

export function openLink(options: LinkOptions): Link {
  const { url, clientId, password, subscribe, onUp, onDown, onMessage, keepaliveS = 30 } = options
  let client: MqttClient | null = null
  let up = false
  let closed = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  const open = (): void => {
    const opening = connect(url, {
      clientId,
      ...(password !== undefined && { username: clientId, password }),
      ...{ clean: true, keepalive: keepaliveS, reconnectPeriod: 0, connectTimeout: 5_000 },
    })
    client = opening
    opening.on('connect', () =>
      opening.subscribe(subscribe, { qos: 1 }, (error) => {
        if (error || closed) return void opening.end(true)
        up = true
        failures = 0
        onUp()
      }),
    )
    opening.on('message', onMessage)
    opening.on('error', () => undefined) // "close" follows
    opening.once('close', () => {
      opening.end(true)
      if (up) onDown()
      up = false
      if (closed) return
      timer = setTimeout(open, Math.random() * Math.min(maxRetryMs, firstRetryMs * 2 ** failures++))
    })
  }
  open()
  return {
    get connected() {
      return up
    },
    async publish(topic, payload) {
      if (!up || client === null) throw new Error(`Publishing on "${topic}": not connected`)
      await client.publishAsync(topic, payload, { qos: 1 })
    },
    close() {
      closed = true
      clearTimeout(timer)
      client?.end(true)
    },
  }
}
