import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import type { ReadStream } from 'node:tty'
import * as nodePty from '@lydell/node-pty'

/** Bytes that wait for a reader at most (11 s at 115,200 baud); beyond it they are lost, as on a line that nobody reads. */
const MOST_WAITING = 128 * 1024
/** How soon a full line is tried again. */
const RETRY_MS = 5

/** One end of a serial line whose other end is a file that the agent opens as its port. */
export interface VirtualSerial {
  /** The other end, such as /dev/pts/5. */
  readonly path: string
  /** Bytes that nobody read in time. */
  readonly droppedBytes: number
  /** Puts bytes on the line; they arrive as they are, whatever they are. */
  write(bytes: Uint8Array | string): void
  /** Takes what the other end sends. */
  onData(listener: (bytes: Uint8Array) => void): void
  /** Hangs up; may be called twice. */
  close(): void
}

/** The part of node-pty that opens a pair without a program on it; its types leave it out. */
interface PtyPair {
  master: ReadStream
  slave: ReadStream
  fd: number
  ptsName: string
}

/**
 * Opens a pseudo-terminal pair in raw mode: no echo, no signals, no change of line ends. One descriptor of the other end
 * stays open here, so that the line survives an agent that closes and opens its port.
 *
 * @throws Error where the machine has no pseudo-terminals or no `stty`
 */
export function openVirtualSerial(): VirtualSerial {
  const { open } = nodePty as unknown as { open(options: object): PtyPair }
  const { master, slave, fd, ptsName: path } = open({ encoding: null })
  const held = openSync(path, constants.O_RDWR | constants.O_NOCTTY)
  // The pair comes with a reader on the far end, which would eat what is meant for the agent.
  slave.destroy()
  execFileSync('stty', ['raw', '-echo'], { stdio: [held, 'ignore', 'inherit'] })
  const waiting: Uint8Array[] = []
  let waitingBytes = 0
  let droppedBytes = 0
  let closed = false
  let retry: NodeJS.Timeout | undefined

  // Node's own stream would write synchronously here and spin while nobody reads.
  const pump = (): void => {
    retry = undefined
    while (!closed && waiting.length > 0) {
      const written = writeSome(fd, waiting[0]!)
      waitingBytes -= written
      if (written < waiting[0]!.length) {
        waiting[0] = waiting[0]!.subarray(written)
        retry = setTimeout(pump, RETRY_MS)
        return
      }
      waiting.shift()
    }
  }
  return {
    path,
    get droppedBytes() {
      return droppedBytes
    },
    write(bytes) {
      const chunk = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
      if (closed || waitingBytes + chunk.length > MOST_WAITING) {
        droppedBytes += chunk.length
        return
      }
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (retry === undefined) pump()
    },
    onData(listener) {
      master.on('data', (chunk: Buffer) => listener(chunk))
    },
    close() {
      if (closed) return
      closed = true
      clearTimeout(retry)
      master.on('error', () => {}) // hanging up ends a read with EIO
      master.destroy()
      closeSync(held)
    },
  }
}

/** Writes what fits; 0 where the line is full. */
function writeSome(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
    throw error
  }
}
