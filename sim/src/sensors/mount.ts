import type { Random } from '../random.ts'

/** How the device sits in the car, degrees. */
export interface Mount {
  rollDeg: number
  pitchDeg: number
  yawDeg: number
}

/** Three by three, row by row. */
export type Rotation = Float64Array

/**
 * Rotation from the vehicle's axes to the device's axes.
 *
 * The mount is the device's attitude in the vehicle (ISO 8855, intrinsic yaw, then pitch, then roll): a vector in vehicle
 * axes is Rz(yaw)·Ry(pitch)·Rx(roll) times the one in device axes, so this is the transpose of that product.
 */
export function vehicleToDevice(mount: Mount): Rotation {
  const rad = Math.PI / 180
  const cr = Math.cos(mount.rollDeg * rad)
  const sr = Math.sin(mount.rollDeg * rad)
  const cp = Math.cos(mount.pitchDeg * rad)
  const sp = Math.sin(mount.pitchDeg * rad)
  const cy = Math.cos(mount.yawDeg * rad)
  const sy = Math.sin(mount.yawDeg * rad)
  return Float64Array.of(
    cy * cp,
    sy * cp,
    -sp,
    cy * sp * sr - sy * cr,
    sy * sp * sr + cy * cr,
    cp * sr,
    cy * sp * cr + sy * sr,
    sy * sp * cr - cy * sr,
    cp * cr,
  )
}

/** Any way that somebody may stick a box into a car: every yaw, tilted up to some 30°, one in ten upside down. */
export function drawMount(random: Random): Mount {
  const tilt = (): number => Math.max(-35, Math.min(35, 10 * random.normal()))
  return {
    rollDeg: tilt() + (random.chance(0.1) ? 180 : 0),
    pitchDeg: tilt(),
    yawDeg: random.range(-180, 180),
  }
}
