import { randomUUID } from 'node:crypto'
import { Socket } from 'node:net'
import { cloudShares, cloudStates, cloudSubscriptions } from '@fairmile/contract/topics.ts'
import { connect, type ErrorWithReasonCode, type IPublishPacket, type MqttClient } from 'mqtt'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { type Answers, createAnswers } from './answers.ts'
import type { Broker, MessageHandler } from './broker.ts'
import type { BrokerCounters } from './counters.ts'
import { connectTimeoutMs, type ExternalLogin, readLogin, sessionOptions } from './external-login.ts'
import { clientIdIn, shareGroup } from './share-group.ts'

/** How long the broker may take to answer a message, ms: many times what one needs, and less than a device waits for its ack. */
const defaultAnswerTimeoutMs = 5_000
/** Where Mosquitto tells how many messages it has dropped. */
const droppedTopic = '$SYS/broker/publish/messages/dropped'
/** What a broker answers that does not speak MQTT 5: in its own version's words, or in version 5's. */
const versionRefusals = new Set([1, 0x84])
/** Why a broker of version 5 ends a connection whose client id someone else uses now. */
const sessionTakenOver = 0x8e

export interface ExternalBrokerOptions extends ExternalLogin {
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
 * It speaks MQTT 5, where several processes share what comes, and 3.1.1 where the broker refuses that. A message is
 * acknowledged to the broker as soon as the handler has room for it: the broker's queue is no store, the device's is, which
 * sends again what the cloud did not ack. For the same reason nothing waits for a broker that is away: a message to a device
 * is given up at once then, and after `answerTimeoutMs` where a connection has gone silent, which is closed and made anew.
 */
export function createExternalBroker(options: ExternalBrokerOptions): Broker {
  const { url, listens = true, counters, log, answerTimeoutMs = defaultAnswerTimeoutMs } = options
  const shown = withoutCredentials(url)
  let handle: MessageHandler = async () => {}
  let client: MqttClient | null = null
  /** Of the connection that there is now. */
  let ended = new AbortController()
  const late = `no answer from ${shown} within ${answerTimeoutMs} ms`
  const answers = createAnswers({ limitMs: answerTimeoutMs, onLate: () => client?.stream.destroy(new Error(late)) })

  const take = (packet: IPublishPacket, isKept: boolean, done: (error?: Error) => void) => {
    const { topic } = packet
    const payload = packet.payload as Buffer
    if (topic === droppedTopic) {
      counters.droppedThere.set(Number(payload.toString()))
      return done()
    }
    counters.messages.inc()
    // An error leaves the message unacknowledged, and the client reads on: the answers to what is published come by the same way.
    // What was not acknowledged comes again to a session that is kept, and to no other.
    handle({ topic, payload }, isKept ? { signal: ended.signal } : {}).then(() => done(), done)
  }

  const onClose = () => {
    answers.giveUpAll(`the connection to ${shown} ended, or ${late}`)
    ended.abort()
    ended = new AbortController()
  }
  const open = (version: 4 | 5, signal: AbortSignal | undefined) =>
    openSession(version, options, { listens, shown, signal, take, onClose })

  return {
    onMessage: (handler) => {
      handle = handler
    },
    onRefused: () => {},
    async start(signal) {
      signal?.throwIfAborted()
      client = await open(5, signal)
      if (!client) {
        client = await open(4, signal)
        if (listens)
          log.info(
            { broker: shown },
            'the broker speaks MQTT 3.1.1: several processes do not share there what comes, unless it is one of ours',
          )
      }
      return shown
    },
    publish(topic, payload, { qos, retain }) {
      const open = client
      if (!open?.connected || open.stream.destroyed)
        return Promise.reject(new Error(`Publishing on "${topic}": not connected to the broker at ${shown}`))
      return publishAnswered(open, { topic, payload: payload as Buffer, qos, retain }, answers)
    },
    async close() {
      const closing = client
      client = null
      answers.giveUpAll('the connection was closed')
      await closing?.endAsync(true)
    },
  }
}

interface Opening {
  readonly listens: boolean
  /** The broker's address, for people. */
  readonly shown: string
  readonly signal: AbortSignal | undefined
  /** @param isKept whether the broker keeps the session, and with it what was not acknowledged */
  readonly take: (packet: IPublishPacket, isKept: boolean, done: (error?: Error) => void) => void
  /** Called whenever a connection of the session ends. */
  readonly onClose: () => void
}

/** Opens a session of this version; null where the broker does not speak it. */
async function openSession(
  version: 4 | 5,
  options: ExternalBrokerOptions,
  { listens, shown, signal, take, onClose }: Opening,
): Promise<MqttClient | null> {
  const { url, log } = options
  const login = readLogin(url, options)
  const group = shareGroup(url, login)
  const clientId = options.clientId && clientIdIn(group, options.clientId)
  const session = sessionOptions(version, { listens, clientId })
  const opened = connect(url, { ...login, ...session })
  opened.handleMessage = (packet, done) => take(packet, session.clean === false, done)
  opened.on('connect', () => sendAtOnce(opened))
  opened.on('close', onClose)
  try {
    await ready(opened, signal, () => (listens ? subscribe(opened, version === 5 ? group : null) : undefined))
  } catch (cause) {
    await opened.endAsync(true)
    if (version === 5 && versionRefusals.has((cause as ErrorWithReasonCode).code)) return null
    throw new Error(`Connecting to the MQTT broker at ${shown}: ${messageOf(cause)}`, { cause })
  }
  opened.on('error', (error) => log.warn({ error: error.message, broker: shown }, 'broker connection'))
  renameWhenTaken(opened, clientId, log)
  return opened
}

type Publication = Pick<IPublishPacket, 'topic' | 'payload' | 'qos' | 'retain'>

/** Publishes until the broker has answered, or the answer is given up. */
function publishAnswered(
  client: MqttClient,
  { topic, payload, ...options }: Publication,
  answers: Answers,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let messageId = 0
    const answered = answers.expect((reason) => {
      reject(new Error(`Publishing on "${topic}": ${reason}`))
      if (options.qos > 0) client.removeOutgoingMessage(messageId)
    })
    client.publish(topic, payload, options, (error) => {
      answered()
      if (error) reject(error)
      else resolve()
    })
    messageId = client.getLastMessageId()
  })
}

