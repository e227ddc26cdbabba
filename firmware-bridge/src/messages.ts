import { maxFrameBytes } from './frame.ts'

/** Version of the protocol that this codec speaks. */
export const protocolVersion = 1

/** Type bytes; the highest bit says that a message goes down to the board. */
export const messageTypes = {
  hello: 0x01,
  imu: 0x02,
  state: 0x03,
  ack: 0x04,
  odometer: 0x05,
  health: 0x06,
  ping: 0x81,
  buzzer: 0x82,
  sleep: 0x83,
} as const

/** Says what the board is; sent at its start and after every `ping`. */
export interface Hello {
  kind: 'hello'
  version: number
  /** Name of the IMU, at most 16 ASCII characters, `none` where there is none. */
  chip: string
  rateHz: number
  /** Steps of the accelerometer a g: 2048 at ±16 g. */
  accelStepsPerG: number
  /** Tenths of steps of the gyroscope a degree per second: 164 (16.4) at ±2000 °/s. */
  gyroDecistepsPerDps: number
}

/** A burst of IMU samples, oldest first. */
export interface ImuBurst {
  kind: 'imu'
  /** Microseconds of the board's clock since its start, at the first sample. */
  atUs: number
  /** Microseconds from one sample to the next. */
  periodUs: number
  /** ax ay az gx gy gz of each sample, in steps of the chip's own axes. */
  samples: Int16Array
}

/** What else the board senses; sent once a second and at every change. */
export interface State {
  kind: 'state'
  atUs: number
  /** Null where the line is not connected. */
  ignition: boolean | null
  /** Null where it is not measured. */
  batteryMv: number | null
}

/** The vehicle's own odometer; sent once a second while it is known. */
export interface Odometer {
  kind: 'odometer'
  atUs: number
  /** Total of the instrument or, with wheel pulses, since the board's first start. */
  metres: number
  /** What it counts in: 1 for wheel pulses, 100 for OBD-II PID A6. */
  stepM: number
}

/** How a board's self-test of its IMU ended. */
export const selfTests = ['not_run', 'passed', 'failed'] as const

/** How the board itself is; sent after every `hello`, once a minute, and at every change but that of the temperature. */
export interface Health {
  kind: 'health'
  atUs: number
  /** Hundredths of °C of the IMU; null where it is not measured. */
  imuCentiC: number | null
  /** IMU samples lost on the board since its start: its FIFO ran over, or the line was too slow. */
  lostSamples: number
  selfTest: (typeof selfTests)[number]
}

/** What became of a command. */
export const ackStatuses = ['done', 'unknown', 'refused'] as const
export interface BoardAck {
  kind: 'ack'
  /** Running number of the frame that brought the command. */
  of: number
  status: (typeof ackStatuses)[number]
}

/** Asks the board for a `hello`. */
export interface Ping {
  kind: 'ping'
}
/** Sounds the buzzer. */
export interface Buzzer {
  kind: 'buzzer'
  frequencyHz: number
  durationMs: number
}
/** Cuts the computer's power after `afterS`, until the ignition comes on or `wakeS` have passed (0: ignition alone). */
export interface Sleep {
  kind: 'sleep'
  afterS: number
  wakeS: number
}

export type UpMessage = Hello | ImuBurst | State | BoardAck | Odometer | Health
export type DownMessage = Ping | Buzzer | Sleep
export type Message = UpMessage | DownMessage

/** Samples that fit a frame. */
export const maxBurst = Math.floor((maxFrameBytes - 4 - 11) / 12)

/** m/s² and rad/s of one step of the IMU (1 g = 9.80665 m/s² exactly). */
export function imuScale(hello: Hello): { mps2: number; rps: number } {
  return { mps2: 9.80665 / hello.accelStepsPerG, rps: (10 / hello.gyroDecistepsPerDps) * (Math.PI / 180) }
}
