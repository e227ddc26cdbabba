import { type Mount, vehicleToDevice } from '../../src/sensors/mount.ts'

/** How far an estimate of the mount is off, degrees about the vehicle's own axes, so that it means the same in any mount. */
export interface MountError {
  rollDeg: number
  pitchDeg: number
  yawDeg: number
  /** Roll and pitch against what the sensor feels at rest on level ground: an offset of 20 mg looks like 1.1°. */
  feltRollDeg: number
  feltPitchDeg: number
}

const degrees = 180 / Math.PI

/**
 * The rotation that takes the true axes to the estimated ones, as a rotation vector.
 *
 * @param levelForce what the sensor feels at rest on level ground, in its own axes
 */
export function mountError(estimate: Mount, truth: Mount, levelForce: readonly number[]): MountError {
  const toDevice = vehicleToDevice(truth)
  const fromDevice = vehicleToDevice(estimate)
  // E = Rᵉ · Rᵗ, device to vehicle by the estimate after vehicle to device by the truth; both are stored as vehicle to device.
  const e = (row: number, column: number): number =>
    fromDevice[row]! * toDevice[column]! +
    fromDevice[3 + row]! * toDevice[3 + column]! +
    fromDevice[6 + row]! * toDevice[6 + column]!
  const cosine = Math.max(-1, Math.min(1, (e(0, 0) + e(1, 1) + e(2, 2) - 1) / 2))
  const angle = Math.acos(cosine)
  const factor = angle < 1e-6 ? 0.5 : angle / (2 * Math.max(1e-9, Math.sin(angle)))
  const felt = (row: number): number =>
    fromDevice[row]! * levelForce[0]! + fromDevice[3 + row]! * levelForce[1]! + fromDevice[6 + row]! * levelForce[2]!
  const rollDeg = factor * (e(2, 1) - e(1, 2)) * degrees
  const pitchDeg = factor * (e(0, 2) - e(2, 0)) * degrees
  const yawDeg = factor * (e(1, 0) - e(0, 1)) * degrees
  // Where gravity is taken off nothing is felt at rest.
  if (Math.hypot(...levelForce) < 5) return { rollDeg, pitchDeg, yawDeg, feltRollDeg: rollDeg, feltPitchDeg: pitchDeg }
  return {
    rollDeg,
    pitchDeg,
    yawDeg,
    feltRollDeg: Math.atan2(felt(1), felt(2)) * degrees,
    feltPitchDeg: Math.atan2(felt(0), felt(2)) * degrees,
  }
}
