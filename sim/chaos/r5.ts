/**
 * R5: a car comes back after 72 hours without signal, with 259,200 records in its outbox, and sends them to the real cloud on
 * PostgreSQL, while the drive goes on and has an alert four times a second. Claim: nothing is lost, at least 5,000 records a second arrive,
 * and an alert is on the driver's page within 2 s (p95).
 *
 * The control sends alerts behind the backlog. It must fail.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { positive } from '../../scripts/chaos/command.ts'
import { listenForAlerts } from '../src/chaos/alert-ear.ts'
import { compareLogs } from '../src/chaos/compare-log.ts'
import { storedRanges } from '../src/chaos/killed-agent.ts'
import { type PostgresServer, startPostgres } from '../src/chaos/postgres.ts'
import { demoAccounts } from '../src/start/demo-accounts.ts'
import { provision } from '../src/start/provision.ts'
import { startCloud } from '../src/start/start-cloud.ts'

const leastRecordsPerS = 5000
const mostAlertMs = 2000
/** The last alerts are on their way while the last record is acked. */
const settleMs = 1500

const options = new Command('R5')
  .description('72 hours offline, then the drain: nothing lost, 5,000 records a second, alerts within 2 s meanwhile.')
  .addHelpText('before', 'Examples:\n  npm run chaos -- R5\n  npm run chaos -- R5 --hours 6 --control\n')
  .option('--hours <n>', 'how long the car was offline', positive, 72)
  .option('--embedded', 'with the embedded database instead of PostgreSQL')
  .option('--control', 'send alerts behind the backlog: must fail')
  .option('--json', 'nothing but the last line')
  .parse()
  .opts<{ hours: number; embedded?: true; control?: true; json?: true }>()

const root = fileURLToPath(new URL('../..', import.meta.url))
const say = (text: string): void => void (options.json || console.error(text))
const folder = mkdtempSync(join(tmpdir(), 'fairmile-r5-'))
const records = options.hours * 3600
const found = await test()
const { lost, recordsPerS, alertP95Ms, alertsUnheard } = found
const passed =
  lost === 0 &&
  found.duplicated === 0 &&
  recordsPerS >= leastRecordsPerS &&
  alertP95Ms <= mostAlertMs &&
  alertsUnheard === 0
console.log(JSON.stringify({ id: 'R5', passed, hours: options.hours, control: options.control === true, ...found }))
process.exitCode = passed ? 0 : 1
if (passed) rmSync(folder, { recursive: true })
else console.error(`what was recorded is kept in ${folder}`)

interface Said {
  filled: number
  boot: number
  device: string
  drainS: number
  alerts: number
}

async function test() {
  await using running = new AsyncDisposableStack()
  const server: PostgresServer | null = options.embedded
    ? null
    : startPostgres(mkdtempSync(join(tmpdir(), 'fairmile-pg-')))
  if (server) {
    running.defer(() => server.stop())
    process.env.DATABASE_URL = server.url
  }
  const accounts = demoAccounts(folder)
  const cloud = await startCloud({ root, dataDir: folder, port: 0, accounts })
  running.defer(() => cloud.stop())
  const { claimCode } = await provision({ baseUrl: cloud.http, accounts, claimed: false })
  const agentDir = join(folder, 'agent')
  mkdirSync(agentDir, { recursive: true })
  await claim(agentDir, { FAIRMILE_CLOUD_URL: cloud.http, FAIRMILE_CLAIM_CODE: claimCode ?? '', MQTT_URL: cloud.mqtt })
  const car = backlog(agentDir, cloud.mqtt)
  const { filled, boot, device } = await car.next()
  say(`${filled} records are stored; the car comes back`)
  const ear = await listenForAlerts(cloud.http, accounts.driver)
  car.go()
  const { drainS, alerts } = await Promise.race([car.next(), cloud.failed])
  await sleep(settleMs)
  const delays = [...ear.delaysMs.values()].sort((a, b) => a - b)
  ear.close()
  const reported = [
    { lane: 'telematics', boot, firstSeq: 1, lastSeq: records },
    { lane: 'urgent', boot, firstSeq: 1, lastSeq: alerts },
  ]
  if (options.embedded) await cloud.stop()
  const comparison = compareLogs(reported, await storedRanges(root, join(folder, 'cloud'), device))
  return {
    ...comparison,
    drainS: Math.round(drainS * 100) / 100,
    recordsPerS: Math.round(records / drainS),
    alerts,
    alertsUnheard: alerts - delays.length,
    alertP50Ms: delays[Math.floor(delays.length / 2)] ?? Number.NaN,
    alertP95Ms: delays[Math.floor(delays.length * 0.95)] ?? Number.POSITIVE_INFINITY,
    alertMostMs: delays.at(-1) ?? Number.NaN,
  }
}

/** Has the agent claim its device; with nothing to sense it ends at once. */
async function claim(agentDir: string, env: Record<string, string>): Promise<void> {
  const agent = spawn(process.execPath, [join(root, 'agent/bin/fairmile-agent.mjs'), 'run', '--once'], {
    env: { ...process.env, FAIRMILE_DATA: agentDir, FAIRMILE_SCREEN: 'off', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(agent, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the agent ended with ${code} while it claimed its device`)
}

function backlog(agentDir: string, mqtt: string) {
  const mode = options.control ? 'behind' : 'before'
  const child = spawn(
    process.execPath,
    [join(root, 'agent/chaos/parts/backlog.ts'), agentDir, mqtt, String(records), mode],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async next(): Promise<Said> {
      const { value, done } = await lines.next()
      if (done) throw new Error('the car’s process ended early')
      return JSON.parse(value) as Said
    },
    go: () => void child.stdin.write('go\n'),
  }
}
