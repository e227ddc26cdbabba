import { join } from 'node:path'
import { type DeviceReport, deviceReportSchema } from '@fairmile/contract/device-messages.ts'
import { localPaths } from '@fairmile/contract/local-paths.ts'
import { Command } from 'commander'
import { type Clock, createClock } from '../clock.ts'
import { type AgentConfig, readConfig } from '../config.ts'
import type { Found } from '../doctor/check.ts'
import { checkCloud } from '../doctor/check-cloud.ts'
import { examineAll } from '../doctor/examine-all.ts'
import type { Feed } from '../doctor/hear.ts'
import { askBoard, testChip } from '../doctor/imu-self-test.ts'
import { sensorNames } from '../doctor/sensor-names.ts'
import { StartError } from '../errors.ts'
import { makeDataFolder } from '../keys/data-folder.ts'
import { credentialsOf, readIdentity } from '../keys/identity.ts'
import { askAgent } from '../local/ask-agent.ts'
import { takeLock } from '../outbox/lock.ts'
import { readOutboxStatus } from '../outbox/read-status.ts'
import { makeSources } from '../sources.ts'

/** `fairmile-agent doctor`: what works, what does not, and what to do about it. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description(
      'check the sensors, the disk, the clock, the model, the map and the cloud, and say what to do; exit code 1 if something fails',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'before',
      `Examples:
  $ FAIRMILE_GNSS=serial:/dev/serial0 FAIRMILE_IMU=i2c:1 fairmile-agent doctor
  $ fairmile-agent doctor --json | jq '.findings[] | select(.result == "failed")'
`,
    )
    .addHelpText(
      'after',
      `
It listens to the sensors for six seconds, in which the car should stand with the engine off. While an agent runs on the
same FAIRMILE_DATA, that agent examines itself and this command prints what it found: two readers of one port would take
each other's bytes.`,
    )
    .action(async ({ json }: { json?: true }) => {
      const report = await examineHere(readConfig(process.env))
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : report.findings.map(line).join(''))
      process.exitCode = report.ok ? 0 : 1
    })

const line = ({ name, result, detail }: DeviceReport['findings'][number]): string =>
  `${result.padEnd(7)} ${name.padEnd(9)} ${detail}\n`

/** By the agent that holds the data folder or, where none does, by this command. */
async function examineHere(config: Readonly<AgentConfig>): Promise<DeviceReport> {
  const release = lockUnlessRunning(config.dataFolder)
  if (release === null) return askRunning(config)
  try {
    const claimed = readClaim(config)
    const clock = createClock()
    return await examineAll({
      ...config,
      ...sensorNames(config),
      feed: feedOf(config, clock),
      huntsBaud: config.gnss !== null && config.gnss.baud === null,
      writtenBytesPerHour: () => readOutboxStatus(config.dataFolder)?.writtenBytesPerHour ?? null,
      cloud: () => checkCloud({ claimed: claimed(), cloudUrl: config.cloudUrl }),
      ...(config.imu !== null && { imuTest: () => testImu(config, clock) }),
      clock,
    })
  } finally {
    release()
  }
}

async function askRunning(config: Readonly<AgentConfig>): Promise<DeviceReport> {
  const answer = await askAgent(config.screen, localPaths.report)
  if (answer?.ok) return deviceReportSchema.parse(await answer.json())
  const what = 'Asking the running agent how it is'
  if (answer) throw new Error(`${what}: ${((await answer.json()) as { detail: string }).detail}`)
  throw new Error(
    `${what}: it does not answer at FAIRMILE_SCREEN. Run this command with the agent's own settings, or stop the agent first.`,
  )
}

/** Read when it is looked at, so that a damaged identity is a finding like others. */
const readClaim =
  ({ dataFolder, mqttUrl }: AgentConfig) =>
  () => {
    const identity = readIdentity(dataFolder)
    if (!identity?.claimed) return null
    const { claimed } = identity
    return { url: mqttUrl ?? claimed.mqttUrl, credentials: credentialsOf({ ...identity, claimed }) }
  }

async function testImu(config: AgentConfig, clock: Clock): Promise<Found> {
  if (config.imu?.kind === 'i2c') return testChip(config.imu)
  const { board } = await makeSources({ ...config, gnss: null, clock, settle: async () => {} })
  return board === undefined ? { result: 'skipped', detail: 'there is no IMU' } : askBoard(board)
}

/** The sensors of the settings, opened for as long as they are listened to. */
const feedOf =
  (config: AgentConfig, clock: Clock): Feed =>
  async (sink, signal) => {
    const { sources } = await makeSources({ ...config, clock, settle: async () => {} })
    await Promise.all(
      sources.map((source) =>
        source.run(sink, signal).catch((error: unknown) => sink.trouble(source.name, String(error))),
      ),
    )
  }

function lockUnlessRunning(folder: string): (() => void) | null {
  makeDataFolder(folder)
  try {
    return takeLock(join(folder, 'outbox.lock'))
  } catch (error) {
    if (error instanceof StartError) return null
    throw error
  }
}
