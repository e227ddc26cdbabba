/** The real agent on a simulated chip, for the tests: what `doctor` finds, and what `run --record` records. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ClaimedDevice } from '@fairmile/contract/http/devices.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { VirtualI2c } from '../src/virtual-i2c/virtual-i2c.ts'

const agent = fileURLToPath(new URL('../../agent/bin/fairmile-agent.mjs', import.meta.url))
export const feedHz = 100
/** The x axis counts in steps of a hundredth of a g from −8 to 8 g, so that a lost, swapped or wrongly scaled sample shows. */
export const countTo = 1600
export const countedG = (n: number): number => ((n % countTo) - countTo / 2) / 100
/** What the other axes feel all the while, g and rad/s. */
export const felt = { y: -2, z: 1, gx: 1.25, gy: 0.5, gz: -0.25 } as const

/** What a feed that was held up catches up with in one tick: all at once would overrun a small FIFO. */
const mostAtOnce = 2

/** Feeds a chip in real time until it is stopped; tells how many samples it was fed. */
export function startCounting(chip: VirtualI2c): { pushed(): number; stop(): void } {
  const startedMs = performance.now()
  let pushed = 0
  const timer = setInterval(() => {
    const due = Math.min(pushed + mostAtOnce, ((performance.now() - startedMs) * feedHz) / 1000)
    for (; pushed < due; pushed++) {
      const { y, z, ...rates } = felt
      chip.push({ ax: countedG(pushed) * G_MPS2, ay: y * G_MPS2, az: z * G_MPS2, ...rates })
    }
  }, 10)
  return { pushed: () => pushed, stop: () => clearInterval(timer) }
}

const level = { ay: 0, az: G_MPS2, gx: 0, gy: 0, gz: 0 }
/** Lets a chip that has no feed in real time stand still on a level table. */
export const stand = (chip: VirtualI2c): void => chip.push({ ax: 0, ...level })
/** Shakes such a chip to and fro by half a g; of a prime number of moments, none is met twice in a row. */
export const shake = (chip: VirtualI2c): void => {
  for (const g of [0.5, -0.5, 0.25, -0.5, 0.5, -0.25, 0]) chip.push({ ax: g * G_MPS2, ...level })
}

export interface Finding {
  name: string
  result: string
  detail: string
}

/** What `doctor` says of one thing. */
export async function finding(env: NodeJS.ProcessEnv, wanted: string): Promise<Finding | undefined> {
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, [agent, 'doctor', '--json'], { env }, (_error, stdout, stderr) =>
      resolve(stdout || stderr),
    )
  })
  const { findings } = JSON.parse(said) as { findings: Finding[] }
  return findings.find(({ name }) => name === wanted)
}

/** An agent that records what it senses. */
export interface RecordingAgent {
  /** Rows of imu.csv so far: t, ax, ay, az, gx, gy, gz. */
  rows(): number[][]
  /** Resolves with the first line of its log, from now on, that matches. */
  logged(wanted: RegExp): Promise<string>
  /** Stops it as a terminal's Ctrl-Z does, or lets it run on. */
  pause(paused: boolean): void
  /** Ends it; gives its exit code and the last line of its log. */
  end(): Promise<{ code: number | null; last: string }>
}

/** Starts an agent on a chip; its broker is never there, as in a dead zone. */
export async function startAgent(env: NodeJS.ProcessEnv): Promise<RecordingAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-agent-'))
  const claims = await startClaims()
  const recording = join(folder, 'recording')
  const child = spawn(process.execPath, [agent, 'run', '--record', recording], {
    env: { ...env, FAIRMILE_DATA: join(folder, 'data'), FAIRMILE_CLOUD_URL: claims.url, FAIRMILE_CLAIM_CODE: 'claim' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const log = readLog(child)
  return {
    rows: () => readRows(join(recording, 'imu.csv')),
    logged: log.next,
    pause: (paused) => void child.kill(paused ? 'SIGSTOP' : 'SIGCONT'),
    async end() {
      child.kill('SIGTERM')
      const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode]
      claims.close()
      rmSync(folder, { recursive: true, force: true })
      return { code, last: log.last() }
    },
  }
}

/** Waits until something holds; the test runner's time limit is the end of patience. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(50)
}

function readLog(child: ChildProcess) {
  const lines: string[] = []
  const waiting = new Set<{ wanted: RegExp; resolve: (line: string) => void }>()
  createInterface({ input: child.stderr! }).on('line', (line) => {
    lines.push(line)
    for (const each of waiting) {
      if (!each.wanted.test(line)) continue
      waiting.delete(each)
      each.resolve(line)
    }
  })
  return {
    last: () => lines.at(-1) ?? '',
    next: (wanted: RegExp) => new Promise<string>((resolve) => void waiting.add({ wanted, resolve })),
  }
}

async function startClaims(): Promise<{ url: string; close(): void }> {
  const claimed: ClaimedDevice = { deviceId: 'DEV-0001', mqttPassword: 'not-used', mqttUrl: 'mqtt://127.0.0.1:1' }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(claimed))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

function readRows(path: string): number[][] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(',').map(Number))
}
