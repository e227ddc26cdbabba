import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

/** How long a program may take to stop before it is killed. */
const STOP_MS = 15_000
/** Lines of a log that are shown when its program dies. */
const SHOWN_LINES = 12

export interface ChildOptions {
  name: string
  /** A TypeScript or JavaScript file that Node runs, and its arguments. */
  args: readonly string[]
  env: Record<string, string>
  logFile: string
  /** Takes each line of stdout. */
  onLine?: (line: string) => void
}

/** A program of ours beside this one; what it says on stderr goes to its log file. */
export interface Child {
  readonly pid: number
  /** Rejects with the end of the log when the program ends before it was told to. */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

/** Starts a program with the Node that runs this one. Its stdout goes to the log too, line by line. */
export function startChild(options: ChildOptions): Child {
  mkdirSync(dirname(options.logFile), { recursive: true })
  const log = createWriteStream(options.logFile, { flags: 'a' })
  const child = spawn(process.execPath, [...options.args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C in a terminal reaches the whole group; the order of stopping is ours.
    detached: true,
  })
  child.stderr?.pipe(log, { end: false })
  createInterface({ input: child.stdout! }).on('line', (line) => {
    log.write(`${line}\n`)
    options.onLine?.(line)
  })
  let stopping = false
  const ended = once(child, 'exit')
  const written = ended.then(() => new Promise<void>((resolve) => log.end(() => resolve())))
  const failed = ended.then(async ([code, signal]): Promise<never> => {
    await written
    if (stopping) return new Promise(() => {})
    const tail = readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')
    throw new Error(
      `The ${options.name} ended (${signal ?? `exit code ${code}`}). Its log, ${options.logFile}:\n${tail}`,
    )
  })
  failed.catch(() => {}) // whoever waits for something of the child races against it
  return {
    pid: child.pid!,
    failed,
    async stop() {
      if (stopping) return written
      stopping = true
      await stopProcess(child)
      await written
    },
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(timer)
}
