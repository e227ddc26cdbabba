import { createLink, type Link } from '@fairmile/firmware-bridge/link.ts'
import { after, type Clock } from '../clock.ts'
import { type BytePort, type OpenPort, openPort } from '../gnss/serial.ts'
import { keepOpen } from '../keep-open.ts'
import { createLineTrouble, type LineTrouble } from '../line-trouble.ts'
import type { SensorSink, Source } from '../sensors.ts'
import { type BoardCommands, createBoardCommands } from './commands.ts'
import { type BoardCounts, noBoardCounts } from './counts.ts'
import { createBoardReader } from './reader.ts'

/** The board's line: USB CDC takes any number, a real UART this one (firmware-bridge/PROTOCOL.md). */
const boardBaud = 115_200
/** Asked again so often until it says what it is. */
const helloEveryMs = 1000
/** The board tells its state once a second: silence is told of after the first, and reopened after the second; real time. */
const silentS = 3
const deadMs = 15_000

export interface BoardOptions {
  path: string
  clock: Clock
  /** @default a real serial port */
  open?: OpenPort
}

/** The sensor board as a source, and what it can be told to do. */
export interface Board extends Source, BoardCommands {
  readonly counts: BoardCounts
}

interface Ends {
  clock: Clock
  sink: SensorSink
  trouble: LineTrouble
  counts: BoardCounts
  commands: ReturnType<typeof createBoardCommands>
}

/** Speaks with the board on one open line until it ends, is closed or falls dead; answers why. */
const listen = (port: BytePort, ends: Ends, signal: AbortSignal): Promise<string> => {
  const { clock, trouble, counts, commands } = ends
  return new Promise((resolve) => {
    const reader = createBoardReader(ends)
    let askedMs = Number.NEGATIVE_INFINITY
    const link: Link = createLink({
      write: port.write,
      onMessage(message) {
        if (message.kind === 'ack') commands.onAck(message)
        reader.take(message)
      },
    })
    const onBytes = (chunk: Uint8Array): void => link.push(chunk)
    const watch = (): void => {
      const now = clock.monotonicMs()
      const silenceMs = (now - reader.lastMs) / clock.rate
      if (reader.hello === null && now - askedMs >= helloEveryMs) {
        askedMs = now
        link.send({ kind: 'ping' })
      }
      if (silenceMs > deadMs) end('nothing was heard for 15 s')
      else if (silenceMs > silentS * 1000) trouble.silent(silentS)
      else if (reader.hello !== null && reader.hello.chip !== 'none') trouble.heard(null)
    }
    const timer = setInterval(watch, 200 / clock.rate)
    const end = (reason: string): void => {
      clearInterval(timer)
      signal.removeEventListener('abort', onAbort)
      port.bytes.off('data', onBytes)
      commands.detach()
      const { lostFrames, unknownMessages, faults } = link.counters()
      counts.lostFrames += lostFrames
      counts.unknownMessages += unknownMessages
      counts.damagedFrames += faults.stuffing + faults.short + faults.crc + faults.oversize
      resolve(reason)
    }
    const onAbort = (): void => end('stopped')
    signal.addEventListener('abort', onAbort, { once: true })
    port.bytes.on('data', onBytes)
    port.bytes.once('error', (error) => end(error.message))
    port.bytes.once('close', () => end('the port is gone'))
    port.bytes.once('end', () => end('the port is gone'))
    commands.attach(link.send)
    watch()
  })
}

/** The sensor board: a source of IMU samples, ignition, battery and odometer, opened again whenever it vanishes; and its commands. */
export const createBoardSource = (options: BoardOptions): Board => {
  const { path, clock, open = openPort } = options
  const counts = noBoardCounts()
  const commands = createBoardCommands({ after, failed: () => void counts.failedCommands++ })
  return {
    name: `board ${path}`,
    counts,
    ...commands.commands,
    run(sink, signal) {
      const what = `sensor board on ${path}`
      const trouble = createLineTrouble(sink, 'board', what)
      return keepOpen({
        what,
        open: () => open(path, boardBaud),
        use: (port) => listen(port, { clock, sink, trouble, counts, commands }, signal),
        trouble: trouble.again,
        signal,
      })
    },
  }
}
