import { binMs } from './imu-bins.ts'

/** Steps kept for late measurements: 6.4 s at 10 Hz, more than the lag of any receiver and line. */
const capacity = 64
/** Accelerometer and alignment noise per step, m/s². */
const accelerationNoise = 0.2
/** How fast the slope under a car changes, m/s² per √s, where no gyro tells: about 3 % of grade in ten seconds … */
const slopeNoise = 0.08
/** … and what is left of it where one does: its bias and noise, and what leaks in from turns if it is two degrees askew. */
const gyroSlopeNoise = 0.06
const turnLeak = 0.5
/** One standard deviation of a speed without an IMU: a second behind a car that pulls away, m/s. */
const lateSpeed = 2
/** Roads come back to level: without this the bias of a gyro makes hills of a tunnel. */
const levelS = 40
/** One standard deviation of a slope that was found to be wrong, m/s². */
const doubtfulSlope = 1
/** More than this is no slope, whatever the filter thinks, m/s²: 20 % of grade, and a sensor's offset. */
const maxSlope = 2.5
/** Errors of the mount hang together for a manoeuvre. */
const mountMemoryS = 2
/** Wider spread of the speed while no IMU tells its changes, m/s per √s: ordinary acceleration. */
const blindNoise = 2
/** How long measurements may disagree with the IMU before they are believed: receivers lie for seconds in cuttings. */
const maxDisagreeMs = 6000
/** Disagreement is more than so many spreads and so many m/s, the latter for a start from rest that was not noticed. */
const gateSigmas = 4
const gateMps = 2
/** Without an IMU only speed changes that no car makes are refused, m/s². */
const maxAccelerationMps2 = 12
/** At rest the forward force is slope: what is left of the difference goes with a time constant of a second. */
const standGain = 0.1
/** Corrections taken back when a measurement is refused: the ones before it were on their way to the same lie. */
const undone = 2
/**
 * While no speed is measured, what drivers do tells a little: accelerations of 1.3 m/s², a standard deviation, that hang together
 * for five seconds. As a measurement of the slope by the force that is a variance of so much over the seconds.
 */
const silentAfterMs = 2500
const silentVariance = 8
/** Without any speed the slow part of the force is taken for slope, the less the stronger the force: cars do not accelerate for a minute. */
const blindSlopeS = 60
const blindForce = 1

/** Speed and slope from specific force and GNSS speeds; numbers are NaN until the first speed. */
export interface SpeedFilter {
  /** m/s, never negative. */
  readonly speedMps: number
  /** What slope, tilt and offset add to the forward specific force, m/s². */
  readonly slopeMps2: number
  /** One standard deviation of `slopeMps2` now. */
  readonly slopeSigma: number
  /** Milliseconds since the last speed that was believed. */
  readonly ageMs: number
  /**
   * One step: forward specific force with gravity at rest taken off, and how fast gravity's share in it changes by the gyro,
   * m/s³, with the yaw rate, rad/s; NaN where unknown. `forceSigma` is what the mount leaves unsure of the force, m/s².
   */
  step(tMs: number, force: number, slopeRate: number, yawRate: number, forceSigma: number): void
  /** A speed that was true at `tMs`, which may lie seconds back, with one standard deviation. */
  measure(tMs: number, speedMps: number, sigmaMps: number): void
  /** The speed after a pause in which no steps came. */
  restart(tMs: number, speedMps: number): void
  /** The car stands: speed is zero, and all the forward force is slope. */
  stand(force: number): void
  /** What is taken off the force at rest was changed by so much: slope takes it over. */
  shiftSlope(by: number): void
  /** The mount has become known or moved: what was taken for slope is void. */
  forgetSlope(sigma: number): void
}

/**
 * A two-state Kalman filter (speed and slope, as in Bar-Shalom, Estimation with Applications, ch. 5): v' = f − s, and s'
 * follows the gyro. A late measurement corrects the past and everything since, so that a lag of seconds neither delays nor doubles anything.
 */
