import { DEG_PER_RAD } from '@fairmile/contract/units.ts'

/**
 * A rotation from the device's axes to the vehicle's (ISO 8855: x forward, y left, z up), row by row: each row is one
 * axis of the vehicle seen from the device.
 */
export type Rotation = Float64Array

/** How the device is turned in the vehicle, degrees: v = Rz(yaw)·Ry(pitch)·Rx(roll)·d, all right-handed. */
export interface MountAngles {
  rollDeg: number
  pitchDeg: number
  yawDeg: number
}

/** Rotation of a mount. */
export const rotationOf = ({ rollDeg, pitchDeg, yawDeg }: MountAngles): Rotation => {
  const [sr, cr] = [Math.sin(rollDeg / DEG_PER_RAD), Math.cos(rollDeg / DEG_PER_RAD)]
  const [sp, cp] = [Math.sin(pitchDeg / DEG_PER_RAD), Math.cos(pitchDeg / DEG_PER_RAD)]
  const [sy, cy] = [Math.sin(yawDeg / DEG_PER_RAD), Math.cos(yawDeg / DEG_PER_RAD)]
  return Float64Array.of(
    cy * cp,
    cy * sp * sr - sy * cr,
    cy * sp * cr + sy * sr,
    sy * cp,
    sy * sp * sr + cy * cr,
    sy * sp * cr - cy * sr,
    -sp,
    cp * sr,
    cp * cr,
  )
}

/** Mount angles of a rotation, each in (−180, 180]; pitch in [−90, 90]. */
export const anglesOf = (r: Rotation): MountAngles => ({
  rollDeg: Math.atan2(r[7]!, r[8]!) * DEG_PER_RAD,
  pitchDeg: -Math.asin(Math.max(-1, Math.min(1, r[6]!))) * DEG_PER_RAD,
  yawDeg: Math.atan2(r[3]!, r[0]!) * DEG_PER_RAD,
})

/** Three numbers along the device's axes. */
export type Vector = Float64Array

export const dot = (a: Vector, b: Vector): number => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!

/** Cross product, right-handed. */
export const cross = (a: Vector, b: Vector): Vector =>
  Float64Array.of(a[1]! * b[2]! - a[2]! * b[1]!, a[2]! * b[0]! - a[0]! * b[2]!, a[0]! * b[1]! - a[1]! * b[0]!)

export const norm = (a: Vector): number => Math.sqrt(dot(a, a))

/** Unit vector along `a`; `a` must not be zero. */
export const unit = (a: Vector): Vector => a.map((x) => x / norm(a)) as Vector

/** Any right-handed pair of unit vectors that spans the plane across `up`. */
export const planeAcross = (up: Vector): [Vector, Vector] => {
  const helper = Math.abs(up[0]!) < 0.8 ? Float64Array.of(1, 0, 0) : Float64Array.of(0, 1, 0)
  const along = dot(helper, up)
  const p = unit(helper.map((x, i) => x - along * up[i]!) as Vector)
  return [p, cross(up, p)]
}

/** Rotation whose z is `up` and whose x lies at `angle` (radians, right-handed about `up`) from `p` in the plane (p, q). */
export const rotationFrom = (up: Vector, p: Vector, q: Vector, angle: number): Rotation => {
  const x = p.map((value, i) => Math.cos(angle) * value + Math.sin(angle) * q[i]!) as Vector
  const y = cross(up, x)
  return Float64Array.of(...x, ...y, ...up)
}

/** Angle between two vectors, degrees. */
export const angleDeg = (a: Vector, b: Vector): number =>
  Math.acos(Math.max(-1, Math.min(1, dot(a, b) / (norm(a) * norm(b))))) * DEG_PER_RAD
