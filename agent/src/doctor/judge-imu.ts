import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { Finding, Found } from './check.ts'
import { type Heard, sigmaOf } from './hear.ts'

const axisNames = ['ax', 'ay', 'az', 'gx', 'gy', 'gz'] as const
/** Fewer readings a second blur a manoeuvre of 300 ms. */
const minHz = 25
/** Offsets of cheap chips come to 80 mg on an axis (MPU-6050, PS-MPU-6000A-00, 6.2), which is 0.5 m/s² of the whole at worst. */
const maxNormErrorMps2 = 0.5
/** Beyond that no offset explains it: a wrong range, a broken axis. */
const brokenNormErrorMps2 = 2
/** A chip's own noise at 100 Hz is 0.02 to 0.05 m/s² and 0.001 to 0.004 rad/s; three times that is shaken from outside. */
const maxSigmaMps2 = 0.15
const maxSigmaRps = 0.012
/** More is driving, not rest. */
const movingMps2 = 0.6
const movingRps = 0.08
/** Zero-rate output is within 20 °/s (the same sheet, 6.1). rad/s */
const maxBiasRps = 0.35
/** The car stands below it. m/s */
const standingMps = 0.5

/** What a few seconds of an IMU say of it: whether it speaks, its axes, its noise. The car must stand. */
export function judgeImu(heard: Heard, name: string): Finding[] {
  const { samples, troubles } = heard
  if (samples < 2) {
    const trouble = troubles.get('imu') ?? troubles.get('board') ?? `${name}: nothing heard; check its wiring and power`
    return [{ name: 'imu', result: 'failed', detail: trouble }]
  }
  return [
    { name: 'imu', ...judgeRate(heard, name) },
    { name: 'imu axes', ...judgeAxes(heard) },
    { name: 'imu noise', ...judgeNoise(heard) },
  ]
}

function judgeRate({ imuHz, saturated }: Heard, name: string): Found {
  const told = `${name}: ${imuHz.toFixed(0)} readings a second`
  if (imuHz < minHz) return { result: 'failed', detail: `${told}, at least ${minHz} are needed: set it up faster` }
  if (saturated > 0)
    return {
      result: 'warning',
      detail: `${told}, ${saturated} of them at the end of its range: it is struck, or set to a small range`,
    }
  return { result: 'ok', detail: told }
}

/** Whether the car drives, so that nothing can be said of the sensor at rest. */
function isMoving({ axes, samples, newest }: Heard): boolean {
  if ((newest?.speedMps ?? 0) > standingMps) return true
  return axes.some((axis, index) => sigmaOf(axis, samples) > (index < 3 ? movingMps2 : movingRps))
}

function judgeAxes(heard: Heard): Found {
  const { axes } = heard
  const stuck = axes.flatMap(({ least, most }, index) => (least === most ? [axisNames[index]!] : []))
  if (stuck.length > 0)
    return { result: 'failed', detail: `${stuck.join(', ')} never changes: switch it off and on, then replace it` }
  if (isMoving(heard)) return { result: 'skipped', detail: 'the car moves: they are examined at rest' }
  const norm = Math.hypot(axes[0]!.mean, axes[1]!.mean, axes[2]!.mean)
  const told = `gravity is felt as ${norm.toFixed(2)} m/s²`
  const error = Math.abs(norm - G_MPS2)
  if (error > brokenNormErrorMps2)
    return {
      result: 'failed',
      detail: `${told} instead of 9.81: an axis is broken or its range is set wrong; replace it`,
    }
  if (error > maxNormErrorMps2)
    return {
      result: 'warning',
      detail: `${told} instead of 9.81: more than a good chip is off; watch it, or replace it`,
    }
  return { result: 'ok', detail: told }
}

function judgeNoise(heard: Heard): Found {
  if (isMoving(heard)) return { result: 'skipped', detail: 'the car moves: it is examined at rest' }
  const { axes, samples } = heard
  const sigmas = axes.map((axis) => sigmaOf(axis, samples))
  const hasGyro = !Number.isNaN(sigmas[3]!)
  const accel = Math.max(...sigmas.slice(0, 3))
  const gyro = hasGyro ? Math.max(...sigmas.slice(3)) : 0
  const bias = hasGyro ? Math.max(...axes.slice(3).map(({ mean }) => Math.abs(mean))) : 0
  const rates = hasGyro
    ? `, ${gyro.toFixed(4)} rad/s; gyro bias ${bias.toFixed(3)} rad/s`
    : '; no gyro: yaw rates are unknown'
  const told = `largest σ ${accel.toFixed(3)} m/s²${rates}`
  if (bias > maxBiasRps) return { result: 'failed', detail: `${told}: beyond what its maker allows; replace it` }
  if (accel > maxSigmaMps2 || gyro > maxSigmaRps)
    return {
      result: 'warning',
      detail: `${told}: it is shaken; switch the engine off, and see that the box sits tight`,
    }
  return { result: 'ok', detail: told }
}
