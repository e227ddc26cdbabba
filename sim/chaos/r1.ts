/**
 * R1: the agent is killed at random points, again and again, while it records and sends. Claim: every record that it
 * reported committed is in the cloud exactly once, and its outbox passes SQLite's check after each kill.
 *
 * The control throws the outbox's write-ahead log away at each kill, which is what a power cut leaves of commits that
 * were never flushed. (A kill -9 alone cannot tell a flushed commit from one in the page cache.) It must fail.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { positive } from '../../scripts/chaos/command.ts'
import { compareLogs } from '../src/chaos/compare-log.ts'
import {
  type AgentUnderTest,
  drain,
  type Moment,
  reportedRanges,
  runAndKill,
  storedRanges,
} from '../src/chaos/killed-agent.ts'
import { dropWriteAheadLog, isOutboxSound, setAside } from '../src/chaos/outbox-image.ts'
import { createRandom, type Random } from '../src/random.ts'
import { writeRecording } from '../src/recording/write-recording.ts'
import { agentStatus } from '../src/start/agent-status.ts'
import { demoAccounts } from '../src/start/demo-accounts.ts'
import { provision } from '../src/start/provision.ts'
import { startCloud } from '../src/start/start-cloud.ts'

interface Options {
  runs: number
  seed: number
  control?: true
  keep?: true
  json?: true
}

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Two minutes of driving a second: many records in each group commit, and whole batches sent between two kills. */
const rate = 120
/** One kill in five falls into the start: claim, recovery, first commit. The others into a drive, up to this long. */
const shareAtStart = 0.2
const startMs = 1200
const driveKillMs = 1500
const driveS = 360

const options = new Command('R1')
  .description('Kills the agent at random points; nothing it reported committed may be missing or twice in the cloud.')
  .addHelpText('before', 'Examples:\n  npm run chaos -- R1 --runs 100\n  npm run chaos -- R1 --runs 10 --control\n')
  .option('--runs <n>', 'how often it is killed', positive, 100)
  .option('--seed <n>', 'seed of the drive and of the moments', positive, 1)
  .option('--control', 'lose the write-ahead log at each kill, as without flushed commits: must fail')
  .option('--keep', 'keep the folder with logs and databases')
  .option('--json', 'nothing but the last line')
  .parse()
  .opts<Options>()

const folder = mkdtempSync(join(tmpdir(), 'fairmile-r1-'))
const say = (text: string): void => void (options.json || console.error(text))
const startedMs = performance.now()
const found = await test()
const passed = found.lost === 0 && found.duplicated === 0 && found.integrityOk === options.runs && found.setAside === 0
const seconds = Math.round((performance.now() - startedMs) / 100) / 10
console.log(
  JSON.stringify({
    id: 'R1',
    passed,
    runs: options.runs,
    seed: options.seed,
    control: options.control === true,
    ...found,
    seconds,
  }),
)
process.exitCode = passed ? 0 : 1
if (passed && !options.keep) rmSync(folder, { recursive: true })
else console.error(`the raw history is kept in ${folder}`)

async function test() {
  const { runs, seed } = options
  const random = createRandom(seed, 'R1')
  const recording = join(folder, 'drive')
  writeRecording({
    id: `r1-${seed}`,
    folder: recording,
    seed,
    driverSeed: seed,
    durationS: driveS,
    standingS: 5,
    imuRateHz: 100,
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 0 },
    withImu: true,
    gzip: false,
    knownMount: true,
  })
  const accounts = demoAccounts(folder)
  const cloud = await startCloud({ root, dataDir: folder, port: 0, accounts })
  const agentDir = join(folder, 'agent')
  let integrityOk = 0
  try {
    const { claimCode } = await provision({ baseUrl: cloud.http, accounts, claimed: false })
    const agent: AgentUnderTest = {
      root,
      agentDir,
      logFile: join(folder, 'agent.log'),
      env: { FAIRMILE_CLOUD_URL: cloud.http, MQTT_URL: cloud.mqtt, FAIRMILE_CLAIM_CODE: claimCode ?? '' },
    }
    for (let run = 1; run <= runs; run++) {
      await runAndKill(agent, { recording, rate, moment: momentOf(random) })
      if (isOutboxSound(agentDir, join(folder, 'image'))) integrityOk++
      if (options.control) dropWriteAheadLog(agentDir)
      if (run % 10 === 0) say(`${run} of ${runs} kills, outbox sound after ${integrityOk}`)
    }
    await drain(agent)
  } finally {
    await cloud.stop()
  }
  const { device } = await agentStatus(root, agentDir)
  const stored = await storedRanges(root, join(folder, 'cloud'), device ?? '')
  const comparison = compareLogs(reportedRanges(join(folder, 'agent.log')), stored)
  return { ...comparison, integrityOk, setAside: setAside(agentDir) }
}

function momentOf(random: Random): Moment {
  if (random.chance(shareAtStart)) return { after: 'start', ms: random.range(0, startMs) }
  return { after: 'running', ms: random.range(0, driveKillMs) }
}
