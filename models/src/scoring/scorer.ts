import { type Manifest, portfolioMargin, riskOfMargin } from './manifest.ts'

/**
 * Runs a model on `n` rows of features, row after row in one array.
 *
 * @returns `n` raw margins (the model's log-odds or log frequency)
 */
export type Infer = (rows: Float32Array, n: number) => Promise<Float32Array>

/** One score. */
export interface Score {
  /** 0 (safest) to 100, never NaN. */
  risk: number
  margin: number
  /** Predicted frequency (or odds) ÷ that of the portfolio. */
  relativity: number
  /** Where the margin comes from: this row, the last good one because the model failed, or the portfolio before any was good. */
  source: 'model' | 'last_good' | 'neutral'
}

/** Scores rows of features by one model. */
export interface Scorer {
  readonly manifest: Manifest
  /** Scores one row; never rejects. */
  score(features: Float32Array): Promise<Score>
  /** Scores `n` rows, one after the other in one array; never rejects. A failed row of a batch is neutral, not its neighbour's. */
  scoreRows(rows: Float32Array, n: number): Promise<Score[]>
  /** Inferences that failed or gave no finite margin, and the last reason; null while all is well. */
  readonly failures: number
  readonly lastFailure: string | null
}

/**
 * A scorer that no NaN and no error leaves.
 *
 * @param options.infer the engine, on `model.onnx` of the manifest
 */
export function createScorer(options: { manifest: Manifest; infer: Infer }): Scorer {
  const { manifest, infer } = options
  const neutral = portfolioMargin(manifest)
  let lastGood: number | null = null
  let failures = 0
  let lastFailure: string | null = null

  function fail(reason: string): void {
    failures += 1
    lastFailure = reason
  }

  function toScore(margin: number, source: Score['source']): Score {
    return { risk: riskOfMargin(manifest, margin), margin, relativity: Math.exp(margin - neutral), source }
  }

  async function margins(rows: Float32Array, n: number): Promise<Float32Array | null> {
    const width = manifest.features.length
    if (rows.length < n * width) {
      fail(
        `scoring with "${manifest.name}": ${n} rows of ${width} features need ${n * width} values, there are ${rows.length}`,
      )
      return null
    }
    try {
      const found = await infer(rows, n)
      if (found.length >= n) return found
      fail(`scoring with "${manifest.name}" ${manifest.version}: ${found.length} margins for ${n} rows`)
      return null
    } catch (error) {
      fail(`scoring with "${manifest.name}" ${manifest.version}: ${error instanceof Error ? error.message : error}`)
      return null
    }
  }

  function isGood(margin: number | undefined): margin is number {
    if (margin === undefined) return false // has been counted
    if (Number.isFinite(margin)) return true
    fail(`scoring with "${manifest.name}" ${manifest.version}: the margin is ${margin}`)
    return false
  }

  return {
    manifest,
    get failures() {
      return failures
    },
    get lastFailure() {
      return lastFailure
    },
    async score(features) {
      const margin = (await margins(features, 1))?.[0]
      if (isGood(margin)) {
        lastGood = margin
        return toScore(margin, 'model')
      }
      return lastGood === null ? toScore(neutral, 'neutral') : toScore(lastGood, 'last_good')
    },
    async scoreRows(rows, n) {
      const found = await margins(rows, n)
      return Array.from({ length: n }, (_, index) => {
        const margin = found?.[index]
        return isGood(margin) ? toScore(margin, 'model') : toScore(neutral, 'neutral')
      })
    },
  }
}
