import { createLink } from '@fairmile/firmware-bridge/link.ts'
import { type Hello, imuScale, protocolVersion } from '@fairmile/firmware-bridge/messages.ts'
import type { VirtualSerial } from '../virtual-serial/virtual-serial.ts'

/** Six values of one reading: specific force in m/s², rates in rad/s. */
export interface BoardReading {
  ax: number
  ay: number
  az: number
  gx: number
  gy: number
  gz: number
}

/** A simulated sensor board on a virtual serial line. Times are microseconds of the board's clock. */
export interface Board {
  /** Resolves when the computer has asked for the first `hello`: somebody listens. */
  readonly connected: Promise<void>
  imu(atUs: number, reading: BoardReading): void
  state(atUs: number, ignition: boolean, batteryMv: number): void
  /** The vehicle's odometer, as wheel pulses count it. */
  odometer(atUs: number, metres: number): void
}

/** A burst spans a tenth of a second, as a board sends that empties a FIFO ten times a second. */
const BURST_US = 100_000
const LARGEST_PERIOD_US = 0xffff
const CABIN_CENTI_C = 2500

/** What the board has for an IMU: readings a second and the largest it can tell (ranges of the MPU-6050). */
export interface BoardImu {
  rateHz: number
  rangeG: 2 | 4 | 8 | 16
}

/** Sets a board on a line. @param options `imu` null where the board has none */
export function createBoard(options: { line: VirtualSerial; imu: BoardImu | null }): Board {
  const { line, imu } = options
  const hello: Hello = {
    kind: 'hello',
    version: protocolVersion,
    chip: imu ? 'simulated-6-axis' : 'none',
    rateHz: imu?.rateHz ?? 1,
    accelStepsPerG: 32768 / (imu?.rangeG ?? 16),
    gyroDecistepsPerDps: 655,
  }
  const scale = imuScale(hello)
  const mostSamples = Math.max(1, Math.floor(((imu?.rateHz ?? 1) * BURST_US) / 1e6))
  let samples: number[] = []
  let firstUs = 0
  let lastUs = 0
  let connect: () => void = () => {}
  const connected = new Promise<void>((resolve) => {
    connect = resolve
  })
  const link = createLink({
    write: (bytes) => line.write(bytes),
    onMessage: (message, seq) => {
      if (message.kind === 'ping') {
        greet()
        connect()
      } else if (message.kind === 'buzzer') link.send({ kind: 'ack', of: seq, status: 'done' })
      // The simulated board feeds nothing, so that there is no power to cut.
      else if (message.kind === 'sleep') link.send({ kind: 'ack', of: seq, status: 'refused' })
    },
  })
  const greet = (): void => {
    link.send(hello)
    if (imu !== null)
      link.send({ kind: 'health', atUs: lastUs, imuCentiC: CABIN_CENTI_C, lostSamples: 0, selfTest: 'passed' })
  }
  line.onData((bytes) => link.push(bytes))
  greet()

  const flush = (): void => {
    const count = samples.length / 6
    if (count === 0) return
    const periodUs = count > 1 ? (lastUs - firstUs) / (count - 1) : 1e6 / hello.rateHz
    link.send({
      kind: 'imu',
      atUs: firstUs,
      periodUs: Math.min(LARGEST_PERIOD_US, Math.round(periodUs)),
      samples: Int16Array.from(samples),
    })
    samples = []
  }
  const steps = (value: number, step: number): number => Math.max(-32768, Math.min(32767, Math.round(value / step)))
  return {
    connected,
    imu(atUs, reading) {
      if (samples.length === 0) firstUs = Math.round(atUs)
      lastUs = Math.round(atUs)
      samples.push(
        steps(reading.ax, scale.mps2),
        steps(reading.ay, scale.mps2),
        steps(reading.az, scale.mps2),
        steps(reading.gx, scale.rps),
        steps(reading.gy, scale.rps),
        steps(reading.gz, scale.rps),
      )
      if (samples.length / 6 >= mostSamples) flush()
    },
    state(atUs, ignition, batteryMv) {
      flush()
      link.send({ kind: 'state', atUs: Math.round(atUs), ignition, batteryMv })
    },
    odometer: (atUs, metres) =>
      void link.send({ kind: 'odometer', atUs: Math.round(atUs), metres: Math.floor(metres), stepM: 1 }),
  }
}
