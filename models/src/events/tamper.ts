import type { Band } from '@fairmile/contract/driving-event.ts'

/** What speaks for a box that was interfered with. It prices nothing: the grade of such an event is C. */
export const tamperReasons = [
  /** The device sits otherwise than it did. */
  'mount_moved',
  /** The power went while the car drove, or stood with its ignition on. */
  'power_pulled',
  'power_pulled_standing',
  /** Receiver and IMU have told of different drives for long: as forged data would. */
  'sensors_apart',
  /** The way by the odometer is not the way that was sensed. */
  'odometer_apart',
  /** The odometer went on while the device was off. */
  'odometer_unseen',
] as const
export type TamperReason = (typeof tamperReasons)[number]

/** When signs of interference are told of. */
export interface TamperThreshold {
  bands: Record<TamperReason, Band>
  /** Motion must be implausible in one go for so long. */
  apartMs: number
  /** Share by which odometer and sensed way differ, looked at after so many metres. */
  odometerShare: number
  odometerM: number
  /** Metres by the odometer while the device was off: more than it takes to start. */
  unseenM: number
  /** A battery below this was the reason itself, mV. */
  minBatteryMv: number
}

/** What is told of one sign. */
export interface TamperNotice {
  reason: TamperReason
  /** Milliseconds on the monotonic clock; NaN for what an earlier boot kept. */
  tMs: number
  /** UTC epoch milliseconds. */
  atMs: number
  /** Degrees are not known for a mount; seconds for sensors apart, metres for an odometer, otherwise 0. */
  value: number
  lat: number
  lon: number
  speedMps: number
}
