import { type Band, bands } from '@fairmile/contract/driving-event.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { Candidate, CandidateSink, Detector, Moment } from './detector.ts'
import type { HarshKind, Thresholds } from './thresholds.ts'

/**
 * Judges harsh braking, acceleration or cornering: the low-passed acceleration must stay beyond a band for the hold time.
 *
 * Without accelerations there is no event: speeds at 1 Hz average a manoeuvre over a second, behind a filter in the receiver
 * that nobody knows, so they cannot show that a band was held for 300 ms.
 */
export function createHarshDetector(kind: HarshKind, thresholds: Thresholds, sink: CandidateSink): Detector {
  const rule = thresholds.harsh[kind]
  const levels = bands.map((band) => rule.bandsG[band] * G_MPS2)
  const release = (levels[0] ?? 0) * (1 - thresholds.hysteresis)
  const nominalMs = 1000 / thresholds.sampleHz
  // Half a millisecond of slack for the rounding of time stamps.
  const holdMs = thresholds.holdMs - 0.5
  const heldMs = new Float64Array(bands.length)
  let current: Candidate | null = null
  let runStartMs = 0
  let runStartSpeed = Number.NaN
  let runPeak = 0
  let lastAboveMs = 0
  let gateOpen = false

  function close(): void {
    if (current) sink.over(current)
    current = null
    heldMs.fill(0)
    runPeak = 0
  }

  function reach(moment: Moment, band: Band): void {
    const { sample } = moment
    current ??= {
      kind,
      startMs: runStartMs,
      endMs: sample.tMs,
      band,
      peak: runPeak,
      lat: sample.lat,
      lon: sample.lon,
      startSpeedMps: runStartSpeed,
      endSpeedMps: sample.speedMps,
      limitKmh: sample.limitKmh,
      limitConfidence: Number.NaN,
    }
    current.band = band
    sink.band(current)
  }

  function hold(moment: Moment, magnitude: number): void {
    for (let index = 0; index < levels.length; index++) {
      if (magnitude < levels[index]!) {
        heldMs[index] = 0
        continue
      }
      heldMs[index]! += heldMs[index] === 0 ? nominalMs : moment.stepMs
      if (heldMs[index]! >= holdMs && (current === null || bands.indexOf(current.band) < index))
        reach(moment, bands[index]!)
    }
  }

  function follow(moment: Moment, magnitude: number): void {
    const { sample } = moment
    if (magnitude > runPeak) runPeak = magnitude
    if (!current) return
    current.endMs = sample.tMs
    current.endSpeedMps = sample.speedMps
    if (magnitude > current.peak) {
      current.peak = magnitude
      current.lat = sample.lat
      current.lon = sample.lon
    }
  }

  return {
    push(moment) {
      const { sample } = moment
      const value = moment[rule.signal]
      if (Number.isNaN(value)) return close()
      const signed = rule.direction === 0 ? Math.abs(value) : value * rule.direction
      const bump = Math.abs(moment.aVert) > signed * thresholds.maxVerticalShare
      const slow = sample.speedMps < rule.minSpeedMps // false where the speed is unknown
      const above = signed >= levels[0]! && !bump
      if (above && heldMs[0] === 0) {
        gateOpen = !slow || (rule.gate === 'start' && current !== null)
        if (current === null) {
          runStartMs = sample.tMs
          runStartSpeed = sample.speedMps
          runPeak = 0
        }
      }
      const judged = gateOpen && !(slow && rule.gate === 'always')
      const goesOn = judged && !bump && signed >= release
      if (goesOn) {
        lastAboveMs = sample.tMs
        follow(moment, signed)
      }
      hold(moment, above && judged ? signed : 0)
      if (!goesOn && current && sample.tMs - lastAboveMs >= thresholds.joinMs) close()
    },
    end: close,
  }
}
