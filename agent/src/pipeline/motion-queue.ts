import type { LiveCauses } from '@fairmile/models/explain/live-causes.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'
import { createLiveScore, maxRows } from '../scoring/live-score.ts'

/** Motion samples that may wait for a slow model: a minute. The oldest then go on without a score. */
const maxWaiting = 600

export interface MotionQueueOptions {
  /** Null where there is no model: every sample goes on at once, without a risk. */
  scorer: Scorer | null
  /** Told of one window a second. */
  causes?: LiveCauses | undefined
  /** Takes a sample with its risk (NaN where it has none), in the order of time. Must not throw. */
  judge: (sample: MotionSample, risk: number) => void
  /** The model failed; samples go on without a risk. */
  failed: (error: unknown) => void
  trouble: (message: string) => void
}

/** Scores motion samples in the order in which they come, several at once where the model is behind. */
export const createMotionQueue = ({ scorer, causes, judge, failed, trouble }: MotionQueueOptions) => {
  const counts = { unscored: 0 }
  const waiting: MotionSample[] = []
  const scoring = scorer === null ? null : createLiveScore(scorer, causes)
  let pumping: Promise<void> | null = null
  let toldFailure = false

  const pump = async (live: NonNullable<typeof scoring>): Promise<void> => {
    while (waiting.length > 0) {
      const samples = waiting.splice(0, maxRows)
      const risks = await live.score(samples).catch(failed)
      for (let i = 0; i < samples.length; i++) judge(samples[i]!, risks?.[i] ?? Number.NaN)
      if (scorer !== null && scorer.failures > 0 && !toldFailure) {
        toldFailure = true
        trouble(`the live score fails and is carried on from the last good one: ${scorer.lastFailure}`)
      }
    }
    pumping = null
  }

  return {
    counts,
    push(sample: MotionSample): void {
      if (scoring === null) {
        judge(sample, Number.NaN)
        return
      }
      waiting.push(sample)
      if (waiting.length > maxWaiting) {
        counts.unscored++
        judge(waiting.shift() as MotionSample, Number.NaN)
      }
      pumping ??= pump(scoring)
    },
    /** Resolves when all samples so far have been judged. */
    async settled(): Promise<void> {
      while (pumping !== null) await pumping
    },
  }
}
