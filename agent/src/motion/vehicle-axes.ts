import type { MountState } from './calibration.ts'
import type { GyroBias } from './gyro-bias.ts'
import type { ImuBin } from './imu-bins.ts'

/**
 * Bodies lean outwards in bends, 3 to 5° per g, and dive and squat, 1 to 2° per g (Gillespie, Fundamentals of Vehicle
 * Dynamics, ch. 6): gravity then adds so much to what the device feels of the vehicle's own acceleration. A gyro sees the
 * body lean, so this is for devices without one.
 */
const bodyRollGain = 1.06
const bodyPitchGain = 1.02

/** One step as the vehicle has it; one object, written anew for each step. NaN is unknown. */
export interface Felt {
  /** Specific force with gravity at rest taken off, m/s²; slopes are still in it. */
  forward: number
  left: number
  up: number
  /** Rates about the vehicle's axes, rad/s: nose down, turn to the left. */
  pitchRate: number
  yawRate: number
}

/** Turns steps of the IMU into the vehicle's axes, as far as the mount is known. */
export const createVehicleAxes = (options: { state: MountState; gyroBias: GyroBias; hasGyro: boolean }) => {
  const { state, hasGyro } = options
  const bias = options.gyroBias.vector
  const felt: Felt = {
    forward: Number.NaN,
    left: Number.NaN,
    up: Number.NaN,
    pitchRate: Number.NaN,
    yawRate: Number.NaN,
  }
  return (bin: ImuBin): Felt => {
    const { rotation: r, rest, up } = state
    felt.forward = felt.left = felt.up = felt.pitchRate = felt.yawRate = Number.NaN
    if (rest === null || up === null) return felt
    const fx = bin.fx - rest[0]!
    const fy = bin.fy - rest[1]!
    const fz = bin.fz - rest[2]!
    const wx = bin.wx - bias[0]!
    const wy = bin.wy - bias[1]!
    const wz = bin.wz - bias[2]!
    felt.up = up[0]! * fx + up[1]! * fy + up[2]! * fz
    if (hasGyro) felt.yawRate = up[0]! * wx + up[1]! * wy + up[2]! * wz
    if (r === null) return felt
    felt.forward = (r[0]! * fx + r[1]! * fy + r[2]! * fz) / (hasGyro ? 1 : bodyPitchGain)
    felt.left = (r[3]! * fx + r[4]! * fy + r[5]! * fz) / bodyRollGain
    if (!hasGyro) return felt
    felt.pitchRate = r[3]! * wx + r[4]! * wy + r[5]! * wz
    return felt
  }
}
