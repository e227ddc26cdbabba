import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { LogRange } from './compare-log.ts'

/** Longest that emptying the outbox may take. */
const drainMs = 120_000

export interface AgentUnderTest {
  root: string
  agentDir: string
  /** Gets the agent's own log, JSON lines; it is written before the next thing is done, so a kill loses none of it. */
  logFile: string
  env: Record<string, string>
}

/** Starts the agent on a recording and kills it after a while, wherever it is then. */
export async function runAndKill(agent: AgentUnderTest, options: { recording: string; rate: number; afterMs: number }) {
  const child = start(agent, ['--clock-rate', String(options.rate)], { FAIRMILE_RECORDING: options.recording })
  const exited = once(child, 'exit')
  await Promise.race([sleep(options.afterMs), exited])
  if (child.exitCode !== null) throw new Error(`the agent ended by itself with ${child.exitCode}: see ${agent.logFile}`)
  child.kill('SIGKILL')
  await exited
}

/** Lets the agent send what it holds, with nothing to sense. */
export async function drain(agent: AgentUnderTest): Promise<void> {
  const child = start(agent, ['--once'], {})
  const exited = once(child, 'exit')
  const timer = setTimeout(() => child.kill('SIGTERM'), drainMs)
  const [code] = await exited
  clearTimeout(timer)
  if (code !== 0) throw new Error(`the agent ended with ${code} while draining: see ${agent.logFile}`)
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

function start(agent: AgentUnderTest, flags: readonly string[], env: Record<string, string>): ChildProcess {
  const log = openSync(agent.logFile, 'a')
  try {
    return spawn(process.execPath, [join(agent.root, 'agent/bin/fairmile-agent.mjs'), 'run', ...flags], {
      env: { ...process.env, FAIRMILE_DATA: agent.agentDir, FAIRMILE_LOG_LEVEL: 'debug', ...agent.env, ...env },
      stdio: ['ignore', 'ignore', log],
    })
  } finally {
    closeSync(log)
  }
}
