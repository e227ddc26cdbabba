import type { CrashThreshold } from './crash-threshold.ts'
import { across, size, type VelocityRing } from './velocity-ring.ts'

/** A crash as its samples show it. One object a crash, brought up to date until it is over. */
export interface Crash {
  /** Milliseconds on the monotonic clock: where the velocity began to change, and where it was done. */
  startMs: number
  endMs: number
  /** Largest change of the horizontal velocity within one pulse, m/s, as a vector in the device's axes and its size. */
  change: Float64Array
  deltaVMps: number
  /** Largest horizontal acceleration, averaged over 10 ms, m/s². */
  peakMps2: number
  /** Unit vector up in the device's axes; zero where gravity was taken out of the samples. */
  up: Float64Array
  rolledOver: boolean
  /** An axis of the sensor was at its limit: the crash was harder than it looks. */
  saturated: boolean
  /** Samples a second. */
  rateHz: number
}

/** Measures one crash after the other. */
export interface CrashPulse {
  /** Largest change since `first` within the time of a knock, m/s. */
  steepest(first: number): number
  /** Measures all samples from `first` on, which the crash began within. */
  begin(first: number): Crash
  /** The car lies otherwise without a blow that could be seen. */
  rolledOver(): Crash
  /** Measures the newest sample. */
  follow(): void
}

interface Options {
  rule: CrashThreshold
  ring: VelocityRing
  up: Float64Array
}

/** Makes the measure of a detector, which owns the ring. */
export function createCrashPulse({ rule, ring, up }: Options): CrashPulse {
  const change = new Float64Array(3)
  let crash: Crash | null = null
  let first = 0

  const fresh = (n: number): Crash => ({
    startMs: ring.tMs(n),
    endMs: ring.tMs(ring.last),
    change: new Float64Array(3),
    deltaVMps: 0,
    peakMps2: 0,
    up: up.slice(),
    rolledOver: false,
    saturated: false,
    rateHz: 0,
  })

  function measure(n: number, into: Crash): void {
    const peakFrom = ring.back(n, rule.peakMs)
    const peakSpanMs = ring.change(peakFrom, n, change)
    if (peakSpanMs > 0) into.peakMps2 = Math.max(into.peakMps2, (across(change, up) / peakSpanMs) * 1000)
    const stirFrom = ring.back(n, rule.stirMs)
    ring.change(stirFrom, n, change)
    if (across(change, up) <= rule.stirMps) return
    if (ring.tMs(n) - ring.tMs(first) > rule.pulseMs) first = stirFrom
    ring.change(first, n, change)
    const deltaVMps = across(change, up)
    if (deltaVMps <= into.deltaVMps) return
    into.deltaVMps = deltaVMps
    into.change.set(change)
    into.endMs = ring.tMs(n)
  }

  return {
    steepest(from) {
      let most = 0
      for (let n = from + 1; n <= ring.last; n++) {
        ring.change(Math.max(from, ring.back(n, rule.knockMs)), n, change)
        across(change, up)
        most = Math.max(most, size(change))
      }
      return most
    },
    begin(from) {
      first = from
      // Time zero: where the velocity begins to change faster than any tyre could change it.
      for (let n = from + 1; n <= ring.last; n++) {
        const stirFrom = ring.back(n, rule.stirMs)
        ring.change(stirFrom, n, change)
        if (across(change, up) <= rule.stirMps) continue
        first = Math.max(from, stirFrom)
        break
      }
      crash = fresh(first)
      for (let n = first + 1; n <= ring.last; n++) measure(n, crash)
      return crash
    },
    rolledOver() {
      first = ring.last
      crash = fresh(first)
      crash.rolledOver = true
      return crash
    },
    follow() {
      if (crash) measure(ring.last, crash)
    },
  }
}
