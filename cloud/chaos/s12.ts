/**
 * S12: admins and browsers name addresses for webhooks and pushes that lead inside: internal addresses in every spelling, names that lead
 * there, answers that change between look-ups, redirects, user names, ports and protocols. Claim: nothing reaches a canary that listens
 * on every address of this machine, nothing is even connected to, and each message is given up or refused.
 *
 * The control judges an address by its spelling, resolves a name again when it connects, and follows redirects. It must fail.
 */
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { Counter, Registry } from 'prom-client'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { notificationDeliveries, pushSubscriptions, webhooks } from '../src/db/schema/notification-deliveries.ts'
import { drivers } from '../src/db/schema/people.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createGuardedPost, type GuardedPost, type Resolve } from '../src/notify/outbound/guarded-post.ts'
import { isPublicAddress } from '../src/notify/outbound/public-address.ts'
import { publicTargets } from '../src/notify/outbound/target.ts'
import { readPreferences, writePreferences } from '../src/notify/preferences.ts'
import { createPushChannel } from '../src/notify/push/push-channel.ts'
import { loadVapidKeys } from '../src/notify/push/vapid-keys.ts'
import { recordNotification } from '../src/notify/record-notification.ts'
import { createSender } from '../src/notify/sender.ts'
import { createWebhookChannel } from '../src/notify/webhooks/webhook-channel.ts'
import { createWebhookConsumer } from '../src/notify/webhooks/webhook-consumer.ts'
import { addUser } from '../test/api-rig.ts'
import { createBrowser } from '../test/notify-rig.ts'
import { createCarelessPost } from './parts/careless-post.ts'
import { forbiddenDoors, type HostileTarget, hostileTargets } from './parts/hostile-targets.ts'
import { openSite } from './parts/site.ts'

/** Stands for the public internet. */
const openAddress = '127.0.0.2'
const driverId = 'DRV-0001'
const log = createLog({ level: 'silent' })

const options = chaosOptions({
  id: 'S12',
  claim: 'Webhooks and pushes to internal addresses, by any spelling, name, rebinding or redirect: 0 requests leave.',
  control: 'addresses are judged by their spelling, resolved again, redirects followed',
  runs: 1,
  of: 'random addresses of each internal block, each in every spelling',
})
await using site = openSite()
const database = await openDatabase({ folder: site.folder })
site.defer(() => database.close())
await migrate(database)
const { db } = database

/** Connections to the canary, and requests to the open side. */
const reached = { canary: 0, open: 0 }
const open = createServer((request, response) => {
  reached.open++
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://open')
  const to = searchParams.get('to')
  response
    .writeHead(Number(pathname.slice(1)) || 204, to === null ? {} : { location: to, refresh: `0; url=${to}` })
    .end()
})
const openPort = await listen(open, openAddress, 0)
const port = await listen(canary(), '::', 0)
for (const address of ['127.0.0.1', '::1']) await listen(canary(), address, openPort)
/** Every TCP connection that this process begins, whether it is answered or not. */
let connections = 0
subscribe('net.client.socket', () => connections++)

const places = { port, open: { address: openAddress, port: openPort }, runs: options.runs, seed: options.seed }
const led = hostileTargets(places)
const doors = forbiddenDoors(port)
let asked = new Map<string, number>()
const ofOneTarget = /^n\d/
/** Names whose addresses one message asked for more than once. */
let askedAgain = 0
const answersOf = new Map(
  [...led, ...doors].flatMap(({ url, answers }) => (answers ? [[nameOf(url), answers] as const] : [])),
)
const resolve: Resolve = async (name) => {
  const answers = answersOf.get(name)
  if (!answers) throw new Error(`"${name}" is not known`)
  const times = asked.get(name) ?? 0
  asked.set(name, times + 1)
  return answers[Math.min(times, answers.length - 1)] ?? []
}
const isAllowed = (address: string) => address === openAddress || isPublicAddress(address)
// Any port and HTTP, so that nothing but the addresses is judged; the doors are judged by the rules as they are.
const guards = {
  led: createGuardedPost({
    resolve,
    rules: { ...publicTargets, protocols: new Set(['http:']), ports: null, isAllowed },
  }),
  doors: createGuardedPost({ resolve, rules: publicTargets }),
}
const careless = createCarelessPost(resolve)

