import { type Crash, createCrashPulse } from './crash-pulse.ts'
import type { CrashThreshold } from './crash-threshold.ts'
import { createRestForce } from './rest-force.ts'
import { createRollover } from './rollover.ts'
import { across, createVelocityRing, size } from './velocity-ring.ts'

/** One reading of an accelerometer and gyroscope in any axes: specific force in m/s², rates in rad/s (NaN where there is no gyro). */
export interface ForceSample {
  /** Milliseconds on the monotonic clock. */
  tMs: number
  ax: number
  ay: number
  az: number
  gx: number
  gy: number
  gz: number
}

/** Told of a crash as soon as it is sure, and again, with its whole severity, when it is over. */
export interface CrashSink {
  crash(crash: Crash): void
  over(crash: Crash): void
}

/** What was met beside crashes. */
export interface CrashCounts {
  /** Blows on the box, falls, and hands that carried it. */
  knocks: number
  /** Steps between samples that no pulse could be seen in. */
  gaps: number
}

/** Judges samples at the sensor's full rate; `push` allocates nothing while there is no crash. */
export interface CrashDetector {
  push(sample: ForceSample): void
  /** Tells the car's newest speed, m/s; NaN where it is unknown. */
  speed(tMs: number, mps: number): void
  /** Ends a running crash, at the end of the data. */
  end(): void
  /** False where samples come too seldom for any pulse to be seen. */
  readonly judging: boolean
  readonly counts: Readonly<CrashCounts>
}

/** Share of the range from which on a reading is taken as saturated. */
const saturationShare = 0.99
/** A clock that went back by more than this was set anew, milliseconds; less is a sample out of order. */
const clockSlackMs = 1000
/** Samples over which the rate is taken, and the longest step that counts towards it: a gap is no rate. */
const rateSamples = 50
const longestStepMs = 200
/** Milliseconds over which turning is averaged. */
const turnMs = 300
/** Less than so much before the window says nothing about what the car was doing. */
const leastBeforeMs = 50

interface Options {
  threshold: CrashThreshold
  /** Full scale of the accelerometer, m/s². */
  rangeMps2: number
  sink: CrashSink
}

/**
 * Finds crashes in the change of velocity that the box feels across gravity: no calibration is needed, since gravity shows
 * which way is up, and the size of what is left does not depend on the axes.
 */
