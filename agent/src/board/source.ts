import { createLink, type Link } from '@fairmile/firmware-bridge/link.ts'
import {
  type Hello,
  type ImuBurst,
  imuScale,
  type Message,
  protocolVersion,
} from '@fairmile/firmware-bridge/messages.ts'
import type { Clock } from '../clock.ts'
import { type BytePort, type OpenPort, openPort } from '../gnss/serial.ts'
import { keepOpen } from '../keep-open.ts'
import { createLineTrouble, type LineTrouble } from '../line-trouble.ts'
import { createRemoteClock } from '../remote-clock.ts'
import type { SensorSink, Source } from '../sensors.ts'

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

/** What a board's line has brought so far. */
export interface BoardCounts {
  bursts: number
  samples: number
  /** Bursts before the board said what its numbers mean. */
  early: number
  lostFrames: number
  damagedFrames: number
}

const listen = (
  port: BytePort,
  { clock }: BoardOptions,
  sink: SensorSink,
  trouble: LineTrouble,
  counts: BoardCounts,
  signal: AbortSignal,
) => {
  return new Promise<string>((resolve) => {
    const boardClock = createRemoteClock({ rate: clock.rate })
    let hello: Hello | null = null
    let lastMs = clock.monotonicMs()
    let askedMs = Number.NEGATIVE_INFINITY

    const onBurst = (burst: ImuBurst): void => {
      const count = burst.samples.length / 6
      boardClock.observe((burst.atUs + (count - 1) * burst.periodUs) / 1000, clock.monotonicMs())
      if (hello === null) {
        counts.early++
        return
      }
      counts.bursts++
      counts.samples += count
      const { mps2, rps } = imuScale(hello)
      for (let i = 0; i < count; i++) {
        const [ax, ay, az, gx, gy, gz] = burst.samples.subarray(i * 6, i * 6 + 6) as unknown as number[]
        sink.imu({
          tMs: boardClock.toAgent((burst.atUs + i * burst.periodUs) / 1000),
          ax: (ax as number) * mps2,
          ay: (ay as number) * mps2,
          az: (az as number) * mps2,
          gx: (gx as number) * rps,
          gy: (gy as number) * rps,
          gz: (gz as number) * rps,
        })
      }
    }

    const onMessage = (message: Message): void => {
      lastMs = clock.monotonicMs()
      if (message.kind === 'hello') {
        if (message.version !== protocolVersion) {
          trouble.heard(`it speaks version ${message.version}, this program ${protocolVersion}; update one of them`)
          return
        }
        hello = message
        trouble.heard(message.chip === 'none' ? 'it has no IMU: speed and place only, no manoeuvre is judged' : null)
      } else if (message.kind === 'imu') onBurst(message)
      else if (message.kind === 'state') {
        boardClock.observe(message.atUs / 1000, lastMs)
        const tMs = boardClock.toAgent(message.atUs / 1000)
        sink.board({ tMs, ignition: message.ignition, batteryMv: message.batteryMv })
      }
    }

    const link: Link = createLink({ write: port.write, onMessage: (message) => onMessage(message) })
    const onBytes = (chunk: Uint8Array): void => link.push(chunk)
    const watch = (): void => {
      const now = clock.monotonicMs()
      const silenceMs = (now - lastMs) / clock.rate
      if (hello === null && now - askedMs >= helloEveryMs) {
        askedMs = now
        link.send({ kind: 'ping' })
      }
      if (silenceMs > deadMs) end('nothing was heard for 15 s')
      else if (silenceMs > silentS * 1000) trouble.silent(silentS)
      else if (hello !== null && hello.chip !== 'none') trouble.heard(null)
    }
    const timer = setInterval(watch, 200 / clock.rate)
    const end = (reason: string): void => {
      clearInterval(timer)
      signal.removeEventListener('abort', onAbort)
      port.bytes.off('data', onBytes)
      const { lostFrames, faults } = link.counters()
      counts.lostFrames += lostFrames
      counts.damagedFrames += faults.stuffing + faults.short + faults.crc + faults.oversize
      resolve(reason)
    }
    const onAbort = (): void => end('stopped')
    signal.addEventListener('abort', onAbort, { once: true })
    port.bytes.on('data', onBytes)
    port.bytes.once('error', (error) => end(error.message))
    port.bytes.once('close', () => end('the port is gone'))
    port.bytes.once('end', () => end('the port is gone'))
    watch()
  })
}

/** The sensor board as a source of IMU samples, ignition and battery, opened again whenever it vanishes. */
export const createBoardSource = (options: BoardOptions): Source & { readonly counts: BoardCounts } => {
  const { path, open = openPort } = options
  const counts: BoardCounts = { bursts: 0, samples: 0, early: 0, lostFrames: 0, damagedFrames: 0 }
  return {
    name: `board ${path}`,
    counts,
    run(sink, signal) {
      const what = `sensor board on ${path}`
      const trouble = createLineTrouble(sink, 'board', what)
      return keepOpen({
        what,
        open: () => open(path, boardBaud),
        use: (port) => listen(port, options, sink, trouble, counts, signal),
        trouble: trouble.again,
        signal,
      })
    },
  }
}
