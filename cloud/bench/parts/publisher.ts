/** The cars of `bench -- ingest` in a process of their own: seals beforehand, publishes, and follows the acks. */
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { ackSchema, parseMessage } from '@fairmile/contract/messages.ts'
import { deviceSubscription } from '@fairmile/contract/topics.ts'
import { connectAsync, type MqttClient } from 'mqtt'
import { percentile99, rounded } from './numbers.ts'
import type { Done, Task, TaskOf } from './publisher-tasks.ts'
import { batchEvents, createSealedFleet, type SealedMessage } from './sealed-fleet.ts'

/** Longest wait for the last acks of a task, ms. */
const patienceMs = 120_000
/** How often the messages that are due are looked for, ms. */
const paceStepMs = 2
/** Not counted at the beginning of a pace: the service has just started, and compiles what it runs. */
const warmMs = 5_000
/** Cars that give alerts: none of them is in line behind its own telematics. */
const alertBoot = 1_000_000

const { cars, url, apart, seed } = await new Promise<TaskOf<'start'>>((told) => process.once('message', told))
const placeOf = new Map(cars.map(({ id }, place) => [id, place]))
const fleet = createSealedFleet(cars, { seed })
const clients: MqttClient[] = []
/** Messages that are not acked yet, by car, in their order. */
const waiting: { lastSeq: number; dueMs: number }[][] = cars.map(() => [])
let messages: SealedMessage[] = []
let outstanding = 0
let delaysMs: number[] = []
let acked: () => void = () => {}

for (const { id, password } of apart ? cars : [{ id: 'bench-gateway', password: undefined }]) {
  const client = await connectAsync(url, {
    clientId: id,
    ...(password !== undefined && { username: id, password }),
    ...{ clean: true, keepalive: 60, reconnectPeriod: 0, connectTimeout: 60_000 },
  })
  clients.push(client)
  if (client.stream instanceof Socket) client.stream.setNoDelay(true)
  client.on('error', (error) => fail(`the broker: ${error.message}`))
  client.on('close', () => fail('the broker closed the connection'))
  client.on('message', heard)
  await client.subscribeAsync(apart ? deviceSubscription(id) : deviceSubscription('+'), { qos: 1 })
}
process.on(
  'message',
  (task: Exclude<Task, { do: 'start' }>) =>
    void run(task).then(
      (done) => process.send?.(done),
      (error) => fail(String(error)),
    ),
)
process.send?.({ ready: true })

function fail(why: string): never {
  console.error(`the cars: ${why}`)
  process.exit(1)
}

async function run(task: Exclude<Task, { do: 'start' }>): Promise<Done> {
  if (task.do === 'prepare') {
    messages = fleet.telematics(task)
    return { prepared: messages.length }
  }
  return task.do === 'flood' ? flood(task) : pace(task)
}

function heard(topic: string, payload: Buffer): void {
  const line = waiting[placeOf.get(topic.split('/')[2] ?? '') ?? -1]
  if (!line || !topic.endsWith('/ack')) return
  const { lane, upTo, rejected } = parseMessage(ackSchema, payload)
  if (rejected.length > 0) fail(`a batch was rejected: ${JSON.stringify(rejected[0])}`)
  if (lane !== 'telematics') return
  const nowMs = performance.now()
  while (line.length > 0 && line[0]!.lastSeq <= upTo) {
    delaysMs.push(nowMs - line.shift()!.dueMs)
    outstanding--
  }
  acked()
}

function publish({ topic, payload, car }: Omit<SealedMessage, 'lastSeq'>): void {
  clients[apart ? car : 0]!.publish(topic, payload, { qos: 1 })
}

/** Publishes a message whose ack is waited for, and counts its delay from when it was due. */
function publishFollowed(message: SealedMessage, dueMs = performance.now()): void {
  waiting[message.car]!.push({ lastSeq: message.lastSeq, dueMs })
  outstanding++
  publish(message)
}

