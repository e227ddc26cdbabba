import { type Band, bands, type EventKind } from '@fairmile/contract/driving-event.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { beginCandidate } from './begin-candidate.ts'
import type { Candidate, CandidateSink, Detector, Moment } from './detector.ts'

/** How a harsh lane change is judged. */
export interface LaneChangeThreshold {
  /** Magnitudes in g at which a band begins; both swings must reach it. */
  bandsG: Record<Band, number>
  /** Each swing must be beyond the band for so long. */
  holdMs: number
  minSpeedMps: number
  /** Below this magnitude, g, the car goes straight: a manoeuvre lies between two such moments. */
  straightG: number
  /** From the first swing's begin to the second's end. */
  minMs: number
  maxMs: number
  /** The heading is back where it was within this, degrees; the car is so far to the side, metres. */
  maxTurnDeg: number
  minAsideM: number
  maxAsideM: number
  /** Kinds that its swings would be otherwise. */
  insteadOf: readonly EventKind[]
}

interface Swing {
  side: number
  heldMs: Float64Array
  peak: number
}

const newSwing = (): Swing => ({ side: 0, heldMs: new Float64Array(bands.length), peak: 0 })

/**
 * Judges a lane change: a swing to one side and at once one to the other, after which the car goes on as before, a lane aside.
 *
 * The way aside is the double integral of speed × yaw rate (of the lateral acceleration where there is no gyro). The peak is that
 * of the weaker swing. A bend and its counter-bend that shift the road by a lane look the same: see the grade table.
 */
export function createLaneChangeDetector(rule: LaneChangeThreshold, sampleHz: number, sink: CandidateSink): Detector {
  const levels = bands.map((band) => rule.bandsG[band] * G_MPS2)
  const straight = rule.straightG * G_MPS2
  const nominalMs = 1000 / sampleHz
  const first = newSwing()
  const second = newSwing()
  let candidate: Candidate | null = null
  let turnRad = 0
  let asideM = 0

  function forget(): void {
    candidate = null
    turnRad = 0
    asideM = 0
    for (const swing of [first, second]) {
      swing.side = 0
      swing.peak = 0
      swing.heldMs.fill(0)
    }
  }

  function feel(swing: Swing, moment: Moment): void {
    const magnitude = Math.abs(moment.aLat)
    if (magnitude > swing.peak) swing.peak = magnitude
    for (let index = 0; index < levels.length; index++) {
      if (magnitude >= levels[index]!) swing.heldMs[index]! += Math.min(moment.stepMs, 2 * nominalMs)
    }
  }

  /** The highest band that both swings held; −1 for none. */
  function reached(): number {
    let index = levels.length - 1
    const holdMs = rule.holdMs - 0.5
    while (index >= 0 && !(first.heldMs[index]! >= holdMs && second.heldMs[index]! >= holdMs)) index--
    return index
  }

  function finish(): void {
    const index = reached()
    const isBack = Math.abs(turnRad) <= (rule.maxTurnDeg * Math.PI) / 180
    const aside = Math.abs(asideM)
    if (candidate !== null && index >= 0 && isBack && aside >= rule.minAsideM && aside <= rule.maxAsideM) {
      const lastsMs = candidate.endMs - candidate.startMs
      if (lastsMs >= rule.minMs && lastsMs <= rule.maxMs) {
        candidate.band = bands[index]!
        candidate.peak = Math.min(first.peak, second.peak)
        sink.band(candidate)
        sink.over(candidate)
      }
    }
    forget()
  }

  function move({ sample, aLat, stepMs }: Moment): void {
    const s = Math.min(stepMs, 2 * nominalMs) / 1000
    const yawRate = Number.isNaN(sample.yawRate) ? aLat / sample.speedMps : sample.yawRate
    asideM += sample.speedMps * Math.sin(turnRad + (yawRate * s) / 2) * s
    turnRad += yawRate * s
  }

  return {
    push(moment) {
      const { sample, aLat } = moment
      if (!(sample.speedMps >= rule.minSpeedMps) || Number.isNaN(aLat)) return forget() // also where the speed is unknown
      const side = Math.abs(aLat) < straight ? 0 : Math.sign(aLat)
      if (first.side === 0) {
        if (side === 0) return
        first.side = side
        candidate = beginCandidate('harsh_lane_change', sample)
      } else if (second.side === 0 && side === -first.side) second.side = side
      move(moment)
      candidate!.endMs = sample.tMs
      candidate!.endSpeedMps = sample.speedMps
      if (second.side === 0) {
        feel(first, moment)
        // One swing alone is a bend.
        if (sample.tMs - candidate!.startMs > rule.maxMs) forget()
      } else if (side === second.side) feel(second, moment)
      else finish()
    },
    end: forget,
  }
}