export const createSpeedFilter = (): SpeedFilter => {
  const times = new Float64Array(capacity)
  const speeds = new Float64Array(capacity)
  let count = 0
  let nowMs = Number.NaN
  let v = Number.NaN
  let s = 0
  // Covariance as of the last measurement.
  let pvv = 0
  let pvs = 0
  let pss = 1
  let measuredMs = Number.NaN
  let believedMs = Number.NEGATIVE_INFINITY
  let lastMs = Number.NEGATIVE_INFINITY
  let disagreeSinceMs = Number.NaN
  let hasForce = false
  /** Variances that slope and speed have gained since the last measurement, and half of the slope's last step by the gyro. */
  let slopeGained = 0
  let speedGained = 0
  let halfStep = 0
  /** The newest corrections, oldest first: since when, by how much. */
  let recent: { fromMs: number; dv: number; ds: number }[] = []

  const past = (tMs: number): number => {
    for (let n = count - 1; n >= Math.max(0, count - capacity); n--) {
      const t = times[n % capacity]!
      if (t <= tMs) {
        const next = n + 1 < count ? n + 1 : n
        const span = times[next % capacity]! - t
        const share = span > 0 ? (tMs - t) / span : 0
        return speeds[n % capacity]! + share * (speeds[next % capacity]! - speeds[n % capacity]!)
      }
    }
    return count > 0 ? speeds[Math.max(0, count - capacity) % capacity]! : Number.NaN
  }

  const correct = (fromMs: number, dv: number, ds: number): void => {
    for (let n = count - 1; n >= Math.max(0, count - capacity); n--) {
      const t = times[n % capacity]!
      if (t < fromMs) break
      speeds[n % capacity] = Math.max(0, speeds[n % capacity]! + dv - (ds * (t - fromMs)) / 1000)
    }
    v = Math.max(0, v + dv - (hasForce ? (ds * Math.max(0, nowMs - fromMs)) / 1000 : 0))
    s = Math.max(-maxSlope, Math.min(maxSlope, s + ds))
  }

  const propagate = (dtS: number): void => {
    if (!hasForce) {
      pvv += blindNoise ** 2 * dtS
      return
    }
    // What the slope gained on the way has already moved the speed by then: a random walk, integrated.
    pvv += -2 * dtS * pvs + dtS * dtS * (pss + slopeGained / 3) + speedGained
    pvs -= dtS * (pss + slopeGained / 2)
    pss += slopeGained
    slopeGained = speedGained = 0
  }

  const begin = (tMs: number, speed: number): void => {
    v = speed
    if (Number.isNaN(nowMs)) nowMs = tMs
    speeds.fill(speed)
    pvv = 1
    pvs = 0
    // What disagreed with all these speeds was the slope.
    pss = Math.max(pss, doubtfulSlope ** 2)
    measuredMs = tMs
    believedMs = tMs
    disagreeSinceMs = Number.NaN
  }

  const refuse = (tMs: number, speedMps: number): void => {
    if (Number.isNaN(disagreeSinceMs)) {
      disagreeSinceMs = tMs
      if (hasForce) for (const one of recent.reverse()) correct(one.fromMs, -one.dv, -one.ds)
    }
    recent = []
    if (tMs - disagreeSinceMs >= maxDisagreeMs) begin(tMs, speedMps)
  }

  return {
    get speedMps() {
      return v
    },
    get slopeMps2() {
      return s - halfStep
    },
    get slopeSigma() {
      return Math.sqrt(pss + slopeGained)
    },
    get ageMs() {
      return nowMs - believedMs
    },
    step(tMs, force, slopeRate, yawRate, forceSigma) {
      const dtS = Number.isNaN(nowMs) ? 0 : Math.min(1, (tMs - nowMs) / 1000)
      nowMs = tMs
      hasForce = !Number.isNaN(force)
      const told = !Number.isNaN(slopeRate)
      // The force is a mean over the step, so the slope of its middle belongs to it.
      halfStep = told ? (slopeRate * dtS) / 2 : 0
      s = Math.max(-maxSlope, Math.min(maxSlope, s * (1 - dtS / levelS) + 2 * halfStep))
      slopeGained += (told ? gyroSlopeNoise ** 2 + (turnLeak * yawRate) ** 2 : slopeNoise ** 2) * dtS
      speedGained += ((accelerationNoise ** 2 * binMs) / 1000 + (forceSigma || 0) ** 2 * mountMemoryS) * dtS
      const net = force - s + halfStep
      if (hasForce && Number.isNaN(v)) s += (net * dtS) / (blindSlopeS * (1 + (net / blindForce) ** 2))
      if (hasForce) v = Math.max(0, v + net * dtS)
      if (hasForce && tMs - believedMs > silentAfterMs && measuredMs < tMs) {
        propagate((tMs - measuredMs) / 1000)
        measuredMs = tMs
        const total = pss + silentVariance / dtS
        correct(tMs, (pvs / total) * net, (pss / total) * net)
        pvv -= (pvs * pvs) / total
        pvs -= (pvs * pss) / total
        pss -= (pss * pss) / total
      }
      const slot = count++ % capacity
      times[slot] = tMs
      speeds[slot] = v
    },
    measure(tMs, speedMps, sigma) {
      if (Number.isNaN(v)) {
        begin(tMs, speedMps)
        return
      }
      const dtS = (tMs - lastMs) / 1000
      if (dtS <= 0) return
      lastMs = tMs
      if (tMs > measuredMs) {
        propagate(Math.min((tMs - measuredMs) / 1000, 60))
        measuredMs = tMs
      }
      const innovation = speedMps - past(tMs)
      const spread = Math.sqrt(pvv + sigma * sigma)
      const gate = hasForce ? Math.max(gateSigmas * spread, gateMps) : maxAccelerationMps2 * Math.max(1, dtS)
      if (Math.abs(innovation) > gate) {
        refuse(tMs, speedMps)
        return
      }
      disagreeSinceMs = Number.NaN
      // Cauchy weight: a measurement two spreads off counts for half.
      const doubt = hasForce ? 1 + (innovation / (2 * spread)) ** 2 : 1
      const r = sigma * sigma * doubt
      const total = pvv + r
      const kv = pvv / total
      const ks = pvs / total
      pss -= ks * pvs
      pvs -= kv * pvs
      pvv -= kv * pvv
      believedMs = tMs
      const ds = hasForce ? ks * innovation : 0
      correct(tMs, kv * innovation, ds)
      recent.push({ fromMs: tMs, dv: kv * innovation, ds })
      if (recent.length > undone) recent.shift()
    },
    restart(tMs, speedMps) {
      begin(tMs, speedMps)
      nowMs = lastMs = tMs
      count = 0
    },
    stand(force) {
      if (!Number.isNaN(force)) s += standGain * (force - s)
      if (Number.isNaN(v)) return
      v = 0
      if (count > 0) speeds[(count - 1) % capacity] = 0
      believedMs = nowMs
      measuredMs = nowMs
      disagreeSinceMs = Number.NaN
      pvv = 0.05 ** 2
      pvs = 0
      pss = Math.min(pss, 0.1 ** 2)
      slopeGained = speedGained = 0
    },
    shiftSlope(by) {
      s += by
    },
    forgetSlope(sigma) {
      s = 0
      pvs = 0
      pss = sigma * sigma
      // The speed so far was a receiver's, which is late.
      pvv = Math.max(pvv, lateSpeed ** 2)
      slopeGained = speedGained = 0
    },
  }
}