export function createCrashDetector({ threshold: rule, rangeMps2, sink }: Options): CrashDetector {
  const ring = createVelocityRing()
  const window = ring.span(rule.windowMs)
  const before = ring.span(rule.windowMs + rule.beforeMs)
  const rest = createRestForce(rule)
  const rollover = createRollover(rule)
  const pulse = createCrashPulse({ rule, ring, up: rest.up })
  const limitMps2 = rangeMps2 * saturationShare
  const change = new Float64Array(3)
  const usual = new Float64Array(3)
  const counts: CrashCounts = { knocks: 0, gaps: 0 }
  let lastMs = Number.NaN
  let meanStepMs = Number.NaN
  let speedMps = Number.NaN
  let turnRps = 0
  let saturatedMs = Number.NEGATIVE_INFINITY
  let fallSinceMs = Number.NaN
  let fellMs = Number.NEGATIVE_INFINITY
  let quietUntilMs = Number.NEGATIVE_INFINITY
  /** Since when a change is large enough and waits to be sure, where it began, and the most that it was. */
  let suspectMs = Number.NaN
  let suspectFirst = 0
  let most = 0
  let current: Crash | null = null
  let currentMs = Number.NEGATIVE_INFINITY

  function end(): void {
    if (current) sink.over(current)
    current = null
    suspectMs = Number.NaN
  }

  function dismiss(tMs: number): void {
    counts.knocks++
    suspectMs = Number.NaN
    quietUntilMs = tMs + rule.windowMs
  }

  function begin(tMs: number, crash: Crash): void {
    crash.rateHz = 1000 / meanStepMs
    crash.saturated = saturatedMs >= crash.startMs
    suspectMs = Number.NaN
    currentMs = tMs
    current = crash
    sink.crash(crash)
  }

  /** Whether the box was turned as only hands turn it. */
  const handled = (n: number): boolean =>
    ring.turnRps(n) > (speedMps >= rule.movingMps ? rule.spunRps : rule.handledRps)

  /** Looks for a change of velocity that is large, and larger than what the car was doing anyway. */
  function look(tMs: number): void {
    const spanMs = ring.change(window.first, ring.last, change)
    if (size(change) < rule.deltaVMps || across(change, rest.up) < rule.deltaVMps || tMs < quietUntilMs) return
    const beforeMs = ring.change(before.first, window.first, usual)
    const share = beforeMs < leastBeforeMs ? 0 : spanMs / beforeMs
    for (let axis = 0; axis < 3; axis++) change[axis]! -= usual[axis]! * share
    if (across(change, rest.up) < rule.excessMps) return
    if (handled(window.first) || tMs - fellMs <= rule.landMs) {
      dismiss(tMs)
      return
    }
    suspectMs = tMs
    suspectFirst = window.first
    most = 0
  }

  /** A large change is a crash once it is larger than any knock, or has lasted and did not come at one blow. */
  function weigh(tMs: number): void {
    ring.change(suspectFirst, ring.last, change)
    const now = across(change, rest.up)
    most = Math.max(most, now)
    if (now < rule.sureDeltaVMps && tMs - suspectMs < rule.settleMs) return
    const brief = now < rule.keepShare * most || pulse.steepest(suspectFirst) > rule.knockShare * now
    if (now < rule.sureDeltaVMps && (brief || handled(ring.last))) dismiss(tMs)
    else begin(tMs, pulse.begin(suspectFirst))
  }

  function watchFall(tMs: number, forceSquared: number): void {
    if (forceSquared >= rule.fallMps2 * rule.fallMps2 || rest.up.every((part) => part === 0)) fallSinceMs = Number.NaN
    else if (Number.isNaN(fallSinceMs)) fallSinceMs = tMs
    else if (tMs - fallSinceMs >= rule.fallMs) {
      fellMs = tMs
      rollover.fell(tMs)
    }
  }

  /** Takes note of the step to a sample; false where nothing can be judged by it. */
  function follow(stepMs: number): boolean {
    const counted = Math.min(stepMs, longestStepMs)
    meanStepMs = Number.isNaN(meanStepMs) ? counted : meanStepMs + (counted - meanStepMs) / rateSamples
    if (stepMs <= rule.maxGapMs) return meanStepMs <= rule.maxStepMs
    counts.gaps++
    suspectMs = Number.NaN
    fallSinceMs = Number.NaN
    ring.reset()
    return false
  }

  function judge(tMs: number, rolled: boolean): void {
    if (current) {
      pulse.follow()
      if (rolled) current.rolledOver = true
      if (saturatedMs >= current.startMs) current.saturated = true
      if (tMs - currentMs >= rule.sameMs) end()
      return
    }
    if (rolled && tMs - currentMs > rule.rollover.movedMs) begin(tMs, pulse.rolledOver())
    else if (Number.isNaN(suspectMs)) look(tMs)
    if (!Number.isNaN(suspectMs)) weigh(tMs)
  }

  return {
    counts,
    get judging() {
      return !(meanStepMs > rule.maxStepMs)
    },
    speed(tMs, mps) {
      speedMps = mps
      rollover.speed(tMs, mps)
    },
    end,
    push({ tMs, ax, ay, az, gx, gy, gz }) {
      const stepMs = tMs - lastMs
      if (!(stepMs > 0)) {
        if (stepMs > -clockSlackMs) return
        lastMs = tMs // the first sample, or a clock that was set anew
        ring.reset()
        return
      }
      lastMs = tMs
      const whole = follow(stepMs)
      const turn = Math.sqrt(gx * gx + gy * gy + gz * gz)
      if (turn >= 0) turnRps += Math.min(1, stepMs / turnMs) * (turn - turnRps) // false for NaN
      ring.push(tMs, ax - rest.mean[0]!, ay - rest.mean[1]!, az - rest.mean[2]!, turnRps)
      if (!whole) return
      if (Math.abs(ax) >= limitMps2 || Math.abs(ay) >= limitMps2 || Math.abs(az) >= limitMps2) saturatedMs = tMs
      const rolled = rest.known && rollover.push(tMs, stepMs, ax, ay, az, rest.up)
      if (!current && Number.isNaN(suspectMs) && !rollover.tilted) rest.push(stepMs, ax, ay, az)
      if (!rest.known) return
      watchFall(tMs, ax * ax + ay * ay + az * az)
      judge(tMs, rolled)
    },
  }
}
