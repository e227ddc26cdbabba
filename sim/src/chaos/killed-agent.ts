import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { LogRange } from './compare-log.ts'

/** Longest that emptying the outbox may take. */
const drainMs = 120_000

export interface AgentUnderTest {
  root: string
  agentDir: string
  /** Gets the agent's own log, JSON lines. */
  logFile: string
  env: Record<string, string>
}

/** When to kill: so long after the start of the process or, later, after the agent says that it is running. */
export interface Moment {
  after: 'start' | 'running'
  ms: number
}

/** Starts the agent on a recording and kills it at a moment, whatever it does then. */
export async function runAndKill(agent: AgentUnderTest, options: { recording: string; rate: number; moment: Moment }) {
  const { recording, rate, moment } = options
  const run = start(agent, ['--clock-rate', String(rate)], { FAIRMILE_RECORDING: recording })
  if (moment.after === 'running') await Promise.race([run.running, run.ended])
  await Promise.race([sleep(moment.ms), run.ended])
  const { exitCode } = run.child
  if (exitCode !== null) throw new Error(`the agent ended by itself with ${exitCode}: see ${agent.logFile}`)
  run.child.kill('SIGKILL')
  await run.ended
}

/** Lets the agent send what it holds, with nothing to sense. */
export async function drain(agent: AgentUnderTest): Promise<void> {
  const { child, ended } = start(agent, ['--once'], {})
  const timer = setTimeout(() => child.kill('SIGTERM'), drainMs)
  await ended
  clearTimeout(timer)
  if (child.exitCode !== 0)
    throw new Error(`the agent ended with ${child.exitCode} while draining: see ${agent.logFile}`)
}

/** What the agent reported committed, by its log. */
export function reportedRanges(logFile: string): LogRange[] {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"msg":"committed"') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogRange)
}

/** What the cloud has of a device, by the cloud's own tool; the cloud must be stopped. */
export async function storedRanges(root: string, cloudDir: string, device: string): Promise<LogRange[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'cloud/bin/fairmile-cloud.mjs'), 'devices', 'log', device, '--json'],
    { env: { ...process.env, FAIRMILE_DATA: cloudDir }, maxBuffer: 256 * 1024 * 1024 },
  )
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LogRange)
}

/** What the agent wrote before it was killed is in the pipe and read to its end. */
function start(agent: AgentUnderTest, flags: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(agent.root, 'agent/bin/fairmile-agent.mjs'), 'run', ...flags], {
    env: { ...process.env, FAIRMILE_DATA: agent.agentDir, FAIRMILE_LOG_LEVEL: 'debug', ...agent.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const running = Promise.withResolvers<void>()
  createInterface({ input: child.stderr }).on('line', (line) => {
    appendFileSync(agent.logFile, `${line}\n`)
    if (line.includes('"msg":"running"')) running.resolve()
  })
  return { child, running: running.promise, ended: once(child, 'close') }
}
