import { type DeviceReport, type DeviceState, maxReportBytes } from '@fairmile/contract/device-messages.ts'
import type { LiveState } from '@fairmile/contract/live.ts'
import { deviceSubscription, streams } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import type { After } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Stretch } from '../outbox/store.ts'
import type { Remote } from '../remote/remote.ts'
import { createConnection, type Outgoing } from './connection.ts'
import type { Credentials } from './credentials.ts'
import { createUplink, type UplinkCounters } from './uplink.ts'

export interface SyncOptions {
  /** Address of the broker, `mqtt://` or `mqtts://`. */
  url: string
  credentials: Credentials
  /** How often broker and agent must hear of each other, seconds. @default 30 */
  keepaliveS?: number
  agentVersion: string
  outbox: Pick<Outbox, 'boot' | 'nextBatch' | 'acknowledge' | 'forgetReader'>
  /** Stretches of `raw` that may be sent. */
  stretches: () => readonly Stretch[]
  /** What the cloud asks of this device. */
  remote: Remote
  /** What the state says of the outbox. */
  outboxState: () => NonNullable<DeviceState['outbox']>
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
  /** Tells the state anew, where there is a connection; a new connection tells it anyway. */
  tellState(): void
  /** Sends the newest report of an examination, now or once a cloud that reads reports is there. */
  report(report: DeviceReport): void
  /** True for a batch that was sent and is not acked. */
  isOnItsWay(id: number): boolean
  readonly connected: boolean
  /** Tells the state anew and gives how long the broker's answer took, milliseconds; rejects without a connection. */
  roundTrip(): Promise<number>
  counters(): SyncCounters
  /** Says goodbye within half a second; may be called twice. */
  stop(): Promise<void>
}

/** Joins connection and uplink. */
export function createSync(options: SyncOptions): Sync {
  const { credentials, outbox, remote, log, after, wallMs } = options
  const { device } = credentials
  const counters = { liveDropped: 0, unreadable: 0 }
  let liveLeaving = false
  let liveNext: LiveState | null = null
  const state = (online: boolean): Outgoing => {
    const said: DeviceState = {
      online,
      at: wallMs(),
      boot: outbox.boot,
      agentVersion: options.agentVersion,
      wire: wireVersion,
      ...remote.state(),
      outbox: options.outboxState(),
    }
    const { qos, retain } = streams.state
    return { topic: streams.state.topic(device), payload: JSON.stringify(said), qos, retain }
  }
  const uplink = createUplink({
    device,
    outbox,
    stretches: options.stretches,
    publish: (topic, payload) => connection.publish({ topic, payload, qos: 1, retain: false }),
    after,
    log,
  })
  const tellState = (): void => {
    if (!connection.connected) return
    connection.publish(state(true)).catch((error: unknown) => log.debug({ reason: String(error) }, 'state not told'))
  }
  /** The newest that is not sent; a cloud that greets has a topic for it. */
  let reportNext: DeviceReport | null = null
  let greeted = false
  const sendReport = (): void => {
    if (reportNext === null || !greeted || !connection.connected) return
    const payload = JSON.stringify(reportNext)
    reportNext = null
    if (Buffer.byteLength(payload) > maxReportBytes) {
      log.warn({ bytes: Buffer.byteLength(payload), maxReportBytes }, 'a report is too large to be sent')
      return
    }
    const { qos, retain } = streams.report
    const topic = streams.report.topic(device)
    connection
      .publish({ topic, payload, qos, retain })
      .catch((error: unknown) => log.info({ reason: String(error) }, 'a report was not delivered'))
  }
  const take: Record<string, (payload: Buffer) => void> = {
    [streams.ack.topic(device)]: uplink.ack,
    [streams.config.topic(device)](payload) {
      remote.config(payload)
      greeted = true
      uplink.wake()
      sendReport()
    },
    [streams.command.topic(device)]: remote.command,
  }
  const onMessage = (topic: string, payload: Buffer): void => {
    try {
      take[topic]?.(payload)
    } catch (error) {
      counters.unreadable++
      log.warn({ topic, reason: String(error) }, 'a message from the cloud could not be read')
    }
  }
  const connection = createConnection({
    url: options.url,
    credentials,
    ...(options.keepaliveS !== undefined && { keepaliveS: options.keepaliveS }),
    subscribe: deviceSubscription(device),
    lastWill: () => state(false),
    onConnect() {
      greeted = false
      outbox.forgetReader()
      tellState()
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
    tellState,
    report(report) {
      reportNext = report
      sendReport()
    },
    isOnItsWay: uplink.isOnItsWay,
    get connected() {
      return connection.connected
    },
    async roundTrip() {
      const startedMs = performance.now()
      await connection.publish(state(true))
      return performance.now() - startedMs
    },
    counters: () => ({ ...uplink.counters, ...counters }),
    async stop() {
      uplink.stop()
      await connection.stop(state(false))
    },
  }
}
