import type { MotionSample } from '../motion.ts'
import type { Candidate, CandidateSink, CrashSeen } from './detector.ts'

/** Makes events of crashes, which are not found in motion samples. */
export interface CrashEvents {
  /** A crash is sure; `sample` is the newest. */
  begin(crash: CrashSeen, sample: MotionSample): void
  /** It is over, and this is the whole of it. */
  over(crash: CrashSeen): void
  /** Ends a running one as far as it is known. */
  end(): void
  /** Whether a stretch of time meets a crash or what came of it. */
  meets(fromMs: number, toMs: number): boolean
}

/** A car that was hit skids and is braked for so long: what is felt then is not its driver's doing. */
const afterMs = 3000
/** The low-pass of other kinds feels a blow a little before and after. */
const beforeMs = 300
/** Crashes that are remembered: other kinds' events wait ten seconds for their trace, and hardly last longer. */
const remembered = 8

/** Makes the events of one detector. */
export function createCrashEvents(sink: CandidateSink): CrashEvents {
  let running: { crash: CrashSeen; candidate: Candidate } | null = null
  let newest: CrashSeen[] = []

  function end(): void {
    if (running) sink.over(running.candidate)
    running = null
  }

  return {
    begin(crash, { lat, lon, speedMps }) {
      end()
      const candidate: Candidate = {
        kind: 'crash',
        startMs: crash.startMs,
        endMs: crash.endMs,
        band: 'count',
        peak: crash.peakMps2,
        lat,
        lon,
        startSpeedMps: speedMps,
        endSpeedMps: speedMps,
        limitKmh: Number.NaN,
        limitConfidence: Number.NaN,
        crash,
      }
      running = { crash, candidate }
      newest = [...newest.slice(1 - remembered), crash]
      sink.band(candidate)
    },
    over(crash) {
      if (!running) return
      newest = newest.map((one) => (one === running?.crash ? crash : one))
      running.candidate.crash = crash
      running.candidate.endMs = crash.endMs
      running.candidate.peak = crash.peakMps2
      end()
    },
    end,
    meets: (fromMs, toMs) =>
      newest.some(({ startMs, endMs }) => startMs - beforeMs <= toMs && endMs + afterMs >= fromMs),
  }
}
