/**
 * R14: TCP connections that are half open. The agent's own sync sends from a real outbox to a real Mosquitto through a proxy that
 * goes silent, in one direction or both, in traffic. Claim: the agent finds it within one and a half times its keep-alive, no record
 * counts as sent that the cloud has not acked, and all arrive once over the next connection.
 *
 * The control has no keep-alive: it must not find it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { cloudSubscriptions, parseUpTopic, streams } from '@fairmile/contract/topics.ts'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { after } from '../src/clock.ts'
import type { Log } from '../src/log.ts'
import { noon, second } from '../src/outbox/example-records.ts'
import { openOutbox } from '../src/outbox/outbox.ts'
import { createRemote } from '../src/remote/remote.ts'
import { createSync } from '../src/sync/sync.ts'
import { startMosquitto } from '../test/mosquitto.ts'
import { type Silence, startSilentProxy } from './parts/silent-proxy.ts'

/** The agent's is 30 s; the claim is in multiples of it. */
const keepaliveS = 2
const mostS = 1.5 * keepaliveS
/** Timers of a busy machine. */
const timerSlackS = 0.25
/** Between records of the traffic, ms. */
const everyMs = 50
const longestTrafficMs = 1_000
const lookMs = 20

const options = chaosOptions({
  id: 'R14',
  claim: 'Half-open connections are found within 1.5 × keep-alive, and nothing counts as sent.',
  control: 'no keep-alive',
  runs: 60,
  of: 'silences',
})
const { runs, control, say } = options
const lots = createLots(options.seed)
const folder = mkdtempSync(join(tmpdir(), 'fairmile-r14-'))
const keys = generateKeyPair()
const device = 'DEV-1'
const broker = await startMosquitto(join(folder, 'mosquitto'), { cloud: 'cloud', [device]: 'secret' })
const proxy = await startSilentProxy(Number(new URL(broker.url).port))
const news = new EventTarget()
const heard = (name: string) => new Promise((resolve) => news.addEventListener(name, resolve, { once: true }))

/** The cloud's part: takes a batch, then acks it. What it has counts; what it acked may go. */
const stored = new Map<number, number>()
let acked = 0
const cloud = await broker.connect('cloud', 'cloud')
await cloud.subscribeAsync([...cloudSubscriptions], { qos: 1 })
cloud.on('message', (topic, payload) => {
  if (parseUpTopic(topic)?.stream !== 'log') return
  const { boot, lane, firstSeq, lastSeq } = openBatch(payload, keys)
  for (let seq = firstSeq; seq <= lastSeq; seq++) stored.set(seq, (stored.get(seq) ?? 0) + 1)
  acked = Math.max(acked, lastSeq)
  cloud.publish(streams.ack.topic(device), JSON.stringify({ boot, lane, upTo: acked, rejected: [] }), { qos: 1 })
  news.dispatchEvent(new Event('acked'))
})

const quiet = () => undefined
const log = { debug: quiet, error: quiet, warn: told, info: told } as unknown as Log
const outbox = openOutbox({
  ...{ folder: join(folder, 'outbox'), device, privateKey: keys.privateKey, buildMs: 0, wallMs: () => noon, after },
  ...{ committed: () => sync.wake(), trouble: quiet, warn: quiet },
})
const remote = createRemote({ outbox, apply: quiet, commands: {}, changed: quiet, log })
const sync = createSync({
  url: `mqtt://127.0.0.1:${proxy.port}`,
  credentials: { device, password: 'secret', certificate: null, authority: null },
  keepaliveS: control ? 0 : keepaliveS,
  ...{ agentVersion: '0.0.0', outbox, remote, log, after, wallMs: () => noon, random: Math.random },
  stretches: () => [],
  outboxState: () => ({ writtenBytesPerHour: null, dropped: { telematics: 0, raw: 0 }, setAside: 0 }),
})
let recorded = 0
const traffic = setInterval(() => {
  outbox.append('telematics', second(noon + recorded++ * 1000))
  outbox.seal('telematics')
}, everyMs)
sync.start()
await heard('up')

const found = { found: 0, late: 0, longestS: 0, markedSent: 0 }
for (let run = 0; run < runs; run++) {
  await heard('acked')
  await wait(lots.below(longestTrafficMs))
  const which = lots.pick<Silence>(['up', 'down', 'both'])
  const [down, back] = [heard('down'), heard('up')]
  const startedMs = performance.now()
  proxy.silence(which)
  await Promise.race([down, wait((mostS + 2) * 1000, null, { ref: false })])
  const tookS = (performance.now() - startedMs) / 1000
  found.longestS = Math.max(found.longestS, Math.round(tookS * 100) / 100)
  // Whatever is gone from the outbox, the cloud must have.
  const kept = outbox.waiting('telematics').records
  found.markedSent += Math.max(0, recorded - kept - stored.size)
  if (tookS > mostS + timerSlackS) {
    found.late++
    if (control) break
  } else found.found++
  say(`${run + 1}: ${which} silent, found after ${tookS.toFixed(2)} s`)
  await back
}
clearInterval(traffic)
const lateMs = performance.now() + 60_000
while (!control && outbox.waiting('telematics').records > 0 && performance.now() < lateMs) await wait(lookMs)
await sync.stop()
outbox.close()
proxy.close()
await cloud.endAsync(true)
await broker[Symbol.asyncDispose]()
rmSync(folder, { recursive: true })
const lost = control ? 0 : recorded - stored.size
const passed = found.found === runs && found.late === 0 && found.markedSent === 0 && lost === 0
verdict('R14', options, passed, { ...found, mostS, keepaliveS, recorded, lost })

/** The agent's own words tell when the connection stands and when it is gone. */
function told(_about: object, message: string): void {
  if (message === 'connected to the broker') news.dispatchEvent(new Event('up'))
  if (message === 'not connected to the broker') news.dispatchEvent(new Event('down'))
}
