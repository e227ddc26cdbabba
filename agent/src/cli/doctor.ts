import { join } from 'node:path'
import { Command } from 'commander'
import { buildMs, createClock } from '../clock.ts'
import { type AgentConfig, readConfig } from '../config.ts'
import { examine, type Finding } from '../doctor/check.ts'
import { checkClock, checkDisk, checkIdentity, checkReachable } from '../doctor/computer.ts'
import { askBoard, testChip } from '../doctor/imu-self-test.ts'
import { listenTo } from '../doctor/sensors.ts'
import { StartError } from '../errors.ts'
import { readIdentity } from '../keys/identity.ts'
import { takeLock } from '../outbox/lock.ts'
import { findWindowModel } from '../scoring/artifact.ts'
import { openWindowScorer } from '../scoring/window-scorer.ts'
import { makeSources } from '../sources.ts'

type Found = Omit<Finding, 'name'>

/** `fairmile-agent doctor`: what works, what does not, and what to do about it. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description(
      'check the sensors, the disk, the clock and the cloud, and say what to do; exit code 1 if something fails',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'before',
      `Examples:
  $ FAIRMILE_GNSS=serial:/dev/serial0 FAIRMILE_IMU=i2c:1 fairmile-agent doctor
  $ fairmile-agent doctor --json | jq '.findings[] | select(.result == "failed")'
`,
    )
    .action(async ({ json }: { json?: true }) => {
      const findings = await examineAll(readConfig(process.env))
      const ok = findings.every(({ result }) => result !== 'failed')
      process.stdout.write(json ? `${JSON.stringify({ ok, findings })}\n` : findings.map(line).join(''))
      process.exitCode = ok ? 0 : 1
    })

const line = ({ name, result, detail }: Finding): string => `${result.padEnd(7)} ${name.padEnd(8)} ${detail}\n`

async function examineAll(config: Readonly<AgentConfig>): Promise<Finding[]> {
  const { dataFolder: folder } = config
  const findings = [
    await examine('disk', () => checkDisk(folder)),
    await examine('clock', () => checkClock(Date.now(), buildMs)),
    await examine('keys', () => checkIdentity(folder)),
    await examine('cloud', () => checkCloud(config)),
    await examine('model', checkModel),
  ]
  const release = lockUnlessRunning(folder)
  try {
    findings.push(...(await checkSensors(config, release === null)))
  } finally {
    release?.()
  }
  return findings
}

/** The broker that the device talks to or, before the claim, the cloud that it would be claimed by. */
async function checkCloud({ dataFolder, mqttUrl, cloudUrl }: AgentConfig): Promise<Found> {
  const address = mqttUrl ?? readIdentity(dataFolder)?.claimed?.mqttUrl ?? cloudUrl
  if (address !== null) return checkReachable(address)
  return { result: 'failed', detail: 'no address is known: set FAIRMILE_CLOUD_URL' }
}

async function checkModel(): Promise<Found> {
  const folder = await findWindowModel()
  if (folder === null) return { result: 'failed', detail: 'no window model came with this agent: install it again' }
  const { scorer, close } = await openWindowScorer(folder)
  await close()
  return { result: 'ok', detail: `${scorer.manifest.name} ${scorer.manifest.version}` }
}

/** Two readers of one port would take each other's bytes, so a running agent's sensors are left alone. */
async function checkSensors(config: AgentConfig, running: boolean): Promise<Finding[]> {
  const clock = createClock()
  const look = (name: 'gnss' | 'imu', only: Pick<AgentConfig, 'gnss' | 'imu'>) =>
    examine(name, async () => {
      const { sources } = await makeSources({ ...only, recording: null, clock, settle: async () => {} })
      const [source] = sources
      if (source === undefined)
        return { result: 'skipped', detail: `none is set: FAIRMILE_${name.toUpperCase()} names one` }
      if (running) return { result: 'skipped', detail: `${source.name}: the running agent uses it; ask its log` }
      return listenTo(source)
    })
  const found = [
    await look('gnss', { gnss: config.gnss, imu: null }),
    await look('imu', { gnss: null, imu: config.imu }),
  ]
  if (!running && found[1]?.result === 'ok') found.push(await examine('imu test', () => testImu(config)))
  return found
}

async function testImu({ imu }: AgentConfig): Promise<Found> {
  if (imu?.kind === 'i2c') return testChip(imu)
  const { board } = await makeSources({
    gnss: null,
    imu,
    recording: null,
    clock: createClock(),
    settle: async () => {},
  })
  return board === undefined ? { result: 'skipped', detail: 'there is no IMU' } : askBoard(board)
}

function lockUnlessRunning(folder: string): (() => void) | null {
  try {
    return takeLock(join(folder, 'outbox.lock'))
  } catch (error) {
    if (error instanceof StartError) return null
    throw error
  }
}
