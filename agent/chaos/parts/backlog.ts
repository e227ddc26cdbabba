/**
 * An agent's outbox and sync without its sensors: BACKLOG FOLDER BROKER RECORDS MODE. It fills the outbox of a claimed device with
 * so many seconds of telematics, one a second up to now; says `{"filled":…}`; waits for a line on stdin; then sends, and appends an alert
 * four times a second, until the cloud has acked everything. What it says on stdout is JSON lines. As `behind` alerts wait for the backlog.
 */
import { once } from 'node:events'
import { after, buildMs } from '../../src/clock.ts'
import { credentialsOf, loadIdentity } from '../../src/keys/identity.ts'
import { createLog } from '../../src/log.ts'
import { openOutbox } from '../../src/outbox/outbox.ts'
import { createRemote } from '../../src/remote/remote.ts'
import { createSync } from '../../src/sync/sync.ts'
import { alertId, wavySecond } from './backlog-records.ts'

const alertEveryMs = 250
/** Records of one commit while filling: a group of an agent that is woken. */
const fillGroup = 600

const [folder = '', url = '', given = '', mode = ''] = process.argv.slice(2)
const records = Number(given)
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const log = createLog({ level: 'warn' })
const identity = loadIdentity(folder)
if (identity.claimed === null) throw new Error(`Filling "${folder}": its device is not claimed`)
const credentials = credentialsOf({ ...identity, claimed: identity.claimed })
const { device } = credentials
const outbox = openOutbox({
  folder,
  device,
  privateKey: identity.privateKey,
  buildMs,
  wallMs: Date.now,
  after,
  committed: () => sync.wake(),
  trouble: (message) => message !== null && log.error({}, message),
  warn: (message) => log.error({}, message),
})
const remote = createRemote({ outbox, apply: () => {}, commands: {}, changed: () => {}, log })
const sync = createSync({
  url,
  credentials,
  agentVersion: '0.0.0',
  outbox: mode === 'behind' ? alertsBehind() : outbox,
  stretches: () => [],
  remote,
  outboxState: () => ({ writtenBytesPerHour: null, dropped: { telematics: 0, raw: 0 }, setAside: 0 }),
  wallMs: Date.now,
  after,
  random: Math.random,
  log,
})

const endMs = Date.now()
for (let i = 0; i < records; i++) {
  outbox.append('telematics', wavySecond(i, endMs - (records - i) * 1000))
  if (i % fillGroup === 0) outbox.flush()
}
outbox.seal('telematics')
outbox.flush()
say({ filled: outbox.waiting('telematics').records, boot: outbox.boot, device })
await once(process.stdin, 'data')

const startedMs = performance.now()
sync.start()
let alerts = 0
const alerting = setInterval(() => {
  const at = Date.now()
  outbox.append('urgent', {
    type: 'alert',
    alert: {
      eventId: alertId(++alerts),
      tripId: alertId(0),
      kind: 'harsh_braking',
      band: 'coach',
      at,
      value: 4,
      speedMps: 14,
      lat: 49.01,
      lon: 12.1,
    },
  })
}, alertEveryMs)
const waiting = () => outbox.waiting('telematics').records
while (waiting() > 0) await new Promise((resolve) => setTimeout(resolve, 20))
const drainS = (performance.now() - startedMs) / 1000
clearInterval(alerting)
outbox.flush()
while (outbox.waiting('urgent').records > 0) await new Promise((resolve) => setTimeout(resolve, 20))
say({ drainS, alerts, ...sync.counters() })
await sync.stop()
outbox.close()
process.exit(0)

function alertsBehind(): typeof outbox {
  return {
    ...outbox,
    nextBatch: (lane, afterId, stretches) =>
      lane === 'urgent' && waiting() > 0 ? null : outbox.nextBatch(lane, afterId, stretches),
  }
}
