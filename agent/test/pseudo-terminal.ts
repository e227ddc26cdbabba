import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import type { ReadStream } from 'node:tty'
import * as nodePty from '@lydell/node-pty'

/** The part of node-pty that opens a pair without a program on it; its types leave it out. */
interface PtyPair {
  master: ReadStream
  slave: ReadStream
  fd: number
  ptsName: string
}

/** Opens a raw pseudo-terminal; the far end is a file that is opened as a serial port, and knows the rate it was set to. */
export const openPseudoTerminal = () => {
  const { open } = nodePty as unknown as { open(options: object): PtyPair }
  const { master, slave, fd, ptsName: path } = open({ encoding: null })
  const held = openSync(path, constants.O_RDWR | constants.O_NOCTTY)
  // The pair comes with a reader on the far end, which would eat what is meant for the port.
  slave.destroy()
  const stty = (...args: string[]) => execFileSync('stty', args, { stdio: [held, 'pipe', 'inherit'], encoding: 'utf8' })
  stty('raw', '-echo')
  return {
    path,
    baud: (): number => Number(stty('speed')),
    write: (bytes: Uint8Array): void => void writeSync(fd, bytes),
    onData: (listener: (bytes: Uint8Array) => void): void => void master.on('data', listener),
    close(): void {
      closeSync(held)
      master.destroy()
    },
  }
}
