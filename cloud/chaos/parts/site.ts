import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the servers of a test live: a temporary folder and their processes, which are gone at the end however that comes. */
export interface Site extends AsyncDisposable {
  readonly folder: string
  /** Makes a folder in it that belongs to an account. */
  makeFolder(name: string, account: Account | null): string
  /** Ends this process with the site, with all that it has started. */
  own(pid: number): void
  /** It has ended: its number may be another's soon. */
  disown(pid: number): void
  /** Runs before the processes are ended, the last first. */
  defer(end: () => void | Promise<void>): void
}

/** Who a server runs as. */
export interface Account {
  uid: number
  gid: number
}

/** Makes a place for servers. Ctrl-C and an uncaught error clean it up too. */
export function openSite(): Site {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-chaos-'))
  chmodSync(folder, 0o711) // servers of other accounts find their folders in it
  const pids = new Set<number>()
  const parts = new AsyncDisposableStack()
  const clean = (): void => {
    for (const pid of pids) signalTree(pid, 'SIGKILL')
    pids.clear()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const interrupted = (): never => process.exit(130)
  process.once('exit', clean)
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, interrupted)
  return {
    folder,
    makeFolder(name, account) {
      const made = join(folder, name)
      mkdirSync(made, { mode: 0o700 })
      if (account) chownSync(made, account.uid, account.gid)
      return made
    },
    own: (pid) => void pids.add(pid),
    disown: (pid) => void pids.delete(pid),
    defer: (end) => parts.defer(end),
    async [Symbol.asyncDispose]() {
      try {
        await parts.disposeAsync()
      } finally {
        clean()
        process.off('exit', clean)
        for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupted)
      }
    },
  }
}

/** The first of these accounts that there is; null where this process is not root, and servers run as it does. */
export function serverAccount(...names: readonly string[]): Account | null {
  if (process.getuid?.() !== 0) return null
  for (const name of [...names, 'nobody']) {
    try {
      const idOf = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: idOf('-u'), gid: idOf('-g') }
    } catch {}
  }
  throw new Error(`Starting a server: none of the accounts ${names.join(', ')}, nobody`)
}

/** Sends a signal to a process and all below it, those that go on without their parent too: it first, so that it makes no more. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  const hold = signal === 'SIGKILL'
  if (hold) send(pid, 'SIGSTOP')
  const below = childrenOf(pid)
  send(pid, signal)
  for (const child of below) signalTree(child, signal)
}

/** True while there is a process of this number. */
export function isAlive(pid: number): boolean {
  return send(pid, 0)
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Child processes by the kernel's own list. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
