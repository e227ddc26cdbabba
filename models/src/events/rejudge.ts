import { type Band, bands, type DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { Candidate, Moment } from './detector.ts'
import { createHarshDetector } from './harsh.ts'
import { createLowPass } from './low-pass.ts'
import type { HarshKind, Thresholds } from './thresholds.ts'
import { unknownSample } from './unknown-sample.ts'

/** In what a trace may contradict what was said of it: no such event is in it, or one of another band or peak. */
export const rejudgeDifferences = ['event', 'band', 'peak'] as const
export type RejudgeDifference = (typeof rejudgeDifferences)[number]

/** What a trace says of an event: nothing where it cannot be compared, or in what it differs. */
export type Rejudged =
  | { compared: false; why: 'kind' | 'no_trace' | 'short_trace' }
  | { compared: true; differs: RejudgeDifference[] }

/** m/s² by which peaks may differ: a trace is rounded to 0.001, of which the low-pass makes little more; the rest is for a trace that begins with the trip. */
const peakToleranceMps2 = 0.01

/**
 * Judges an event anew from its own trace, by the code that judged it in the car.
 *
 * A trace holds the speed and the accelerations in the vehicle's axes at 10 Hz, so harsh braking, acceleration and cornering can be derived
 * from it. It cannot show what the trace does not hold: lane changes (no yaw rate), speeding (no limits on the way), phone, crash
 * (full rate), tamper; nor that a bump or an implausible sample (no vertical acceleration, no quality bits) cut the event in the
 * car, which then shows as a difference. It checks judging, not sensing: a box that made up its motion made up the trace.
 *
 * @param options.countedBefore whether an event of its kind was counted in the time in which no second one is
 */
export function rejudge(
  event: Pick<DrivingEvent, 'kind' | 'band' | 'peak' | 'trace'> & { durationMs: number },
  { thresholds, countedBefore }: { thresholds: Thresholds; countedBefore: boolean },
): Rejudged {
  const { kind, trace, durationMs, band, peak } = event
  if (!isHarsh(kind, thresholds)) return { compared: false, why: 'kind' }
  if (trace === null) return { compared: false, why: 'no_trace' }
  const { offsetMs } = trace
  if (!(offsetMs[0]! <= 0) || !(offsetMs.at(-1)! >= durationMs)) return { compared: false, why: 'short_trace' }
  const found = candidatesOf(kind, trace, thresholds)
    .filter(({ startMs, endMs }) => startMs <= durationMs && endMs >= 0)
    .sort((a, b) => b.peak - a.peak)[0]
  if (found === undefined) return { compared: true, differs: ['event'] }
  const differs: RejudgeDifference[] = []
  if (!isSameBand(found.band, band, countedBefore)) differs.push('band')
  if (!(Math.abs(found.peak - peak) <= peakToleranceMps2)) differs.push('peak')
  return { compared: true, differs }
}

const isHarsh = (kind: string, { harsh }: Thresholds): kind is HarshKind => Object.hasOwn(harsh, kind)

/** The second of two that would be counted within a minute is told as the band below. */
function isSameBand(found: Band, said: Band, countedBefore: boolean): boolean {
  return found === said || (countedBefore && found === 'count' && said === bands[bands.indexOf(found) - 1])
}

function candidatesOf(kind: HarshKind, trace: NonNullable<DrivingEvent['trace']>, thresholds: Thresholds): Candidate[] {
  const found: Candidate[] = []
  const detector = createHarshDetector(kind, thresholds, { band() {}, over: (candidate) => void found.push(candidate) })
  const filter = () => createLowPass(thresholds.lowPassHz, thresholds.sampleHz, 'rest')
  const filters = { aLong: filter(), aLat: filter() }
  const at = (column: (number | null)[], n: number): number => column[n] ?? Number.NaN
  let beforeMs = Number.NaN
  for (const [n, tMs] of trace.offsetMs.entries()) {
    const stepMs = tMs - beforeMs
    beforeMs = tMs
    if (stepMs > thresholds.maxGapMs || stepMs < 0) {
      detector.end()
      filters.aLong.reset()
      filters.aLat.reset()
    }
    const sample = {
      ...unknownSample,
      tMs,
      speedMps: at(trace.speedMps, n),
      lat: at(trace.lat, n),
      lon: at(trace.lon, n),
    }
    const moment: Moment = {
      sample,
      aLong: filters.aLong.push(at(trace.aLong, n)),
      aLat: filters.aLat.push(at(trace.aLat, n)),
      aVert: 0,
      stepMs,
    }
    detector.push(moment)
  }
  detector.end()
  return found
}
