import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { createCrashDetector, type ForceSample } from './crash.ts'
import type { Crash } from './crash-pulse.ts'
import { thresholds } from './thresholds.ts'

/** Force in the car's axes (x forward, y left, z up, without gravity) and turning about x at a time in ms. */
type Felt = (tMs: number) => { x?: number; y?: number; z?: number; turn?: number; gravity?: readonly number[] }

const onset = 30_000
/** Half a sine of a velocity change. */
const pulse = (tMs: number, deltaVMps: number, lengthMs: number): number =>
  tMs < onset || tMs > onset + lengthMs
    ? 0
    : ((deltaVMps * Math.PI) / 2 / (lengthMs / 1000)) * Math.sin((Math.PI * (tMs - onset)) / lengthMs)

/** What the detector says of 45 s; the box lies on its side, its axes turned by 40°. */
function judge(felt: Felt, options: { rateHz?: number; speedMps?: (tMs: number) => number } = {}) {
  const crashes: { crash: Crash; atMs: number }[] = []
  const over: Crash[] = []
  let nowMs = 0
  const detector = createCrashDetector({
    threshold: thresholds.crash,
    rangeMps2: 16 * G_MPS2,
    sink: { crash: (crash) => crashes.push({ crash, atMs: nowMs }), over: (crash) => over.push(crash) },
  })
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)]
  const stepMs = 1000 / (options.rateHz ?? 100)
  for (nowMs = 5000; nowMs < 50_000; nowMs += stepMs) {
    const { x = 0, y = 0, z = 0, turn = 0, gravity = [0, 0, 1] } = felt(nowMs)
    const f = [x + gravity[0]! * G_MPS2, y + gravity[1]! * G_MPS2, z + gravity[2]! * G_MPS2]
    const sample: ForceSample = {
      tMs: nowMs,
      ax: c * f[0]! + s * f[1]!,
      ay: f[2]!,
      az: s * f[0]! - c * f[1]!,
      gx: turn,
      gy: 0,
      gz: 0,
    }
    detector.speed(nowMs, options.speedMps?.(nowMs) ?? 14)
    detector.push(sample)
  }
  detector.end()
  return { crashes, over, detector }
}

const deltaV = 20 / 3.6