/** Goes on under another client id where the broker says that someone else uses this one now. */
function renameWhenTaken(client: MqttClient, clientId: string | undefined, log: Log): void {
  client.on('disconnect', ({ reasonCode }) => {
    if (reasonCode !== sessionTakenOver) return
    client.options.clientId = `${clientId ?? 'fairmile-ingest'}-${randomUUID()}`
    log.error({ clientId }, 'another process uses this client id: set FAIRMILE_INSTANCE, a name of its own for each')
  })
}

/** Subscribes to what devices send, as one of a group where the broker knows such. States go to every process: the last ones are retained, and a share gets none of those. */
async function subscribe(client: MqttClient, group: string | null): Promise<void> {
  if (group === null) return void (await client.subscribeAsync([...cloudSubscriptions], { qos: 1 }))
  const shares = cloudShares.map((filter) => `$share/${group}/${filter}`)
  await client.subscribeAsync([...shares, cloudStates], { qos: 1 })
  await client.subscribeAsync(droppedTopic, { qos: 0 }).catch(() => undefined) // others than Mosquitto need not have it
}

/** Waits for the first connection and what is to be done on it. @throws where it is lost, takes too long, or is not wanted any more */
async function ready(
  client: MqttClient,
  signal: AbortSignal | undefined,
  begin: () => Promise<void> | undefined,
): Promise<void> {
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined) // also lost when nobody waits here any more
  client.once('error', lost.reject)
  client.once('close', () => lost.reject(new Error('the connection was closed')))
  const limits = [AbortSignal.timeout(2 * connectTimeoutMs), ...(signal ? [signal] : [])]
  const ended = AbortSignal.any(limits)
  ended.addEventListener('abort', () => lost.reject(ended.reason))
  await Promise.race([new Promise((resolve) => client.once('connect', resolve)), lost.promise])
  await Promise.race([begin(), lost.promise])
}

function withoutCredentials(url: string): string {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.toString().replace(/\/$/, '')
}

/** Small packets wait for no others (Nagle's algorithm): with the other end's delayed acknowledgement each would cost 40 ms. */
function sendAtOnce({ stream }: MqttClient): void {
  if (stream instanceof Socket) stream.setNoDelay(true)
}
