/** `npm start`: the cloud, a car, the agent in it and the pages, all on this machine. */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { agentStatus } from './agent-status.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { type Car, createCar } from './car.ts'
import { logIn } from './cloud-api.ts'
import { buildDashboard } from './dashboard-build.ts'
import { waitForDelivery } from './delivery.ts'
import { type DemoAccounts, demoAccounts } from './demo-accounts.ts'
import { isSameCar } from './last-car.ts'
import { provision } from './provision.ts'
import { startAgent } from './start-agent.ts'
import { startCloud } from './start-cloud.ts'
import { summarize } from './summary.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const say = (text: string): void => console.log(text)

const options = readArguments(process.argv)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  await start(options)
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

/** Brings everything up, drives, and takes everything down in the opposite order. */
async function start(options: Arguments): Promise<void> {
  await using running = new AsyncDisposableStack()
  running.defer(() => {
    if (stop.signal.aborted) say('Stopping …')
  })
  const accounts = demoAccounts(options.dataDir)
  const car = createCar(options, say)
  running.defer(() => car.doors.close())
  buildDashboard(root, say)
  const { dataDir } = options
  const cloud = await startCloud({ root, dataDir, port: options.port, accounts })
  running.defer(() => cloud.stop())
  const agentDir = join(dataDir, 'agent')
  const claimed = await isClaimed(agentDir)
  const { driverId, claimCode } = await provision({ baseUrl: cloud.http, accounts, claimed })
  const screenPort = screenPortBeside(cloud.http)
  const agent = startAgent({
    root,
    dataDir,
    doors: car.doors,
    hasGps: car.hasGps,
    cloudUrl: cloud.http,
    mqttUrl: cloud.mqtt,
    claimCode,
    clockRate: options.speed,
    screenPort,
    moved: !isSameCar(dataDir, car.name),
  })
  running.defer(() => agent.stop())
  say(welcome(cloud.http, screenPort, accounts, dataDir))
  const driven = driveAndTell(car, { options, agentDir, baseUrl: cloud.http, accounts, driverId })
  await Promise.race([driven, agent.failed, cloud.failed])
}

/** The keys are made before the claim, so that they are there says nothing yet. */
async function isClaimed(agentDir: string): Promise<boolean> {
  return existsSync(join(agentDir, 'device.json')) && (await agentStatus(root, agentDir)).device !== null
}

async function driveAndTell(
  car: Car,
  about: {
    options: Arguments
    agentDir: string
    baseUrl: string
    accounts: DemoAccounts
    driverId: string
  },
): Promise<void> {
  const asDriver = () => logIn(about.baseUrl, about.accounts.driver)
  const before = await (await asDriver()).trips(about.driverId)
  const known = new Set(before.items.map(({ id }) => id))
  const sinceMs = Date.now()
  await car.drive(stop.signal)
  // Drives may be longer than a session.
  const api = await asDriver()
  const delivered = await waitForDelivery({ root, api, signal: stop.signal, known, sinceMs, ...about })
  say(summarize(delivered))
  if (about.options.once) {
    if (!delivered.complete) process.exitCode = 1
    return
  }
  say('Everything stays up for looking; Ctrl-C ends it.')
  await new Promise((resolve) => stop.signal.addEventListener('abort', resolve))
}

/** Ten above the pages, as 8010 is above 8000. */
function screenPortBeside(pages: string): number {
  const port = Number(new URL(pages).port)
  return port + 10 < 65_536 ? port + 10 : port - 10
}

function welcome(baseUrl: string, screenPort: number, accounts: DemoAccounts, dataDir: string): string {
  const shown = relative(process.cwd(), dataDir) || dataDir
  return `
Fairmile runs.
  Pages      ${baseUrl}
  In the car http://127.0.0.1:${screenPort}
  API        ${baseUrl}/docs
  Driver     ${accounts.driver.email}   ${accounts.driver.password}
  Admin      ${accounts.admin.email}   ${accounts.admin.password}
  Data       ${shown}   (logs in ${join(shown, 'logs')})
Ctrl-C stops everything.
`
}
