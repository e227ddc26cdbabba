import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { Fix, ImuSample } from '../sensors.ts'
import { type MountAngles, rotationOf } from './axes.ts'

/** A drive by formulas: stands 20 s, then its speed swings between 2 and 22 m/s and its yaw rate with another period. */
export const syntheticDrive = (options: {
  seconds: number
  imuHz: number
  fixHz: number
  lagMs: number
  mount: MountAngles
  hasGyro?: boolean
}) => {
  const { seconds, imuHz, fixHz, lagMs, mount, hasGyro = true } = options
  const standS = 20
  const rotation = rotationOf(mount)
  const speedAt = (t: number) => (t < standS ? 0 : 12 - 12 * Math.cos((t - standS) / 6))
  const aLongAt = (t: number) => (t < standS ? 0 : 2 * Math.sin((t - standS) / 6))
  const yawRateAt = (t: number) => (t < standS ? 0 : 0.15 * Math.sin((t - standS) / 4))
  /** Degrees clockwise from north; the yaw rate is positive to the left. */
  const courseAt = (t: number) => (t < standS ? 0 : (-0.15 * 4 * (1 - Math.cos((t - standS) / 4)) * 180) / Math.PI)
  const device = (x: number, y: number, z: number): [number, number, number] =>
    [0, 1, 2].map((i) => rotation[i]! * x + rotation[3 + i]! * y + rotation[6 + i]! * z) as [number, number, number]

  const imu: ImuSample[] = []
  for (let i = 0; i < seconds * imuHz; i++) {
    const t = i / imuHz
    // A shake of the engine and the road, the same for every run.
    const shake = 0.05 * Math.sin(i * 12.9898) * (t < standS ? 0.2 : 1)
    const [ax, ay, az] = device(aLongAt(t) + shake, speedAt(t) * yawRateAt(t) - shake, G_MPS2 + shake)
    const [gx, gy, gz] = hasGyro ? device(0, 0, yawRateAt(t)) : [Number.NaN, Number.NaN, Number.NaN]
    imu.push({ tMs: t * 1000, ax, ay, az, gx, gy, gz })
  }
  const fixes: Fix[] = []
  let lat = 49
  let lon = 12
  let distanceM = 0
  const stepS = 0.01
  for (let i = 0; i < seconds / stepS; i++) {
    const t = i * stepS
    if (i % Math.round(1 / fixHz / stepS) === 0) {
      const course = ((courseAt(t) % 360) + 360) % 360
      fixes.push({
        tMs: t * 1000 + lagMs,
        utcMs: null,
        lat,
        lon,
        altM: 300,
        speedMps: speedAt(t),
        courseDeg: course,
        hdop: 0.9,
        satellites: 9,
        mode: 3,
      })
    }
    const metres = speedAt(t) * stepS
    distanceM += metres
    const radians = (courseAt(t) * Math.PI) / 180
    lat += ((metres * Math.cos(radians)) / 6_371_008.8) * (180 / Math.PI)
    lon += ((metres * Math.sin(radians)) / 6_371_008.8 / Math.cos((lat * Math.PI) / 180)) * (180 / Math.PI)
  }
  return { imu, fixes, distanceM, speedAt, aLongAt, yawRateAt }
}
