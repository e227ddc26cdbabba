import type { DeviceState } from '@fairmile/contract/device-messages.ts'
import type { LiveState } from '@fairmile/contract/live.ts'
import { deviceSubscription, streams } from '@fairmile/contract/topics.ts'
import type { After } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { createConnection, type Outgoing } from './connection.ts'
import { createUplink, type UplinkCounters } from './uplink.ts'

export interface SyncOptions {
  /** Address of the broker, `mqtt://` or `mqtts://`. */
  url: string
  device: string
  password: string
  agentVersion: string
  outbox: Pick<Outbox, 'boot' | 'nextBatch' | 'acknowledge'>
  wallMs: () => number
  after: After
  /** Uniform in [0, 1). */
  random: () => number
  log: Log
}

/** What the sync has done since its start. */
export interface SyncCounters extends UplinkCounters {
  /** Live states not sent because there was no connection, or a newer one came while the one before was leaving. */
  liveDropped: number
  /** Messages from the cloud that could not be read. */
  unreadable: number
}

/** Everything between the outbox and the cloud. */
export interface Sync {
  start(): void
  /** There may be something new in the outbox. */
  wake(): void
  /** Sends the newest state as soon as the one before has left; without a connection it is dropped. */
  live(state: LiveState): void
  readonly connected: boolean
  counters(): SyncCounters
  /** Says goodbye within half a second; may be called twice. */
  stop(): Promise<void>
}

/** Joins connection and uplink. */
export function createSync(options: SyncOptions): Sync {
  const { device, outbox, log, after, wallMs } = options
  const counters = { liveDropped: 0, unreadable: 0 }
  let liveLeaving = false
  let liveNext: LiveState | null = null
  const state = (online: boolean): Outgoing => {
    const said: DeviceState = { online, at: wallMs(), boot: outbox.boot, agentVersion: options.agentVersion }
    const { qos, retain } = streams.state
    return { topic: streams.state.topic(device), payload: JSON.stringify(said), qos, retain }
  }
  const uplink = createUplink({
    device,
    outbox,
    publish: (topic, payload) => connection.publish({ topic, payload, qos: 1, retain: false }),
    after,
    log,
  })
  const onMessage = (topic: string, payload: Buffer): void => {
    if (topic !== streams.ack.topic(device)) return
    try {
      uplink.ack(payload)
    } catch (error) {
      counters.unreadable++
      log.warn({ topic, reason: String(error) }, 'a message from the cloud could not be read')
    }
  }
  const connection = createConnection({
    url: options.url,
    device,
    password: options.password,
    subscribe: deviceSubscription(device),
    lastWill: () => state(false),
    onConnect() {
      connection.publish(state(true)).catch((error: unknown) => log.debug({ reason: String(error) }, 'state not told'))
      uplink.connected()
    },
    onDisconnect: uplink.disconnected,
    onMessage,
    after,
    random: options.random,
    log,
  })
  const tellLive = (liveState: LiveState): void => {
    if (!connection.connected) {
      counters.liveDropped++
      return
    }
    if (liveLeaving) {
      if (liveNext !== null) counters.liveDropped++
      // An event is told once: it goes with the state that takes the place of its own.
      liveNext = liveState.event === null ? { ...liveState, event: liveNext?.event ?? null } : liveState
      return
    }
    liveLeaving = true
    const { qos, retain } = streams.live
    connection
      .publish({ topic: streams.live.topic(device), payload: JSON.stringify(liveState), qos, retain })
      .catch(() => {
        counters.liveDropped++
      })
      .finally(() => {
        liveLeaving = false
        const next = liveNext
        liveNext = null
        if (next !== null) tellLive(next)
      })
  }
  return {
    start: connection.start,
    wake: uplink.wake,
    live: tellLive,
    get connected() {
      return connection.connected
    },
    counters: () => ({ ...uplink.counters, ...counters }),
    async stop() {
      uplink.stop()
      await connection.stop(state(false))
    },
  }
}
