import { portfolioMargin, riskOfMargin } from '@fairmile/models/scoring/manifest.ts'
import type { Score, Scorer } from '@fairmile/models/scoring/scorer.ts'
import type { After } from '../clock.ts'
import { createDoubt } from './doubt.ts'
import { createSuccessor } from './successor.ts'
import type { OpenScorer } from './window-scorer.ts'

/** Silence after which the engine is taken for hung: with what opening another may take, the next score is there within a second. */
const hungMs = 400
/** Good scores in a row, a minute of driving, after which a model has proved itself. */
const wellAfter = 600

export interface GuardOptions {
  first: OpenScorer
  /** Opens the next model to be tried; null where there is none left, and then begins anew. */
  next: () => Promise<OpenScorer | null>
  /**
   * Longest wait for an answer, real milliseconds; null waits for as long as it takes. Live, samples wait behind it for their
   * detectors, and an alert must not: a healthy answer takes a thousandth of it.
   */
  limitMs: number | null
  after: After
  trouble: (message: string) => void
}

/**
 * Scores by a model that may fail: an answer is there in time or the last good one is, marked as such; a late one is thrown
 * away; a model that fails, gives NaN or is silent again and again is set aside, and the next takes over.
 */
export function guardScoring({ first, next, limitMs, after, trouble }: GuardOptions): OpenScorer {
  const doubt = createDoubt()
  const successor = createSuccessor({ next, after })
  let current: OpenScorer | null = first
  let newest = first
  /** The current model owes an answer that is late. */
  let isLate = false
  let cancelHung = () => {}
  let lastGood: Score | null = null
  let goodInRow = 0
  let failures = 0
  let lastFailure: string | null = null

  /** The last good score, or the portfolio's before any. */
  const held = (n: number): Score[] => {
    const { manifest } = newest.scorer
    const margin = portfolioMargin(manifest)
    const neutral: Score = { risk: riskOfMargin(manifest, margin), margin, relativity: 1, source: 'neutral' }
    const score: Score = lastGood === null ? neutral : { ...lastGood, source: 'last_good' }
    return Array.from({ length: n }, () => score)
  }

  const fail = (model: OpenScorer, reason: string): void => {
    failures++
    lastFailure = reason
    goodInRow = 0
    successor.prepare()
    if (doubt.failed(isLate)) void setAside(model, reason)
  }

  const setAside = async (model: OpenScorer, reason: string): Promise<void> => {
    if (current !== model) return
    const { name, version } = model.scorer.manifest
    current = null
    isLate = false
    doubt.clear()
    cancelHung()
    void model.close().catch(() => {})
    trouble(`the live model ${name} ${version} is set aside, the next takes over: ${reason}`)
    const opened = await successor.take()
    if (opened === null) return
    current = newest = opened
    const { manifest } = opened.scorer
    trouble(`the live model is ${manifest.name} ${manifest.version} now`)
  }

  const owe = (model: OpenScorer, answer: Promise<Score[]>): void => {
    isLate = true
    cancelHung = after(Math.max(0, hungMs - (limitMs ?? 0)), () => void setAside(model, `no answer for ${hungMs} ms`))
    void answer.then(() => {
      if (current !== model) return
      isLate = false
      cancelHung()
    })
    fail(model, `no answer in ${limitMs} ms`)
  }

  const judge = (model: OpenScorer, scores: Score[]): Score[] => {
    if (scores.every(({ source }) => source === 'model')) {
      doubt.good()
      if (++goodInRow >= wellAfter) successor.well()
      lastGood = scores.at(-1) ?? lastGood
      return scores
    }
    fail(model, model.scorer.lastFailure ?? 'it gave no score')
    const [instead] = held(1)
    return scores.map((score) => (score.source === 'model' ? score : instead!))
  }

  /** Answers in time, whatever the model does. */
  const ask = async (n: number, put: (scorer: Scorer) => Promise<Score[]>): Promise<Score[]> => {
    const model = current
    if (model === null || isLate) return held(n)
    const answer = put(model.scorer)
    if (limitMs === null) return judge(model, await answer)
    const limit = Promise.withResolvers<null>()
    // A turn of the loop more: where this process was busy, the answer waits behind the timer.
    let cancel = after(limitMs, () => {
      cancel = after(0, () => limit.resolve(null))
    })
    const scores = await Promise.race([answer, limit.promise])
    cancel()
    if (current !== model) return held(n)
    if (scores !== null) return judge(model, scores)
    owe(model, answer)
    return held(n)
  }

  return {
    scorer: {
      get manifest() {
        return newest.scorer.manifest
      },
      get failures() {
        return failures
      },
      get lastFailure() {
        return lastFailure
      },
      score: async (features) => (await ask(1, async (scorer) => [await scorer.score(features)]))[0]!,
      scoreRows: (rows, n) => ask(n, (scorer) => scorer.scoreRows(rows, n)),
    },
    causes: {
      push(row) {
        try {
          current?.causes.push(row)
        } catch (error) {
          if (current !== null) fail(current, `explaining the score: ${error}`)
        }
      },
      top: () => current?.causes.top() ?? [],
    },
    get parityError() {
      return newest.parityError
    },
    async close() {
      cancelHung()
      await Promise.all([successor.close(), current?.close()])
    },
  }
}
