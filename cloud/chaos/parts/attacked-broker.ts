import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Site } from './site.ts'

/** What a broker's process says of itself, after a collection. */
export interface BrokerState {
  rss: number
  /** Of JavaScript: heap and buffers. */
  heldBytes: number
  /** Errors that nobody caught. */
  uncaught: number
}

/** A broker to be attacked. */
export interface AttackedBroker {
  readonly port: number
  /** Resident bytes now, by the kernel. */
  rss(): number
  measure(): Promise<BrokerState>
  /** True as long as its process runs. */
  readonly alive: boolean
}

/** Starts one in a process of its own: the cloud's (`ours`), aedes as it comes (`stock`), or a packet parser on a socket (`naive`). */
export async function startAttackedBroker(site: Site, kind: 'ours' | 'stock' | 'naive'): Promise<AttackedBroker> {
  const file = fileURLToPath(new URL('broker-child.ts', import.meta.url))
  const child: ChildProcess = fork(file, [kind], { execArgv: ['--expose-gc'] })
  const { pid = 0 } = child
  site.own(pid)
  child.once('exit', () => site.disown(pid))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    rss() {
      const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
      return Number(kib) * 1024
    },
    async measure() {
      child.send('measure')
      const [state] = (await once(child, 'message')) as [BrokerState]
      return state
    },
    get alive() {
      return child.exitCode === null && child.signalCode === null
    },
  }
}
