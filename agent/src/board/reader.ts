import {
  type Hello,
  type ImuBurst,
  imuScale,
  type Message,
  type Odometer,
  protocolVersion,
  type State,
} from '@fairmile/firmware-bridge/messages.ts'
import type { Clock } from '../clock.ts'
import type { LineTrouble } from '../line-trouble.ts'
import { createRemoteClock } from '../remote-clock.ts'
import type { BoardState, SensorSink } from '../sensors.ts'
import type { BoardCounts } from './counts.ts'

/** An odometer comes once a second: without one for so long, real milliseconds, the car no longer tells it. */
const odometerMs = 5000
/** From here on an axis counts as saturated: 1 % below the end of 16 bits, as a filter behind the range rounds the peak. */
const saturatedSteps = 32_440

export interface ReaderOptions {
  clock: Clock
  sink: SensorSink
  trouble: Pick<LineTrouble, 'heard'>
  counts: BoardCounts
}

/** Turns the messages of one connection to a board into readings on the agent's clock. */
export const createBoardReader = ({ clock, sink, trouble, counts }: ReaderOptions) => {
  const boardClock = createRemoteClock({ rate: clock.rate })
  let hello: Hello | null = null
  let odometer: Odometer | null = null
  let odometerAtMs = Number.NEGATIVE_INFINITY
  let lastMs = clock.monotonicMs()

  const onHello = (message: Hello): void => {
    if (message.version !== protocolVersion) {
      trouble.heard(`it speaks version ${message.version}, this program ${protocolVersion}; update one of them`)
      return
    }
    hello = message
    trouble.heard(message.chip === 'none' ? 'it has no IMU: speed and place only, no manoeuvre is judged' : null)
  }

  const onBurst = ({ samples, atUs, periodUs }: ImuBurst): void => {
    const count = samples.length / 6
    boardClock.observe((atUs + (count - 1) * periodUs) / 1000, lastMs)
    if (hello === null) {
      counts.early++
      return
    }
    counts.bursts++
    counts.samples += count
    const { mps2, rps } = imuScale(hello)
    for (let i = 0; i < count; i++) {
      let saturated = false
      for (let at = i * 6; at < i * 6 + 6; at++) if (Math.abs(samples[at]!) >= saturatedSteps) saturated = true
      if (saturated) counts.saturated++
      const at = i * 6
      sink.imu({
        tMs: boardClock.toAgent((atUs + i * periodUs) / 1000),
        ax: samples[at]! * mps2,
        ay: samples[at + 1]! * mps2,
        az: samples[at + 2]! * mps2,
        gx: samples[at + 3]! * rps,
        gy: samples[at + 4]! * rps,
        gz: samples[at + 5]! * rps,
        saturated,
      })
    }
  }

  const onState = ({ atUs, ignition, batteryMv }: State): void => {
    boardClock.observe(atUs / 1000, lastMs)
    const known = (lastMs - odometerAtMs) / clock.rate < odometerMs ? odometer : null
    const state: BoardState = {
      tMs: boardClock.toAgent(atUs / 1000),
      ignition,
      batteryMv,
      odometerM: known?.metres ?? null,
      odometerStepM: known?.stepM ?? null,
    }
    sink.board(state)
  }

  return {
    /** What the board said that it is; null before. */
    get hello(): Hello | null {
      return hello
    },
    /** When something was heard last, on the agent's monotonic clock. */
    get lastMs(): number {
      return lastMs
    },
    take(message: Message): void {
      lastMs = clock.monotonicMs()
      if (message.kind === 'hello') onHello(message)
      else if (message.kind === 'imu') onBurst(message)
      else if (message.kind === 'state') onState(message)
      else if (message.kind === 'odometer') {
        odometer = message
        odometerAtMs = lastMs
      } else if (message.kind === 'health') {
        counts.imuC = message.imuCentiC === null ? null : message.imuCentiC / 100
        counts.lostSamples = message.lostSamples
        counts.selfTest = message.selfTest
      }
    },
  }
}
