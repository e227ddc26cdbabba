import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Account, childrenOf, isAlive, type Site, signalTree } from './site.ts'
import { until } from './until.ts'

/** How long a server may take to be ready, ms: recovery after a crash included. */
const readyMs = 120_000
/** How long an orderly end may take, ms; then it is killed. */
const stopMs = 20_000
/** Characters of the log that an error message quotes. */
const quoted = 2_000

/** A program that is started, killed, paused and started again. */
export interface ServerProcess {
  readonly name: string
  /** Of the running process. @throws where it does not run */
  readonly pid: number
  readonly running: boolean
  /** Its standard error, from the first start on. */
  readonly logFile: string
  /** Starts it where it does not run; gives the line that said so. */
  start(): Promise<string>
  /** `kill -9`, with all that it has started; ends when they are gone. */
  kill(): Promise<void>
  /** SIGSTOP, with all that it has started. */
  pause(): void
  resume(): void
  /** Ends it in good order (SIGTERM, or the signal it wants); gives its exit code, null where it had to be killed. */
  stop(): Promise<number | null>
}

export interface ServerProcessOptions {
  site: Site
  name: string
  command: string
  args: readonly string[]
  env?: Record<string, string>
  cwd?: string
  account?: Account | null
  /** What a line of its output holds when it is ready. */
  ready: string
  /** Asks it to end. @default SIGTERM */
  stopSignal?: NodeJS.Signals
}

/** Makes a server of a program, not started yet; it ends with its site. */
export function createServerProcess(options: ServerProcessOptions): ServerProcess {
  const { site, name, command, args, account, ready, stopSignal = 'SIGTERM' } = options
  const logFile = join(site.folder, `${name}.log`)
  let child: ChildProcess | null = null
  let closed: Promise<unknown> = Promise.resolve()

  const launch = async (): Promise<string> => {
    const started = spawn(command, args, {
      ...account,
      env: { ...process.env, ...options.env },
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const saidReady = Promise.withResolvers<string>()
    saidReady.promise.catch(() => undefined)
    let recent = ''
    const log = createWriteStream(logFile, { flags: 'a' })
    for (const stream of [started.stdout, started.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`)
        recent = `${recent}${line}\n`.slice(-quoted)
        if (line.includes(ready)) saidReady.resolve(line)
      })
    started.once('error', (cause) => saidReady.reject(new Error(`Starting ${name}: ${cause.message}`, { cause })))
    closed = once(started, 'close').catch(() => undefined)
    started.once('exit', (code, signal) => {
      if (started.pid !== undefined) site.disown(started.pid)
      if (child === started) child = null
      saidReady.reject(new Error(`Starting ${name}: it ended with ${code ?? signal}:\n${recent}`))
    })
    child = started
    if (started.pid !== undefined) site.own(started.pid)
    const late = setTimeout(
      () => saidReady.reject(new Error(`Starting ${name}: not ready in ${readyMs} ms:\n${recent}`)),
      readyMs,
    )
    try {
      return await saidReady.promise
    } finally {
      clearTimeout(late)
    }
  }

  const pidOf = (): number => {
    if (child?.pid === undefined) throw new Error(`${name} does not run: see ${logFile}`)
    return child.pid
  }
  const server: ServerProcess = {
    name,
    logFile,
    get pid() {
      return pidOf()
    },
    get running() {
      return child !== null
    },
    start: () => (child === null ? launch() : Promise.reject(new Error(`Starting ${name}: it runs already`))),
    async kill() {
      if (child?.pid === undefined) return
      const all = treeOf(child.pid)
      signalTree(child.pid, 'SIGKILL')
      await closed
      await until(`the end of ${name}`, () => all.every((pid) => !isAlive(pid)))
    },
    pause: () => signalTree(pidOf(), 'SIGSTOP'),
    resume: () => signalTree(pidOf(), 'SIGCONT'),
    async stop() {
      if (child === null) return 0
      const ending = child
      signalTree(pidOf(), 'SIGCONT')
      ending.kill(stopSignal)
      const late = setTimeout(() => void server.kill(), stopMs)
      await closed
      clearTimeout(late)
      return ending.exitCode
    },
  }
  site.defer(() => server.kill())
  return server
}

const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)]
