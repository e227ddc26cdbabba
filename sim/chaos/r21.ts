/**
 * R21: a soak. The agent runs at real-time rates, 100 Hz from a sensor board and 1 Hz from a receiver by pseudo-terminals,
 * drive after drive, against the real cloud. Claim: after the warm-up its memory grows by less than 1 % an hour, its file
 * handles stay as many, and its write-ahead log stays within 64 MiB.
 *
 * The control loads a leak of 64 KiB a second into the agent. It must fail.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { positive } from '../../scripts/chaos/command.ts'
import { sumUp, type VitalSigns, type Vitals, vitalSigns } from '../src/chaos/vital-signs.ts'
import { openDoors } from '../src/doors/doors.ts'
import { liveBoard, runLiveCar } from '../src/doors/live-car.ts'
import { agentStatus } from '../src/start/agent-status.ts'
import { demoAccounts } from '../src/start/demo-accounts.ts'
import { provision } from '../src/start/provision.ts'
import { startAgent } from '../src/start/start-agent.ts'
import { startCloud } from '../src/start/start-cloud.ts'

const mostSlope = 1
const mostLogMb = 64
/** Handles that may come and go: a connection that is being made again. */
const spareHandles = 3
const everyMs = 5000
/** Code is compiled, caches fill and the first drives are judged in this share of the time. */
const warmUpShare = 1 / 6
const driveS = [600, 900] as const
const pauseS = 45

const options = new Command('R21')
  .description(
    'Runs the agent at real-time rates for an hour; its memory, file handles and write-ahead log must not grow.',
  )
  .addHelpText('before', 'Examples:\n  npm run chaos -- R21\n  npm run chaos -- R21 --minutes 6 --control\n')
  .option('--minutes <n>', 'how long', positive, 60)
  .option('--seed <n>', 'seed of the drives', positive, 1)
  .option('--control', 'leak memory and file handles: must fail')
  .option('--json', 'nothing but the last line')
  .parse()
  .opts<{ minutes: number; seed: number; control?: true; json?: true }>()

const root = fileURLToPath(new URL('../..', import.meta.url))
const { minutes, seed } = options
const say = (text: string): void => void (options.json || console.error(text))
const folder = mkdtempSync(join(tmpdir(), 'fairmile-r21-'))
const { agent, cloud, waiting } = await soak()
const passed =
  agent.rssSlopePercentPerHour < mostSlope &&
  agent.handlesLast <= agent.handlesFirst + spareHandles &&
  agent.fileMostMb <= mostLogMb
console.log(
  JSON.stringify({ id: 'R21', passed, minutes, seed, control: options.control === true, agent, cloud, waiting }),
)
process.exitCode = passed ? 0 : 1
if (passed) rmSync(folder, { recursive: true })
else console.error(`the logs are kept in ${folder}`)

async function soak() {
  await using running = new AsyncDisposableStack()
  const accounts = demoAccounts(folder)
  const doors = openDoors({ imu: liveBoard })
  running.defer(() => doors.close())
  const server = await startCloud({ root, dataDir: folder, port: 0, accounts })
  running.defer(() => server.stop())
  const { claimCode } = await provision({ baseUrl: server.http, accounts, claimed: false })
  if (options.control)
    process.env.NODE_OPTIONS = `--import=${fileURLToPath(new URL('../src/chaos/leak.mjs', import.meta.url))}`
  const agent = startAgent({
    root,
    dataDir: folder,
    doors,
    hasGps: true,
    cloudUrl: server.http,
    mqttUrl: server.mqtt,
    claimCode,
    clockRate: 1,
    screenPort: null,
    moved: false,
  })
  running.defer(() => agent.stop())
  const stop = new AbortController()
  const drive = { doors, seed, drives: Number.POSITIVE_INFINITY, driveS, pauseS, rate: 1, signal: stop.signal }
  const driven = runLiveCar({ ...drive, onDrive: ({ number }) => say(`drive ${number}`) }).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  const seen = await Promise.race([
    watch({ agent: agent.pid, cloud: server.pid }),
    agent.failed,
    server.failed,
    driven.then(() => Promise.reject(new Error('the drives ended'))),
  ])
  stop.abort()
  await driven
  const { lanes } = await agentStatus(root, join(folder, 'agent'))
  const left = Object.entries(lanes).map(([lane, status]) => [lane, status.waiting])
  return { agent: sumUp(seen.agent), cloud: sumUp(seen.cloud), waiting: Object.fromEntries(left) as object }
}

/** Looks at both until the time is over; what the warm-up showed is left out. */
async function watch(pids: Record<'agent' | 'cloud', number>): Promise<Record<'agent' | 'cloud', VitalSigns[]>> {
  const log = join(folder, 'agent', 'outbox.sqlite-wal')
  const startedMs = performance.now()
  const seen: Record<'agent' | 'cloud', VitalSigns[]> = { agent: [], cloud: [] }
  for (let looks = 1; ; looks++) {
    await sleep(everyMs)
    const share = (performance.now() - startedMs) / (minutes * 60_000)
    if (share >= warmUpShare) {
      seen.agent.push(vitalSigns(pids.agent, log))
      seen.cloud.push(vitalSigns(pids.cloud, null))
    }
    if (looks % 60 === 0) say(told(share, seen.agent.length > 0 ? sumUp(seen.agent) : null))
    if (share >= 1) return seen
  }
}

function told(share: number, vitals: Vitals | null): string {
  const done = `${Math.round(share * 100)} %`
  if (vitals === null) return `${done}, warming up`
  return `${done}, ${vitals.rssMb} MB, ${vitals.rssSlopePercentPerHour} % an hour, ${vitals.handlesLast} handles`
}
