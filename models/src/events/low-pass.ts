/** A low-pass for one signal at a fixed rate; allocates nothing in `push`. */
export interface LowPass {
  /** Next sample; NaN starts the filter anew and gives NaN. */
  push(value: number): number
  /** Forgets the past. */
  reset(): void
}

/**
 * A second-order Butterworth low-pass.
 *
 * Bilinear transform with K = tan(π·corner/rate), N = 1 + √2·K + K² (J. O. Smith, Introduction to Digital Filters):
 * b0 = b2 = K²/N, b1 = 2·K²/N, a1 = 2·(K² − 1)/N, a2 = (1 − √2·K + K²)/N. At 2 Hz and 10 Hz its delay is 0.11 s.
 * @param cornerHz the −3 dB frequency, below half the rate
 * @param begin what came before the first sample: `rest`, so that a spike behind a gap cannot pass as a held value (for
 *   judging events), or the first `value` for ever, so that a gap leaves no step (for statistics and features)
 */
export function createLowPass(cornerHz: number, rateHz: number, begin: 'rest' | 'value'): LowPass {
  const k = Math.tan((Math.PI * cornerHz) / rateHz)
  const norm = 1 / (1 + Math.SQRT2 * k + k * k)
  const b0 = k * k * norm
  const a1 = 2 * (k * k - 1) * norm
  const a2 = (1 - Math.SQRT2 * k + k * k) * norm
  let fresh = true
  let s1 = 0
  let s2 = 0
  return {
    push(value) {
      if (Number.isNaN(value)) {
        fresh = true
        return value
      }
      if (fresh) {
        const before = begin === 'value' ? value : 0
        s1 = (1 - b0) * before
        s2 = (b0 - a2) * before
        fresh = false
      }
      // Transposed direct form II.
      const out = b0 * value + s1
      s1 = 2 * b0 * value - a1 * out + s2
      s2 = b0 * value - a2 * out
      return out
    },
    reset() {
      fresh = true
    },
  }
}
