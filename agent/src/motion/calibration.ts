import type { MountAngles, Rotation, Vector } from './axes.ts'

/** How well the device's axes are known in the vehicle's. */
export interface Calibration extends MountAngles {
  /** 0 (nothing known) to 1. */
  confidence: number
  tiltSigmaDeg: number
  yawSigmaDeg: number
  /** How far the receiver's speed lags behind the IMU, milliseconds. */
  lagMs: number
}

/** What the axes are right now. */
export interface MountState {
  /** Null before the direction of travel is known well enough. */
  rotation: Rotation | null
  /** Specific force at rest to be taken off, in the device's axes, m/s²; null before anything is known. */
  rest: Vector | null
  /** Unit vector up in the device's axes. */
  up: Vector | null
  calibration: Calibration
  /** How sure the lag of the receiver is, one standard deviation, milliseconds. */
  lagSigmaMs: number
}
