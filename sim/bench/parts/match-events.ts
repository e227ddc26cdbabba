import type { TrueEvent } from '../../src/truth/events.ts'

/** An event that the agent, or the reference, told of. */
export interface Detection {
  kind: string
  startS: number
  endS: number
  /** Highest magnitude, g. */
  peakG: number
  band: 'log' | 'coach' | 'count'
  grade: string
}

/** True spans as `truth.json` has them; `near` holds all that came within `marginG` of the lowest band, gates or not. */
export interface TrueSpans {
  events: readonly TrueEvent[]
  near: readonly Omit<TrueEvent, 'level'>[]
}

type Kind = TrueEvent['kind']

/** Bands in g by kind, and the speed (km/h) below which there is no event. */
export const rules: Record<Kind, { bandsG: Record<Detection['band'], number>; gateKmh: number }> = {
  harsh_braking: { bandsG: { log: 0.3, coach: 0.4, count: 0.5 }, gateKmh: 10 },
  harsh_acceleration: { bandsG: { log: 0.25, coach: 0.32, count: 0.4 }, gateKmh: 10 },
  harsh_cornering: { bandsG: { log: 0.3, coach: 0.4, count: 0.5 }, gateKmh: 30 },
}
export const kinds = Object.keys(rules) as Kind[]

/** A detection matches truth whose interval, widened by so much, overlaps its own. */
const widenS = 1
/** Truth so close to the threshold in question counts neither way, g. */
const marginG = 0.05
/** Slack for decimals of truth files. */
const tinyG = 1e-6

/** What one comparison found. */
export interface Matching {
  /** True events that were found, and those that were not. */
  hits: { truth: TrueEvent; detection: Detection }[]
  misses: TrueEvent[]
  /** Detections of nothing, or of something that another detection had told of already. */
  falseOnes: Detection[]
}

const overlaps = (d: Detection, t: { start_s: number; end_s: number }, byS: number): boolean =>
  d.startS <= t.end_s + byS && d.endS >= t.start_s - byS

/** One event of a kind is counted in this time; the next ones are told as `coach`. */
const countOnceS = 60

/** Whether a detection reaches a threshold (g): by its band, and by its peak where only the rule of one a minute kept it from `count`. */
function reaches(detection: Detection, thresholdG: number, others: readonly Detection[]): boolean {
  const { kind, band, peakG, startS } = detection
  const { bandsG } = rules[kind as Kind]
  if (thresholdG <= bandsG[band] + tinyG) return true
  if (band !== 'coach' || peakG < thresholdG) return false
  return others.some(
    (o) => o.kind === kind && o.band === 'count' && o.startS < startS && startS - o.startS < countOnceS,
  )
}

/** Compares detections of one kind with truth at a threshold (g): truth within 0.05 g of it counts neither way. */
export function matchEvents(options: {
  kind: Kind
  thresholdG: number
  truth: TrueSpans
  detections: readonly Detection[]
  /** Without a speed nothing is gated. */
  gated: boolean
}): Matching {
  const { kind, thresholdG, truth, gated } = options
  const sure = truth.events.filter((event) => event.kind === kind && event.peak_g >= thresholdG + marginG - tinyG)
  const maybe = nearSpans(truth, kind, thresholdG, gated)
  const matching: Matching = { hits: [], misses: [], falseOnes: [] }
  const open = new Set(sure)
  for (const detection of options.detections) {
    if (detection.kind !== kind || !reaches(detection, thresholdG, options.detections)) continue
    // What it lies on first, what it is near to otherwise: two manoeuvres may follow each other within two seconds.
    let own = [...open].filter((event) => overlaps(detection, event, 0))
    if (own.length === 0) own = [...open].filter((event) => overlaps(detection, event, widenS)).slice(0, 1)
    for (const event of own) {
      open.delete(event)
      matching.hits.push({ truth: event, detection })
    }
    const uncertain = maybe.some((span) => overlaps(detection, span, widenS))
    if (own.length === 0 && !uncertain) matching.falseOnes.push(detection)
  }
  matching.misses.push(...open)
  return matching
}

/** The true span of highest peak that a detection overlaps, however small; null where nothing of the kind happened. */
export function nearestTruth(detection: Detection, truth: TrueSpans, gated: boolean): Omit<TrueEvent, 'level'> | null {
  const { gateKmh } = rules[detection.kind as Kind]
  return truth.near
    .filter((span) => span.kind === detection.kind && (!gated || span.top_kmh >= gateKmh))
    .filter((span) => overlaps(detection, span, widenS))
    .reduce<Omit<TrueEvent, 'level'> | null>((best, span) => (best && best.peak_g >= span.peak_g ? best : span), null)
}

/**
 * Whether what a detection claims is wrong by more than 0.05 g: nothing of the kind that strong, or something so strong that
 * it belongs a band higher.
 */
export function isWrong(detection: Detection, truth: TrueSpans, gated: boolean): boolean {
  const { bandsG } = rules[detection.kind as Kind]
  const peak = nearestTruth(detection, truth, gated)?.peak_g ?? 0
  if (peak < bandsG[detection.band] - marginG - tinyG) return true
  // The peak, since a count-band event within a minute of another is told as `coach`.
  if (detection.band === 'coach') return peak >= bandsG.count + marginG && detection.peakG < bandsG.count
  return detection.band === 'log' && peak >= bandsG.coach + marginG
}

/** Spans that are too close to the threshold to be false, and those above it. */
function nearSpans(truth: TrueSpans, kind: Kind, thresholdG: number, gated: boolean) {
  const { gateKmh } = rules[kind]
  return truth.near.filter(
    (span) => span.kind === kind && span.peak_g >= thresholdG - marginG - tinyG && (!gated || span.top_kmh >= gateKmh),
  )
}
