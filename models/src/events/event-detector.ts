import { type Band, bands, type DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { MotionSample } from '../motion.ts'
import { createCrashEvents } from './crash-events.ts'
import type { Candidate, CandidateSink, CrashSeen, Detector, Moment } from './detector.ts'
import { gradeEvent } from './grade.ts'
import { createHarshDetector } from './harsh.ts'
import { createLaneChangeDetector } from './lane-change.ts'
import { createLaneChanges } from './lane-changes.ts'
import { createLowPass } from './low-pass.ts'
import { createPhoneDetector } from './phone.ts'
import { createSpeedingDetector } from './speeding.ts'
import type { HarshKind, Thresholds } from './thresholds.ts'
import { createTrace } from './trace.ts'

/** A finished event before it has an id and a trip. Times are NaN in UTC until the clock is known. */
export interface JudgedEvent extends Omit<DrivingEvent, 'id' | 'tripId'> {
  /** Ordinal of the event in this detector, from 1; the notice of its onset has the same. */
  n: number
  /** Milliseconds on the monotonic clock. */
  startTMs: number
  endTMs: number
}

/** Told as soon as an event reaches a band that the driver should know of; told again when it reaches the count band. */
export interface OnsetNotice {
  n: number
  kind: DrivingEvent['kind']
  band: Exclude<Band, 'log'>
  tMs: number
  /** UTC epoch milliseconds; NaN before the clock is known. */
  atMs: number
  /** Magnitude so far, in the unit of the event's peak. */
  value: number
  speedMps: number
  lat: number
  lon: number
}

/** Where events and notices go. */
export interface EventSink {
  onset?(notice: OnsetNotice): void
  /** Comes ten seconds after the event's end, with its trace, or at `flush`. */
  event(event: JudgedEvent): void
}

/** Judges motion samples; `push` allocates nothing while nothing happens. */
export interface EventDetector {
  push(sample: MotionSample): void
  /** Takes a crash as soon as it is sure; nothing happens before the first motion sample. */
  crash(crash: CrashSeen): void
  /** Takes the whole of the crash told last. */
  crashOver(crash: CrashSeen): void
  /** Withdraws what accelerations told of this time, on the monotonic clock: the device was not where it was thought to be. */
  withdraw(fromMs: number, toMs: number): void
  /** Ends running events and gives out what waits for its trace: at the end of a trip. */
  flush(): void
}

interface Waiting {
  n: number
  candidate: Candidate
}

/** Composes one detector a kind behind one low-pass, with the trace, the grade and the rule of one counted event in 60 s. */
export function createEventDetector(options: {
  thresholds: Thresholds
  sink: EventSink
  /** The samples are of a time before the axes were known: nothing is grade A. @default false */
  judgedLater?: boolean
}): EventDetector {
  const { thresholds, sink } = options
  const trace = createTrace()
  const filter = () => createLowPass(thresholds.lowPassHz, thresholds.sampleHz, 'rest')
  const filters = { aLong: filter(), aLat: filter(), aVert: filter() }
  const numbers = new Map<Candidate, number>()
  const lastCountedMs = new Map<string, number>()
  /** Ended events that wait for the rest of their trace: at most a few, since each kind needs 1.3 s for one and waits 10 s. */
  let waiting: Waiting[] = []
  let moment: Moment | null = null
  let lastMs = Number.NaN
  let events = 0
  /** Harsh events that begin in this time never were; the newest such time is enough, since events wait for ten seconds. */
  let withdrawn = { fromMs: Number.NaN, toMs: Number.NaN }

  const laneChanges = createLaneChanges(thresholds.laneChange.insteadOf)
  const numberOfSwings = (candidate: Candidate): number | null =>
    candidate.kind === 'harsh_lane_change'
      ? laneChanges.take(candidate, [...numbers, ...waiting.map((one) => [one.candidate, one.n] as const)])
      : null

  const candidates: CandidateSink = {
    band(candidate) {
      const n = numbers.get(candidate) ?? numberOfSwings(candidate) ?? ++events
      numbers.set(candidate, n)
      if (candidate.band === 'log' || !moment) return
      const { tMs, atMs, speedMps, lat, lon } = moment.sample
      if (isWithdrawn(candidate)) return
      // One alarm is enough: what else a crash makes of the car is no advice on driving.
      if (candidate.kind !== 'crash' && crashes.meets(candidate.startMs, tMs)) return
      sink.onset?.({
        n,
        kind: candidate.kind,
        band: candidate.band,
        tMs,
        atMs,
        value: candidate.peak,
        speedMps,
        lat,
        lon,
      })
    },
    over(candidate) {
      waiting.push({ n: numbers.get(candidate) ?? 0, candidate })
      numbers.delete(candidate)
    },
  }
  const crashes = createCrashEvents(candidates)
  const detectors: Detector[] = [
    ...(Object.keys(thresholds.harsh) as HarshKind[]).map((kind) => createHarshDetector(kind, thresholds, candidates)),
    createLaneChangeDetector(thresholds.laneChange, thresholds.sampleHz, candidates),
    createSpeedingDetector(thresholds.speeding, candidates),
    createPhoneDetector(thresholds.phone, candidates),
  ]

  function endAll(): void {
    for (const detector of detectors) detector.end()
    filters.aLong.reset()
    filters.aLat.reset()
    filters.aVert.reset()
  }

  function isWithdrawn({ kind, startMs }: Candidate): boolean {
    return kind.startsWith('harsh_') && startMs >= withdrawn.fromMs && startMs <= withdrawn.toMs
  }

  function release(untilMs: number): void {
    const ready = waiting.filter(({ candidate }) => candidate.endMs + thresholds.traceMs <= untilMs)
    if (ready.length === 0) return
    waiting = waiting.filter((entry) => !ready.includes(entry))
    const own = ready.filter(({ candidate }) => !laneChanges.covers(candidate) && !isWithdrawn(candidate))
    for (const entry of own.sort((a, b) => a.candidate.startMs - b.candidate.startMs)) sink.event(judge(entry))
  }

  /** The band that the event is kept with: counted at most once in 60 s. */
  function bandOf({ kind, band, startMs }: Candidate): Band {
    if (band !== 'count' || kind === 'crash') return band
    const last = lastCountedMs.get(kind)
    if (last !== undefined && startMs - last < thresholds.countOnceMs) return 'coach'
    lastCountedMs.set(kind, startMs)
    return band
  }

  function doubtAfter(endMs: number): number {
    return trace.evidence(endMs, endMs + thresholds.traceMs).quality & quality.implausible
  }

  const aftermath = ({ startMs, endMs }: Candidate) =>
    trace.aftermath(startMs - thresholds.grade.compareMs, endMs, endMs + thresholds.traceMs)

  function judge({ n, candidate }: Waiting): JudgedEvent {
    const { kind, startMs, endMs, peak, band } = candidate
    const { compareMs } = thresholds.grade
    const keepTrace = bands.indexOf(band) >= bands.indexOf(thresholds.traceFrom)
    const speed = trace.speedChange(startMs - compareMs, endMs + compareMs)
    const side = trace.lateral(startMs, endMs)
    const { grade, reasons } = gradeEvent(
      kind,
      {
        ...trace.evidence(startMs, endMs),
        // What cannot be is found out late: an event just before it is as doubtful.
        quality: trace.evidence(startMs, endMs).quality | doubtAfter(endMs),
        traceKept: keepTrace,
        limitConfidence: candidate.limitConfidence,
        speedGapMps: speed.gap,
        speedChangeMps: speed.change,
        lateralGap: side.gap,
        lateralMean: side.mean,
        inCrash: crashes.meets(startMs, endMs),
        judgedLater: options.judgedLater ?? false,
        crash: candidate.crash ? { ...candidate.crash, ...aftermath(candidate) } : null,
      },
      thresholds.grade,
    )
    const sinceMs = moment ? moment.sample.atMs - moment.sample.tMs : Number.NaN
    return {
      n,
      kind,
      startTMs: startMs,
      endTMs: endMs,
      startAt: Math.round(startMs + sinceMs),
      endAt: Math.round(endMs + sinceMs),
      peak,
      band: bandOf(candidate),
      grade,
      gradeReasons: reasons,
      lat: known(candidate.lat),
      lon: known(candidate.lon),
      startSpeedMps: known(candidate.startSpeedMps),
      endSpeedMps: known(candidate.endSpeedMps),
      limitKmh: known(candidate.limitKmh),
      trace: keepTrace ? trace.cut(startMs - thresholds.traceMs, endMs + thresholds.traceMs, startMs) : null,
    }
  }

  return {
    push(sample) {
      moment ??= { sample, aLong: 0, aLat: 0, aVert: 0, stepMs: 0 }
      const stepMs = sample.tMs - lastMs // the caller may write every sample into the same object
      lastMs = sample.tMs
      const implausible = (sample.quality & quality.implausible) !== 0
      if (implausible || stepMs > thresholds.maxGapMs || stepMs < 0) endAll()
      const blind = (sample.quality & (quality.uncalibrated | quality.noImu)) !== 0
      moment.sample = sample
      moment.stepMs = stepMs
      moment.aLong = filters.aLong.push(blind ? Number.NaN : sample.aLong)
      moment.aLat = filters.aLat.push(blind ? Number.NaN : sample.aLat)
      moment.aVert = filters.aVert.push(blind ? Number.NaN : sample.aVert)
      trace.push(moment)
      if (!implausible) for (const detector of detectors) detector.push(moment)
      if (waiting.length > 0) release(sample.tMs)
    },
    crash(crash) {
      if (moment) crashes.begin(crash, moment.sample)
    },
    crashOver: crashes.over,
    withdraw(fromMs, toMs) {
      withdrawn = { fromMs, toMs }
    },
    flush() {
      endAll()
      crashes.end()
      release(Number.POSITIVE_INFINITY)
    },
  }
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