await db.insert(drivers).values({ id: driverId, name: 'Driver' })
// Browsers of a driver without a log-in are not written to.
await addUser(db, 'driver@example.com', driverId)
const preferences = await readPreferences(db, driverId)
await writePreferences(db, driverId, {
  ...preferences,
  quietHours: null,
  channels: { ...preferences.channels, welcome: ['push'] },
})
const throughAddresses = await send(led, guards.led)
const throughDoors = await send(doors, guards.doors)

/** What may reach the open side, once by each channel: a redirect, and a name that leads there at first. */
const toOpen =
  2 *
  led.filter(({ kind, answers }) => kind === 'redirect' || (kind === 'rebinding' && answers?.[0]?.[0] === openAddress))
    .length
/** A disguise may name the open side indeed, at a port where nobody is. */
const mostConnections = toOpen + 2 * led.filter(({ kind }) => kind === 'disguised').length
const passed =
  reached.canary === 0 &&
  askedAgain === 0 &&
  reached.open <= toOpen &&
  reached.open > toOpen / 2 &&
  connections <= mostConnections &&
  throughDoors.sent === 0
verdict('S12', options, passed, {
  ...{ targets: led.length + doors.length, byKind: countBy([...led, ...doors]), canaryReached: reached.canary },
  ...{ openReached: reached.open, connections, mostConnections, askedAgain, throughAddresses, throughDoors },
})

/** Sends an event to each target as a webhook, and a notification to each as a browser's push service. */
async function send(targets: readonly HostileTarget[], guarded: GuardedPost) {
  const post = options.control ? careless : guarded
  const at = new Date()
  const browser = createBrowser().keys
  const group = targets === led ? 'L' : 'D'
  const counter = new Counter({
    name: 'x',
    help: '-',
    labelNames: ['channel', 'outcome'] as const,
    registers: [new Registry()],
  })
  const eventId = await recordDomainEvent(db, { type: 'DriverCreated', subject: driverId, data: { driverId } })
  const hooks = targets.map(({ url }, n) => ({ id: `WHK-${group}${n}`, url, secret: 'whsec_AAAA', createdAt: at }))
  await db.insert(webhooks).values(hooks.map((hook) => ({ ...hook, eventTypes: ['DriverCreated'], enabled: true })))
  await db
    .insert(pushSubscriptions)
    .values(
      targets.map(({ url }, n) => ({ id: `PSH-${group}${n}`, driverId, endpoint: url, ...browser, createdAt: at })),
    )
    .onConflictDoNothing()
  const event = {
    id: eventId,
    type: 'DriverCreated',
    subject: driverId,
    time: at,
    data: { driverId },
    correlationId: 'c',
    causedBy: null,
  } as const
  await db.transaction((tx) => createWebhookConsumer()(tx, event))
  const told = { told: { kind: 'welcome' as const, data: {} }, driverId, cause: { eventId }, at }
  await db.transaction((tx) => recordNotification(tx, told, { channels: new Set(['push']), nowMs: Date.now() }))
  const keys = loadVapidKeys(`${site.folder}/vapid.json`)
  const channels = [
    createWebhookChannel({ db, post }),
    createPushChannel({ db, keys, contact: 'mailto:a@example.com', post }),
  ]
  options.say(`${targets.length} targets, each as a webhook and as a push service`)
  for (const channel of channels) {
    asked = new Map()
    await createSender({ ...{ db, counter, maxAttempts: 1, log }, channels: [channel] }).drain()
    askedAgain += [...asked].filter(([name, times]) => times > 1 && ofOneTarget.test(name)).length
  }
  const rows = await db.select().from(notificationDeliveries)
  await db.delete(notificationDeliveries)
  await db.delete(webhooks)
  await db.delete(pushSubscriptions)
  const countOf = (state: string) => rows.filter((row) => row.state === state).length
  return { messages: rows.length, sent: countOf('sent'), refused: countOf('dead') }
}

function canary() {
  const server = createTcpServer((socket) => {
    reached.canary++
    socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
  })
  return server
}

async function listen(server: Server, address: string, at: number): Promise<number> {
  server.listen(at, address)
  await once(server, 'listening')
  site.defer(() => void server.close())
  return (server.address() as AddressInfo).port
}

function nameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url
}

function countBy(targets: readonly HostileTarget[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of targets) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