describe('createCrashDetector', () => {
  for (const rateHz of [50, 100, 200])
    it(`finds a pulse from any side at ${rateHz} Hz, with its size and direction`, () => {
      for (const angle of [0, 1, 2, 3, 4, 5]) {
        const { over } = judge(
          (t) => ({ x: Math.cos(angle) * pulse(t, deltaV, 100), y: Math.sin(angle) * pulse(t, deltaV, 100) }),
          { rateHz },
        )
        assert.equal(over.length, 1)
        const crash = over[0]!
        assert.ok(Math.abs(crash.deltaVMps - deltaV) < 0.08 * deltaV, `${crash.deltaVMps}`)
        const [c, s] = [Math.cos(0.7), Math.sin(0.7)]
        const x = c * crash.change[0]! + s * crash.change[2]!
        const y = s * crash.change[0]! - c * crash.change[2]!
        assert.ok(Math.abs(x - deltaV * Math.cos(angle)) < 0.5 && Math.abs(y - deltaV * Math.sin(angle)) < 0.5)
        assert.ok(Math.abs(crash.startMs - onset) <= 45 && crash.endMs <= onset + 130)
        assert.ok(Math.abs(crash.peakMps2 - 87) < 14, `${crash.peakMps2}`)
      }
    })

  it('tells of a crash while it goes on, and of a small one within 200 ms', () => {
    const hard = judge((t) => ({ x: -pulse(t, 15, 120) })).crashes
    assert.ok(hard[0]!.atMs <= onset + 70, `${hard[0]!.atMs}`)
    const small = judge((t) => ({ x: -pulse(t, 9 / 3.6, 120) })).crashes
    assert.ok(small[0]!.atMs <= onset + 200, `${small[0]!.atMs}`)
  })

  it('takes no full brake for a crash, and finds one that follows it', () => {
    const brake = (t: number): number => (t > onset - 2000 && t < onset + 1000 ? -1.1 * G_MPS2 : 0)
    assert.equal(judge((t) => ({ x: brake(t) })).crashes.length, 0)
    assert.equal(judge((t) => ({ x: brake(t) - pulse(t, 10 / 3.6, 100) })).crashes.length, 1)
  })

  it('takes no pothole for a crash: what goes up comes down, and backwards it is short', () => {
    const hit = (t: number): number => pulse(t, 1.6, 40)
    assert.equal(judge((t) => ({ z: hit(t) * 2, x: -hit(t) / 2 })).crashes.length, 0)
  })

  it('takes no knock for a crash: it comes at one blow, or swings back', () => {
    const blow = judge((t) => ({ y: pulse(t, 3, 18) }))
    assert.equal(blow.crashes.length, 0)
    assert.equal(blow.detector.counts.knocks, 1)
    const swing = judge((t) => ({ y: pulse(t, 2.4, 40) - pulse(t - 40, 2.4, 40) }))
    assert.equal(swing.crashes.length, 0)
  })

  it('takes no fall for a crash, whatever the box lands on', () => {
    const landing = (t: number) => pulse(t, 4.4, 40)
    const falls = (t: number) => t > onset - 300 && t < onset
    const { crashes } = judge((t) => ({ x: landing(t), gravity: falls(t) ? [0, 0, 0] : [0, 0, 1] }))
    assert.equal(crashes.length, 0)
    assert.equal(judge((t) => ({ x: landing(t) })).crashes.length, 1)
  })

  it('takes a shaken box for one in somebody’s hands', () => {
    const shaken = (t: number) => (t > onset ? 20 * Math.sin((2 * Math.PI * (t - onset)) / 300) : 0)
    const standing = { speedMps: () => 0 }
    assert.equal(judge((t) => ({ x: shaken(t), turn: t > onset - 1000 ? 4 : 0 }), standing).crashes.length, 0)
  })

  it('does not judge what comes ten times a second, and says so', () => {
    const { crashes, detector } = judge((t) => ({ x: -pulse(t, 15, 120) }), { rateHz: 10 })
    assert.equal(crashes.length, 0)
    assert.equal(detector.judging, false)
    assert.equal(judge(() => ({})).detector.judging, true)
  })

  it('notes that the sensor was at its limit', () => {
    const limit = 16 * G_MPS2
    const cut = judge((t) => ({ x: 0, y: 0, z: -1 + Math.min(limit - 9, pulse(t, 30, 100)), gravity: [0, 0, 1] }))
    assert.equal(cut.crashes.length, 0)
    const [clipped] = judge((t) => ({ x: -Math.min(1.4 * limit, pulse(t, 30, 60)) })).over
    assert.equal(clipped!.saturated, true)
    assert.equal(judge((t) => ({ x: -pulse(t, 5, 100) })).over[0]!.saturated, false)
  })

  it('takes two blows within three seconds for one crash, as hard as the harder', () => {
    const { over } = judge((t) => ({ x: -pulse(t, 3, 80) - pulse(t - 900, 9, 100) }))
    assert.equal(over.length, 1)
    assert.ok(Math.abs(over[0]!.deltaVMps - 9) < 0.7)
  })

  it('finds a car that rolled over after driving, not a box that was turned on the bench or fell off its mount', () => {
    const onRoof = (t: number): readonly number[] => {
      const angle = Math.max(0, Math.min(Math.PI, (t - onset) / 500))
      return [0, Math.sin(angle), Math.cos(angle)]
    }
    const stops = { speedMps: (t: number) => (t < onset ? 20 : Math.max(0, 20 - (t - onset) / 100)) }
    const [rolled] = judge((t) => ({ gravity: onRoof(t) }), stops).over
    assert.equal(rolled?.rolledOver, true)
    assert.equal(judge((t) => ({ gravity: onRoof(t) }), { speedMps: () => 0 }).crashes.length, 0)
    assert.equal(judge((t) => ({ gravity: onRoof(t) }), { speedMps: () => 14 }).crashes.length, 0)
    const fell = (t: number) => (t > onset && t < onset + 300 ? [0, 0, 0] : onRoof(t))
    assert.equal(judge((t) => ({ gravity: fell(t) }), stops).crashes.length, 0)
  })

  it('begins anew behind a gap, and is not misled by the step across it', () => {
    const late = (t: number) => (t > onset - 400 && t < onset ? { x: Number.NaN } : { x: -pulse(t, deltaV, 100) })
    const detectorSees: number[] = []
    const detector = createCrashDetector({
      threshold: thresholds.crash,
      rangeMps2: 16 * G_MPS2,
      sink: { crash: () => detectorSees.push(1), over: () => {} },
    })
    for (let tMs = 0; tMs < 32_000; tMs += 10) {
      const { x } = late(tMs)
      if (!Number.isNaN(x))
        detector.push({ tMs, ax: x!, ay: 0, az: G_MPS2, gx: Number.NaN, gy: Number.NaN, gz: Number.NaN })
    }
    assert.equal(detectorSees.length, 1)
    assert.equal(detector.counts.gaps, 1)
  })
})