async function allAcked(): Promise<void> {
  const lateMs = performance.now() + patienceMs
  while (outstanding > 0) {
    if (performance.now() > lateMs) fail(`${outstanding} messages were not acked within ${patienceMs} ms`)
    await Promise.race([nextAck(), sleep(100)])
  }
}

const nextAck = (): Promise<void> =>
  new Promise((resolve) => {
    acked = resolve
  })

/** As many as go, at most `window` on their way; the rate counts until the last of them is acked. */
async function flood({ seconds, window }: TaskOf<'flood'>): Promise<Done> {
  delaysMs = []
  const cpu = process.cpuUsage()
  const startMs = performance.now()
  let sent = 0
  while (sent < messages.length && performance.now() - startMs < seconds * 1000) {
    while (outstanding < window && sent < messages.length) publishFollowed(messages[sent++]!)
    await nextAck()
  }
  const ranOut = sent === messages.length && performance.now() - startMs < seconds * 1000
  await allAcked()
  const elapsedS = (performance.now() - startMs) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    events: sent * batchEvents,
    elapsedS,
    ranOut,
    cpuS: (user + system) / 1e6,
    ackP99Ms: rounded(percentile99(delaysMs), 1),
  }
}

/**
 * So many events a second, evenly, and alerts between them; how long until the ack, and until the page of an admin has the alert. Counted from when
 * each was due, so that a publisher who falls behind does not hide it.
 */
async function pace({ eventsPerS, alertsPerS, seconds, live }: TaskOf<'pace'>): Promise<Done> {
  const alertsMs = new Map<string, number>()
  const alertDelaysMs: number[] = []
  const socket = await listen(live, (message) => {
    const dueMs = message.type === 'safety_alert' && alertsMs.get(message.eventId)
    if (!dueMs) return
    heardAlerts++
    if (dueMs >= startMs + warmMs) alertDelaysMs.push(performance.now() - dueMs)
  })
  const startMs = performance.now()
  let [sent, alerts, heardAlerts, warm] = [0, 0, 0, true]
  const eventsDueMs = () => startMs + ((sent * batchEvents) / eventsPerS) * 1000
  const alertDueMs = () => startMs + (alerts / alertsPerS) * 1000
  for (let nowMs = startMs; nowMs < startMs + seconds * 1000; nowMs = performance.now()) {
    while (sent < messages.length && eventsDueMs() <= nowMs) {
      const dueMs = eventsDueMs()
      publishFollowed(messages[sent++]!, dueMs)
    }
    while (alertDueMs() <= nowMs) {
      const car = alerts % cars.length
      const alert = fleet.alert(car, { n: Math.floor(alerts / cars.length) + 1, boot: alertBoot, at: Date.now() })
      alertsMs.set(alert.eventId, alertDueMs())
      publish(alert)
      alerts++
    }
    if (warm && performance.now() >= startMs + warmMs) {
      warm = false
      delaysMs = []
    }
    await sleep(paceStepMs)
  }
  await allAcked()
  const lateMs = performance.now() + patienceMs
  while (heardAlerts < alerts && performance.now() < lateMs) await sleep(20)
  socket.close()
  if (heardAlerts < alerts) fail(`${alerts - heardAlerts} of ${alerts} alerts never came to the page`)
  return {
    events: sent * batchEvents,
    alerts,
    ackP50Ms: rounded(median(delaysMs), 1),
    ackP99Ms: rounded(percentile99(delaysMs), 1),
    alertP50Ms: rounded(median(alertDelaysMs), 1),
    alertP99Ms: rounded(percentile99(alertDelaysMs), 1),
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function listen(
  { http, token }: TaskOf<'pace'>['live'],
  hear: (message: LiveMessage) => void,
): Promise<WebSocket> {
  // Node's own client takes headers, which that of a browser does not.
  const Client = WebSocket as unknown as new (url: string, options: { headers: Record<string, string> }) => WebSocket
  const socket = new Client(`${http.replace('http', 'ws')}/api/v1/live`, {
    headers: { authorization: `Bearer ${token}` },
  })
  socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as LiveMessage))
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`listening at ${http}: refused`)))
  })
  return socket
}
